package org.atelier.dataset.web;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.atelier.dataset.DatasetProblem;
import org.atelier.dataset.Pictures;
import org.atelier.platform.Access;
import org.atelier.platform.ProblemException;

/**
 * Serves the pictures of a project to its members. What came from outside is served with the type
 * found when it was decoded, never as a document that could do something, and for ever cacheable:
 * the address holds the digest.
 */
@Path("/p/{slug}/blobs/{sha256}")
@Blocking
class BlobPages {

  private final Pictures pictures;
  private final Access access;

  BlobPages(Pictures pictures, Access access) {
    this.pictures = pictures;
    this.access = access;
  }

  /**
   * @param size long side of a thumbnail: 96, 256 or 1024; the whole picture when absent
   */
  @GET
  public Response picture(
      @PathParam("slug") String slug,
      @PathParam("sha256") String sha256,
      @QueryParam("size") Integer size,
      @HeaderParam("If-None-Match") String known) {
    UUID project = access.project(slug).id();
    return serve(pictures, project, sha256, size, known);
  }

  static Response serve(
      Pictures pictures, UUID project, String sha256, Integer size, String known) {
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw new ProblemException(
          DatasetProblem.PICTURE_NOT_FOUND, "The project has no such picture.");
    }
    String tag = "\"" + sha256 + (size == null ? "" : "-" + size) + "\"";
    Pictures.PictureBytes picture =
        size == null ? pictures.open(project, sha256) : pictures.thumbnail(project, sha256, size);
    Response.ResponseBuilder answer;
    if (tag.equals(known)) {
      close(picture);
      answer = Response.notModified();
    } else {
      answer =
          Response.ok(picture.content(), picture.mediaType())
              .header("Content-Length", picture.size());
    }
    return answer
        .header("ETag", tag)
        .header("Cache-Control", "private, max-age=31536000, immutable")
        .header("Content-Security-Policy", "sandbox; default-src 'none'")
        .header("X-Content-Type-Options", "nosniff")
        .header("Cross-Origin-Resource-Policy", "same-origin")
        .header("Content-Disposition", "inline")
        .build();
  }

  private static void close(Pictures.PictureBytes picture) {
    try {
      picture.content().close();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}

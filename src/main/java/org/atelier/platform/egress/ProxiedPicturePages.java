package org.atelier.platform.egress;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;

/** Serves pictures of other servers with a fixed type and nothing that can run. */
@Path(ProxiedPictures.PATH)
@Blocking
class ProxiedPicturePages {

  private final ProxiedPictures pictures;

  ProxiedPicturePages(ProxiedPictures pictures) {
    this.pictures = pictures;
  }

  @GET
  public Response picture(
      @QueryParam("u") String encoded,
      @QueryParam("k") String keyId,
      @QueryParam("s") String signature) {
    ProxiedPictures.Picture picture = pictures.fetch(text(encoded), text(keyId), text(signature));
    return Response.ok(picture.content(), picture.type())
        .header("Cache-Control", "private, max-age=86400")
        .header("Content-Security-Policy", "sandbox; default-src 'none'")
        .build();
  }

  private static String text(String parameter) {
    return parameter == null ? "" : parameter;
  }
}

package org.atelier.labeling;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.UUID;
import org.atelier.dataset.HeldPictures;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where pictures are brought that show what a label means. */
@Path("/api/v1/projects/{project}/example-pictures")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Labeling jobs")
class ExamplePictureApi {

  private final JobDesk desk;
  private final HeldPictures pictures;

  ExamplePictureApi(JobDesk desk, HeldPictures pictures) {
    this.desk = desk;
    this.pictures = pictures;
  }

  @POST
  @Consumes(MediaType.APPLICATION_OCTET_STREAM)
  @Operation(
      summary = "Bring a picture that shows a label",
      description =
          "Send the bytes of one JPEG, PNG, WebP or GIF. Name the answered sha256 under"
              + " examplePictures of a label; a picture that no job names goes after a day.")
  public Response bring(@PathParam("project") UUID project, InputStream bytes) throws IOException {
    desk.requireManager(project);
    HeldPictures.HeldPicture picture = pictures.bring(project, bytes);
    return Response.created(
            URI.create("/api/v1/projects/" + project + "/pictures/" + picture.sha256()))
        .entity(picture)
        .build();
  }

  record Removing(String reason) {}

  @POST
  @Path("{sha256}/remove")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Remove a brought picture for good",
      description =
          "Its bytes go and no label shows it any more; a tombstone says when and why. Items that"
              + " show the same picture keep it: itemsShowingIt says how many there are to delete.")
  public HeldPictures.Removal remove(
      @PathParam("project") UUID project, @PathParam("sha256") String sha256, Removing removing) {
    desk.requireManager(project);
    return pictures.remove(project, sha256, removing == null ? null : removing.reason());
  }
}

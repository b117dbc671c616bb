package org.atelier.platform.storage;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What the installation keeps, for its administrators' scripts. */
@Path("/api/v1/storage")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Storage")
class StorageApi {

  private final StorageDesk desk;
  private final Storage storage;
  private final DailyCollection collection;

  StorageApi(StorageDesk desk, Storage storage, DailyCollection collection) {
    this.desk = desk;
    this.storage = storage;
    this.collection = collection;
  }

  @GET
  @Operation(
      summary = "What the installation keeps, in bytes",
      description = "freeBytes is negative where it is not known, as with S3")
  public StorageUsage usage() {
    desk.requireAdministrator();
    return storage.usage();
  }

  @POST
  @Path("collect")
  @Operation(summary = "Remove objects that nothing names; the answer names the work")
  public Response collect() {
    desk.requireAdministrator();
    return Response.accepted(Map.of("work", collection.submit())).build();
  }
}

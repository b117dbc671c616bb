package org.atelier.labeling;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.UUID;
import org.atelier.platform.Access;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What the work page asks of the server, for scripts that answer with a token of a labeler. */
@Path("/api/v1/projects/{project}/jobs/{job}/work")
@Blocking
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Answers")
class AnswerApi {

  private final WorkApi work;
  private final Access access;

  AnswerApi(WorkApi work, Access access) {
    this.work = work;
    this.access = access;
  }

  @POST
  @Path("claim")
  @Operation(
      summary = "Leases of the next tasks",
      description = "held are the leases that the worker has already and does not want again")
  public WorkApi.Claimed claim(
      @PathParam("project") UUID project, @PathParam("job") UUID job, WorkApi.ClaimBody body) {
    return work.claim(slug(project), job, body);
  }

  @POST
  @Path("answers")
  @Operation(
      summary = "An answer to a leased task, as indexes of labels",
      description = "The same key again is the same answer, so it can be sent until one comes back")
  public WorkApi.Accepted answer(
      @PathParam("project") UUID project, @PathParam("job") UUID job, WorkApi.AnswerBody body) {
    return work.answer(slug(project), job, body);
  }

  @POST
  @Path("undo")
  @Operation(summary = "Takes an answer back within its grace time")
  public WorkApi.Undone undo(
      @PathParam("project") UUID project, @PathParam("job") UUID job, WorkApi.KeyBody body) {
    return work.undo(slug(project), job, body);
  }

  @POST
  @Path("skip")
  @Operation(summary = "Declines a task with a reason")
  public Map<String, Boolean> skip(
      @PathParam("project") UUID project, @PathParam("job") UUID job, WorkApi.SkipBody body) {
    return work.skip(slug(project), job, body);
  }

  @POST
  @Path("release")
  @Operation(summary = "Gives leases back")
  public Map<String, Integer> release(
      @PathParam("project") UUID project, @PathParam("job") UUID job, WorkApi.LeasesBody body) {
    return work.release(slug(project), job, body);
  }

  @POST
  @Path("renew")
  @Operation(summary = "Keeps leases longer and tells which are lost")
  public WorkApi.Renewed renew(
      @PathParam("project") UUID project, @PathParam("job") UUID job, WorkApi.LeasesBody body) {
    return work.renew(slug(project), job, body);
  }

  @GET
  @Path("summary")
  @Operation(summary = "What is open and what the worker did")
  public WorkApi.Summary summary(@PathParam("project") UUID project, @PathParam("job") UUID job) {
    return work.summary(slug(project), job);
  }

  private String slug(UUID project) {
    return access.project(project).slug();
  }
}

package org.atelier.platform.work;

import io.smallrye.common.annotation.Blocking;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.atelier.platform.Slice;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Machine work of a project as JSON. */
@Path("/api/v1/projects/{projectId}/work")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "Background work")
class WorkApi {

  private static final int MOST = 200;

  /**
   * A work.
   *
   * @param total 0 when not known
   * @param rate steps per second, null when not known
   * @param secondsLeft null when not known
   */
  record WorkDocument(
      UUID id,
      String kind,
      UUID subjectId,
      String title,
      WorkState state,
      int attempt,
      boolean cancelRequested,
      String phase,
      long done,
      long total,
      Double rate,
      Long secondsLeft,
      Instant submittedAt,
      Instant startedAt,
      Instant finishedAt,
      String error) {

    static WorkDocument of(WorkView view) {
      return new WorkDocument(
          view.id(),
          view.kind(),
          view.subjectId(),
          view.title(),
          view.state(),
          view.attempt(),
          view.cancelRequested(),
          view.phase(),
          view.done(),
          view.total(),
          view.rate(),
          view.timeLeft() == null ? null : view.timeLeft().toSeconds(),
          view.submittedAt(),
          view.startedAt(),
          view.finishedAt(),
          view.error());
    }
  }

  private final WorkDesk desk;

  WorkApi(WorkDesk desk) {
    this.desk = desk;
  }

  @GET
  @Operation(summary = "Background work of the project, newest first")
  public Slice<WorkDocument> list(
      @PathParam("projectId") UUID projectId,
      @QueryParam("cursor") String cursor,
      @QueryParam("size") @DefaultValue("50") int size) {
    Slice<WorkView> slice = desk.list(projectId, cursor, Math.max(1, Math.min(size, MOST)));
    return new Slice<>(slice.rows().stream().map(WorkDocument::of).toList(), slice.next());
  }

  @GET
  @Path("{id}")
  @Operation(summary = "One piece of background work with its progress")
  public WorkDocument get(@PathParam("projectId") UUID projectId, @PathParam("id") UUID id) {
    return WorkDocument.of(desk.find(projectId, id));
  }

  @GET
  @Path("{id}/log")
  @Operation(summary = "What a piece of work wrote down")
  public List<WorkLogLine> log(@PathParam("projectId") UUID projectId, @PathParam("id") UUID id) {
    return desk.log(desk.find(projectId, id));
  }

  @POST
  @Path("{id}/cancel")
  @Transactional
  @Operation(summary = "Asks a piece of work to stop")
  public WorkDocument cancel(@PathParam("projectId") UUID projectId, @PathParam("id") UUID id) {
    desk.cancel(desk.find(projectId, id));
    return WorkDocument.of(desk.find(projectId, id));
  }

  @POST
  @Path("{id}/retry")
  @Transactional
  @Operation(summary = "Runs failed work again")
  public WorkDocument retry(@PathParam("projectId") UUID projectId, @PathParam("id") UUID id) {
    desk.retry(desk.find(projectId, id));
    return WorkDocument.of(desk.find(projectId, id));
  }
}

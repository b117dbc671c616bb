package org.atelier.dataset.web;

import io.smallrye.common.annotation.Blocking;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.Map;
import java.util.UUID;
import org.atelier.dataset.export.ExportFormat;
import org.atelier.dataset.export.ExportService;
import org.atelier.dataset.export.ExportTurns;
import org.atelier.platform.Access;
import org.atelier.platform.AuditTrail;
import org.atelier.platform.CurrentPerson;
import org.atelier.platform.ProblemException;
import org.atelier.platform.ProjectRef;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;

/** Streams exports. */
@Path("/api/v1/projects/{projectId}/datasets/{dataset}/export")
@Blocking
@Tag(name = "Exports")
class ExportApi {

  private static final Logger LOG = Logger.getLogger(ExportApi.class);
  private static final long LOOK_MILLIS = 10_000;

  private final ExportService exports;
  private final ExportTurns turns;
  private final Access access;
  private final AuditTrail audit;
  private final CurrentPerson person;

  ExportApi(
      ExportService exports,
      ExportTurns turns,
      Access access,
      AuditTrail audit,
      CurrentPerson person) {
    this.exports = exports;
    this.turns = turns;
    this.access = access;
    this.audit = audit;
    this.person = person;
  }

  @GET
  @Produces(MediaType.WILDCARD)
  @Operation(
      summary = "Exports a dataset version with the labels of a job, or with its own",
      description =
          "format is manifest, csv, jsonl, coco or huggingface; labels is the id of a job;"
              + " version is the job's, else the newest, when not given. Four exports are read at"
              + " the same time, two of one project or by one person; the next is answered 429"
              + " with Retry-After. A reader who takes less than a megabyte in a minute is broken"
              + " off. coco and huggingface take at most 100,000 different labels.")
  public Response export(
      @PathParam("projectId") UUID projectId,
      @PathParam("dataset") UUID dataset,
      @QueryParam("format") String formatName,
      @QueryParam("version") Integer version,
      @QueryParam("labels") UUID labels,
      @Context RoutingContext routing) {
    Desk.requireReader(access, projectId);
    ProjectRef project = access.project(projectId);
    ExportFormat format =
        ExportFormat.of(formatName)
            .orElseThrow(
                () ->
                    ProblemException.invalid(
                        "format", "Formats are manifest, csv, jsonl, coco and huggingface."));
    ExportTurns.Turn turn = turn(projectId, routing);
    ExportService.Prepared export =
        turn.prepare(
            () ->
                exports.prepare(
                    new ExportService.Request(project, dataset, version, format, labels)));
    audit.record(
        projectId,
        "dataset-exported",
        "dataset",
        dataset,
        Map.of("format", format.name(), "labels", labels == null ? "known" : labels.toString()));
    StreamingOutput body = out -> turn.use(out, paced -> exports.write(export, paced));
    return Response.ok(body)
        .type(format.mediaType())
        .header("Content-Disposition", "attachment; filename=\"" + export.fileName() + "\"")
        .header("Cache-Control", "no-store")
        .build();
  }

  /** A turn that ends with the answer. */
  private ExportTurns.Turn turn(UUID project, RoutingContext routing) {
    ExportTurns.Turn turn =
        turns.take(
            project,
            person.require().id(),
            () -> {
              LOG.info("An export is broken off: its reader hardly took anything for a minute");
              routing.response().reset();
            });
    Vertx vertx = routing.vertx();
    vertx.setPeriodic(
        LOOK_MILLIS,
        look -> {
          turns.breakOffSlow(System.nanoTime());
          if (!turn.isKept()) {
            vertx.cancelTimer(look);
          }
        });
    routing.addEndHandler(ended -> turn.leave());
    if (routing.response().closed()) {
      // Nobody is told of an end that came before.
      turn.leave();
    }
    return turn;
  }
}

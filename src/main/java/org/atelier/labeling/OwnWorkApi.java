package org.atelier.labeling;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.atelier.labeling.queue.OwnWork;
import org.atelier.labeling.queue.Questions;
import org.atelier.platform.ProblemException;
import org.atelier.platform.Slice;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a person may work on and did; nobody else's work. */
@Path("/api/v1/projects/{project}/own-work")
@Blocking
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Own work")
class OwnWorkApi {

  /**
   * A changed answer.
   *
   * @param key made by the caller; the same key again is the same correction
   * @param classes chosen class indexes, empty for none of the labels
   */
  record Correction(UUID key, int[] classes) {}

  private final JobDesk desk;
  private final OwnWork ownWork;
  private final Questions questions;
  private final WorkQueue queue;

  OwnWorkApi(JobDesk desk, OwnWork ownWork, Questions questions, WorkQueue queue) {
    this.desk = desk;
    this.ownWork = ownWork;
    this.questions = questions;
    this.queue = queue;
  }

  @GET
  @Path("jobs")
  @Operation(summary = "Unfinished jobs that the caller may work on, newest first")
  public List<OwnWork.OpenJob> jobs(@PathParam("project") UUID project) {
    desk.requireMember(project);
    return ownWork.jobs(project, desk.person());
  }

  @GET
  @Path("answers")
  @Operation(
      summary = "The caller's current answers, newest first",
      description = "In one job, or to items whose id begins so, where asked")
  public Slice<OwnWork.OwnAnswer> answers(
      @PathParam("project") UUID project,
      @QueryParam("job") UUID job,
      @QueryParam("id") @DefaultValue("") String id,
      @QueryParam("cursor") UUID cursor) {
    desk.requireMember(project);
    List<OwnWork.OwnAnswer> rows = ownWork.answers(project, desk.person(), job, id.strip(), cursor);
    boolean last = rows.size() < OwnWork.PAGE;
    return new Slice<>(rows, last ? null : rows.get(rows.size() - 1).id().toString());
  }

  @PUT
  @Path("answers/{answer}")
  @Operation(
      summary = "Correct an answer of one's own",
      description = "While its item is open: correctable says so. The answer has a new id then")
  public void correct(
      @PathParam("project") UUID project,
      @PathParam("answer") UUID answerId,
      Correction correction) {
    desk.requireMember(project);
    UUID job = ownWork.jobOf(project, desk.person(), answerId);
    if (correction == null || correction.key() == null || correction.classes() == null) {
      throw ProblemException.invalid("classes", "Give a key (a UUID) and the classes.");
    }
    queue.correct(project, job, desk.person(), answerId, correction.key(), correction.classes());
  }

  @GET
  @Path("days")
  @Operation(summary = "The caller's time sheet: answers and active time per day (UTC) and job")
  public List<OwnWork.Day> days(@PathParam("project") UUID project) {
    desk.requireMember(project);
    return ownWork.days(project, desk.person());
  }

  @GET
  @Path("questions")
  @Operation(summary = "What the caller asked, with the answers, newest first")
  public Slice<Questions.QuestionRow> questions(
      @PathParam("project") UUID project, @QueryParam("cursor") UUID cursor) {
    desk.requireMember(project);
    return QuestionApi.slice(questions.own(project, desk.person(), cursor));
  }
}

package org.atelier.labeling;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.atelier.labeling.queue.Questions;
import org.atelier.platform.ProblemException;
import org.atelier.platform.Slice;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What labelers ask about items of a job, and what they are answered. */
@Path("/api/v1/projects/{project}/jobs/{job}/questions")
@Blocking
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Questions")
class QuestionApi {

  /**
   * A question.
   *
   * @param lease a lease the person holds or held: it says which item is meant
   * @param text 1 to 2,000 characters
   */
  record NewQuestion(UUID lease, String text) {}

  /**
   * An answer.
   *
   * @param answer 1 to 2,000 characters
   */
  record Answer(String answer) {}

  private final JobDesk desk;
  private final Jobs jobs;
  private final Questions questions;

  QuestionApi(JobDesk desk, Jobs jobs, Questions questions) {
    this.desk = desk;
    this.jobs = jobs;
    this.questions = questions;
  }

  @GET
  @Operation(
      summary = "Questions of a job, newest first",
      description = "Those that wait for an answer, or with answered=true those that have one")
  public Slice<Questions.QuestionRow> list(
      @PathParam("project") UUID project,
      @PathParam("job") UUID jobId,
      @QueryParam("answered") @DefaultValue("false") boolean answered,
      @QueryParam("cursor") UUID cursor) {
    desk.requireReader(project);
    UUID job = jobs.job(project, jobId).id();
    return slice(questions.page(job, !answered, cursor));
  }

  @POST
  @Operation(summary = "Ask the team lead about an item")
  public Response ask(
      @PathParam("project") UUID project, @PathParam("job") UUID jobId, NewQuestion asked) {
    desk.requireMember(project);
    jobs.job(project, jobId);
    if (asked == null || asked.lease() == null) {
      throw ProblemException.invalid(
          "lease", "Name a lease of yours: it says which item is meant.");
    }
    UUID id = questions.ask(project, jobId, desk.person(), asked.lease(), asked.text());
    return Response.created(
            URI.create("/api/v1/projects/" + project + "/jobs/" + jobId + "/questions/" + id))
        .entity(Map.of("question", id))
        .build();
  }

  @PUT
  @Path("{question}")
  @Operation(summary = "Answer a question, or answer it again")
  public void answer(
      @PathParam("project") UUID project,
      @PathParam("job") UUID jobId,
      @PathParam("question") UUID question,
      Answer answer) {
    desk.requireLead(project);
    UUID job = jobs.job(project, jobId).id();
    questions.answer(job, question, desk.person(), answer == null ? null : answer.answer());
  }

  static Slice<Questions.QuestionRow> slice(List<Questions.QuestionRow> rows) {
    boolean last = rows.size() < Questions.PAGE;
    return new Slice<>(rows, last ? null : rows.get(rows.size() - 1).id().toString());
  }
}

package org.atelier.labeling;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.atelier.labeling.queue.Questions;
import org.jboss.resteasy.reactive.RestForm;

/** What labelers ask about items, for team leads and managers to answer. */
@Path("/p/{slug}/jobs/{job}/questions")
@Blocking
@Produces(MediaType.TEXT_HTML)
class JobQuestionPages {

  @CheckedTemplate(basePath = "labeling")
  static class Templates {
    static native TemplateInstance jobQuestions(
        JobShell shell, List<Questions.QuestionRow> questions, boolean leads);
  }

  private final JobDesk desk;
  private final Questions questions;

  JobQuestionPages(JobDesk desk, Questions questions) {
    this.desk = desk;
    this.questions = questions;
  }

  @GET
  public TemplateInstance list(@PathParam("slug") String slug, @PathParam("job") UUID jobId) {
    JobShell shell = desk.shell(slug, jobId, "questions");
    return Templates.jobQuestions(
        shell, questions.of(jobId, null), desk.leads(shell.project().id()));
  }

  @POST
  @Path("{question}")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response answer(
      @PathParam("slug") String slug,
      @PathParam("job") UUID jobId,
      @PathParam("question") UUID questionId,
      @RestForm String answer) {
    JobShell shell = desk.shell(slug, jobId, "questions");
    desk.leadable(slug);
    questions.answer(shell.id(), questionId, desk.person(), answer);
    return Response.seeOther(URI.create(shell.base() + "/questions")).build();
  }
}

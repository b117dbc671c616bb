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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.atelier.dataset.Datasets;
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
        JobShell shell, List<Asked> questions, boolean open, String next, boolean leads);
  }

  /** A question beside the item it is about; the item is null when it was deleted. */
  record Asked(Questions.QuestionRow row, ItemScreen item) {}

  private final JobDesk desk;
  private final Questions questions;
  private final Datasets datasets;

  JobQuestionPages(JobDesk desk, Questions questions, Datasets datasets) {
    this.desk = desk;
    this.questions = questions;
    this.datasets = datasets;
  }

  @GET
  public TemplateInstance list(
      @PathParam("slug") String slug,
      @PathParam("job") UUID jobId,
      @QueryParam("show") String show,
      @QueryParam("after") UUID after) {
    JobShell shell = desk.shell(slug, jobId, "questions");
    boolean open = !"answered".equals(show);
    List<Questions.QuestionRow> rows = questions.page(jobId, open, after);
    Map<UUID, ItemScreen> items = new HashMap<>();
    datasets
        .items(shell.project().id(), rows.stream().map(Questions.QuestionRow::itemId).toList())
        .forEach(item -> items.put(item.id(), ItemScreen.of(item, slug)));
    String next = rows.size() < Questions.PAGE ? null : rows.get(rows.size() - 1).id().toString();
    return Templates.jobQuestions(
        shell,
        rows.stream().map(row -> new Asked(row, items.get(row.itemId()))).toList(),
        open,
        next,
        desk.leads(shell.project().id()));
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

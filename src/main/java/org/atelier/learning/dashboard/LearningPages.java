package org.atelier.learning.dashboard;

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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.atelier.labeling.JobView;
import org.atelier.platform.ProblemException;
import org.atelier.platform.ProjectRef;
import org.jboss.resteasy.reactive.RestForm;

/** Parts of a job's learning tabs that change or act: live numbers, charts, decisions. */
@Path("/p/{slug}/learning/{job}")
@Blocking
@Produces(MediaType.TEXT_HTML)
class LearningPages {

  /** Templates of {@code learning}. */
  @CheckedTemplate(basePath = "learning")
  static class Templates {
    static native TemplateInstance section(
        ProjectRef project, JobView job, Dashboard dashboard, boolean acts);

    static native TemplateInstance numbers(
        ProjectRef project, JobView job, Dashboard dashboard, boolean acts);

    static native TemplateInstance cell(
        ProjectRef project,
        JobView job,
        boolean acts,
        MatrixWords.Cell cell,
        List<ReviewCard> cards);

    static native TemplateInstance again(
        ProjectRef project, JobView job, Differing differing, List<ReviewCard> cards);

    static native TemplateInstance certificate(
        ProjectRef project, JobView job, CertificatePage page);
  }

  /**
   * Items that were not confirmed.
   *
   * @param count of the chosen items, those of which the machine says something else by now
   * @param chosen all that were chosen
   */
  record Differing(int count, int chosen) {}

  private final LearningDesk desk;
  private final DashboardService dashboards;
  private final ReviewService reviews;
  private final ChartData charts;
  private final ReviewTab review;
  private final GoingOn goingOn;

  LearningPages(
      LearningDesk desk,
      DashboardService dashboards,
      ReviewService reviews,
      ChartData charts,
      ReviewTab review,
      GoingOn goingOn) {
    this.desk = desk;
    this.dashboards = dashboards;
    this.reviews = reviews;
    this.charts = charts;
    this.review = review;
    this.goingOn = goingOn;
  }

  /** The numbers of the learning tab, asked for again and again while it is open. */
  @GET
  @Path("numbers")
  public TemplateInstance numbers(@PathParam("slug") String slug, @PathParam("job") UUID jobId) {
    LearningDesk.Seat seat = desk.reader(slug, jobId);
    return Templates.numbers(
        seat.project(), seat.job(), dashboards.of(seat.job()), desk.manages(seat.project().id()));
  }

  /** One of the charts: learning, coverage, confusion, labels, answers. */
  @GET
  @Path("charts/{name}")
  @Produces(MediaType.APPLICATION_JSON)
  public Map<String, Object> chart(
      @PathParam("slug") String slug,
      @PathParam("job") UUID jobId,
      @PathParam("name") String name) {
    LearningDesk.Seat seat = desk.reader(slug, jobId);
    return charts.of(seat.job(), name, slug);
  }

  /** The contact sheets anew, or nothing while they show what there is. */
  @GET
  @Path("review")
  public Response review(
      @PathParam("slug") String slug, @PathParam("job") UUID jobId, @QueryParam("seen") long seen) {
    LearningDesk.Seat seat = desk.reader(slug, jobId);
    return review.revision(seat.job()) == seen
        ? Response.noContent().build()
        : Response.ok(review.of(seat.project(), seat.job(), desk.manages(seat.project().id())))
            .build();
  }

  /**
   * Items that people and the model see differently.
   *
   * @param people key of the matrix' row
   * @param model key of its column
   */
  @GET
  @Path("cell")
  public TemplateInstance cell(
      @PathParam("slug") String slug,
      @PathParam("job") UUID jobId,
      @QueryParam("people") int people,
      @QueryParam("model") int model) {
    LearningDesk.Seat seat = desk.reader(slug, jobId);
    ReviewService.Cell cell = reviews.cell(seat.job(), people, model);
    return Templates.cell(
        seat.project(),
        seat.job(),
        desk.manages(seat.project().id()) && seat.job().state().takesAnswers(),
        cell.words(),
        cell.cards());
  }

  /**
   * Confirms, corrects or sends back the chosen items.
   *
   * @param items chosen items, each with what was shown of it
   * @param alike chosen groups of near-duplicates, separated by commas
   * @param act {@code confirm}, {@code correct} or {@code send-back}
   * @param label class indexes for {@code correct}: all that the chosen items have
   * @param none says in words that no label fits, where an item may have any number
   */
  @POST
  @Path("decide")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response decide(
      @PathParam("slug") String slug,
      @PathParam("job") UUID jobId,
      @RestForm("item") List<String> items,
      @RestForm("alike") List<String> alike,
      @RestForm("act") String act,
      @RestForm("label") List<Integer> label,
      @RestForm("none") boolean none) {
    LearningDesk.Seat seat = desk.manager(slug, jobId);
    Set<Shown> chosen = chosen(items, alike);
    Set<UUID> ids = new LinkedHashSet<>();
    chosen.forEach(one -> ids.add(one.itemId()));
    switch (act == null ? "" : act) {
      case "confirm" -> {
        List<UUID> differing = reviews.confirm(seat.job(), desk.person(), chosen).differing();
        if (!differing.isEmpty()) {
          return lookAgain(seat, differing, ids.size());
        }
      }
      case "correct" -> reviews.correct(seat.job(), desk.person(), ids, classes(label, none));
      case "send-back" -> reviews.sendBack(seat.job(), ids);
      default -> throw ProblemException.invalid("act", "Choose what to do with the items.");
    }
    return Response.seeOther(URI.create("/p/" + slug + "/jobs/" + jobId + "/review")).build();
  }

  private Response lookAgain(LearningDesk.Seat seat, List<UUID> differing, int chosen) {
    return Response.ok(
            Templates.again(
                seat.project(),
                seat.job(),
                new Differing(differing.size(), chosen),
                reviews.again(seat.job(), differing)))
        .build();
  }

  private static Set<Shown> chosen(List<String> items, List<String> alike) {
    Set<Shown> chosen = new LinkedHashSet<>();
    for (String item : items == null ? List.<String>of() : items) {
      chosen.add(Shown.parse(item));
    }
    for (String group : alike == null ? List.<String>of() : alike) {
      for (String item : group.split(",")) {
        chosen.add(Shown.parse(item));
      }
    }
    return chosen;
  }

  private static int[] classes(List<Integer> label, boolean none) {
    boolean empty = label == null || label.isEmpty();
    if (empty && !none || !empty && none) {
      throw ProblemException.invalid(
          "label", "Choose the labels the items have, or say that none fits.");
    }
    return empty ? new int[0] : label.stream().mapToInt(i -> i).sorted().toArray();
  }

  /**
   * Raises the budget and goes on.
   *
   * @param budgetAnswers most answers from now on
   */
  @POST
  @Path("budget")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response raise(
      @PathParam("slug") String slug,
      @PathParam("job") UUID jobId,
      @RestForm Integer budgetAnswers) {
    JobView job = desk.manager(slug, jobId).job();
    if (budgetAnswers == null) {
      throw ProblemException.invalid("budgetAnswers", "Write a whole number.");
    }
    goingOn.withBudget(job, budgetAnswers);
    return learningTab(slug, jobId);
  }

  /** Makes a draft that starts from this job's model. */
  @POST
  @Path("successor")
  public Response successor(@PathParam("slug") String slug, @PathParam("job") UUID jobId) {
    JobView draft = goingOn.successor(desk.manager(slug, jobId).job());
    return Response.seeOther(URI.create("/p/" + slug + "/jobs/" + draft.id() + "/settings"))
        .build();
  }

  private static Response learningTab(String slug, UUID jobId) {
    return Response.seeOther(URI.create("/p/" + slug + "/jobs/" + jobId + "/learning")).build();
  }
}

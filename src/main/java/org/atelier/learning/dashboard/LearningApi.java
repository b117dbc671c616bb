package org.atelier.learning.dashboard;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.atelier.labeling.JobView;
import org.atelier.learning.certificate.CertificateView;
import org.atelier.learning.certificate.Certificates;
import org.atelier.learning.loop.LearningLoop;
import org.atelier.learning.loop.RoundLists;
import org.atelier.learning.loop.RoundRow;
import org.atelier.platform.ProblemException;
import org.atelier.platform.storage.BlobMissingException;
import org.atelier.platform.storage.ObjectStore;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A job's learning for scripts. */
@Path("/api/v1/projects/{project}/jobs/{job}/learning")
@Blocking
@Tag(name = "Learning")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
class LearningApi {

  private final LearningDesk desk;
  private final DashboardService dashboards;
  private final ReviewService reviews;
  private final ChartData charts;
  private final LearningLoop loop;
  private final Certificates certificates;
  private final GoingOn goingOn;
  private final ObjectStore store;

  LearningApi(
      LearningDesk desk,
      DashboardService dashboards,
      ReviewService reviews,
      ChartData charts,
      LearningLoop loop,
      Certificates certificates,
      GoingOn goingOn,
      ObjectStore store) {
    this.desk = desk;
    this.dashboards = dashboards;
    this.reviews = reviews;
    this.charts = charts;
    this.loop = loop;
    this.certificates = certificates;
    this.goingOn = goingOn;
    this.store = store;
  }

  /**
   * Items to decide about: either {@code items} with the {@code classes} they have, or what the
   * machine says of some to {@code confirm}.
   *
   * @param classes chosen class indexes
   * @param confirm items with what the caller saw the machine say of them
   */
  record DecisionBody(List<UUID> items, int[] classes, List<Seen> confirm) {}

  /** What the machine was seen to say of an item. */
  record Seen(UUID itemId, int[] classes) {}

  /**
   * What came of a decision.
   *
   * @param changed labels made or changed
   * @param differing items left alone because the machine says something else of them by now
   */
  record DecisionMade(int changed, List<UUID> differing) {}

  record ItemsBody(List<UUID> items) {}

  /**
   * A larger budget.
   *
   * @param budgetAnswers most single answers from now on; null for no limit
   */
  record BudgetBody(Integer budgetAnswers) {}

  record Changed(int changed) {}

  /**
   * Items the newest model points at.
   *
   * @param confusion counts, row what people say, column what the model says
   * @param confusionKeys what each row and column stands for: a class index, -1 nothing in its
   *     place, -2 any of the labels without a row of their own
   * @param amongOthers differences between two labels that have no row of their own
   * @param cells items behind cells, by the keys of row and column
   * @param differences what people and the model said of those items
   */
  record Pointers(
      List<RoundLists.Opinion> uncertain,
      List<RoundLists.Opinion> suspects,
      int[][] confusion,
      int[] confusionKeys,
      long amongOthers,
      List<RoundLists.Cell> cells,
      List<RoundLists.Difference> differences) {}

  @GET
  @Operation(
      summary = "Where the job's learning stands: phase, counts, quality, cost, pace, rounds")
  public Dashboard dashboard(@PathParam("project") UUID project, @PathParam("job") UUID jobId) {
    return dashboards.of(desk.reader(project, jobId));
  }

  @GET
  @Path("rounds")
  @Operation(summary = "The rounds of the learning loop, oldest first")
  public List<RoundRow> rounds(@PathParam("project") UUID project, @PathParam("job") UUID jobId) {
    return loop.rounds(desk.reader(project, jobId).id());
  }

  @GET
  @Path("items")
  @Operation(summary = "Uncertain items, suspected label errors and the confusion matrix")
  public Pointers items(@PathParam("project") UUID project, @PathParam("job") UUID jobId) {
    RoundLists lists = loop.lists(desk.reader(project, jobId).id());
    return new Pointers(
        lists.uncertain(),
        lists.suspects(),
        lists.confusion(),
        lists.confusionKeys(),
        lists.amongOthers(),
        lists.cells(),
        lists.differences());
  }

  @GET
  @Path("charts/{chart}")
  @Operation(
      summary = "The numbers of a chart: learning, coverage, confusion, labels, answers (per hour)")
  public Map<String, Object> chart(
      @PathParam("project") UUID project,
      @PathParam("job") UUID jobId,
      @PathParam("chart") String name) {
    JobView job = desk.reader(project, jobId);
    return charts.of(job, name, desk.slug(project));
  }

  /** The contact sheets, near-duplicates side by side. */
  record Sheets(List<ReviewCard> uncertain, List<ReviewCard> machine, List<ReviewCard> suspects) {}

  @GET
  @Path("sheets")
  @Operation(
      summary =
          "What the review page shows: least sure, newest labels of the model, doubtful human labels")
  public Sheets sheets(@PathParam("project") UUID project, @PathParam("job") UUID jobId) {
    JobView job = desk.reader(project, jobId);
    return new Sheets(
        reviews.sheet(job, ReviewService.Sheet.UNCERTAIN),
        reviews.sheet(job, ReviewService.Sheet.MACHINE),
        reviews.sheet(job, ReviewService.Sheet.SUSPECTS));
  }

  @POST
  @Path("decisions")
  @Operation(
      summary = "Confirm or correct labels of items",
      description =
          "Makes the caller's decision the human label, with its provenance."
              + " To confirm, give each item with the classes that the model was seen to say:"
              + " where it says something else by now, the item is left alone and named.")
  public DecisionMade decide(
      @PathParam("project") UUID project, @PathParam("job") UUID jobId, DecisionBody body) {
    JobView job = desk.manager(project, jobId);
    if (body == null || (body.items() == null) == (body.confirm() == null)) {
      throw ProblemException.invalid(
          "items", "Name the items and their classes, or what you saw of each to confirm.");
    }
    if (body.confirm() != null) {
      ReviewService.Confirmed confirmed =
          reviews.confirm(job, desk.person(), shown(body.confirm()));
      return new DecisionMade(confirmed.changed(), confirmed.differing());
    }
    if (body.classes() == null) {
      throw ProblemException.invalid("classes", "Choose the classes that the items have.");
    }
    int changed = reviews.correct(job, desk.person(), body.items(), body.classes());
    return new DecisionMade(changed, List.of());
  }

  private static List<Shown> shown(List<Seen> confirm) {
    if (confirm.stream()
        .anyMatch(one -> one == null || one.itemId() == null || one.classes() == null)) {
      throw ProblemException.invalid("confirm", "Give each item's itemId and the classes you saw.");
    }
    return confirm.stream().map(one -> Shown.of(one.itemId(), one.classes())).toList();
  }

  @POST
  @Path("send-back")
  @Operation(summary = "Ask for one more look at human labels")
  public Changed sendBack(
      @PathParam("project") UUID project, @PathParam("job") UUID jobId, ItemsBody body) {
    JobView job = desk.manager(project, jobId);
    if (body == null || body.items() == null) {
      throw ProblemException.invalid("items", "Name the items.");
    }
    return new Changed(reviews.sendBack(job, body.items()));
  }

  @POST
  @Path("budget")
  @Operation(
      summary = "Raise the most answers of a job",
      description = "A job that rests because its budget is used up goes on.")
  public JobView budget(
      @PathParam("project") UUID project, @PathParam("job") UUID jobId, BudgetBody body) {
    JobView job = desk.manager(project, jobId);
    if (body == null) {
      throw ProblemException.invalid(
          "budgetAnswers", "Say how many answers, or null for no limit.");
    }
    return goingOn.withBudget(job, body.budgetAnswers());
  }

  @POST
  @Path("successor")
  @Operation(summary = "Make a draft like the job that starts from its model")
  public JobView successor(@PathParam("project") UUID project, @PathParam("job") UUID jobId) {
    return goingOn.successor(desk.manager(project, jobId));
  }

  @GET
  @Path("certificate")
  @Operation(
      summary = "The certificate of a completed job",
      description = "With its digest, and whether items it counts were deleted since.")
  public CertificateView certificate(
      @PathParam("project") UUID project, @PathParam("job") UUID jobId) {
    desk.reader(project, jobId);
    return certificates
        .find(project, jobId)
        .orElseThrow(() -> ProblemException.notFound("The job has no certificate."));
  }

  @GET
  @Path("certificate.json")
  @Operation(summary = "The certificate's document, exactly the characters its digest is of")
  public String document(@PathParam("project") UUID project, @PathParam("job") UUID jobId) {
    desk.reader(project, jobId);
    return certificates
        .document(project, jobId)
        .orElseThrow(() -> ProblemException.notFound("The job has no certificate."));
  }

  @GET
  @Path("models/{digest}")
  @Produces("application/zip")
  @Operation(
      summary = "The stored model of a round, as the certificate names it by its digest",
      description = "A ZIP with model.json, what it is, and model.bin, its weights.")
  public Response model(
      @PathParam("project") UUID project,
      @PathParam("job") UUID jobId,
      @PathParam("digest") String digest) {
    desk.reader(project, jobId);
    if (!loop.hasModel(jobId, digest)) {
      throw ProblemException.notFound("The job has no such model.");
    }
    try {
      return Response.ok(store.open(digest))
          .header("Content-Disposition", "attachment; filename=\"model-" + digest + ".zip\"")
          .build();
    } catch (BlobMissingException e) {
      throw ProblemException.notFound(
          "This model is not kept: of a job, the newest model and those that were audited are.");
    }
  }
}

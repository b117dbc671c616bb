package org.atelier.labeling;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.csrf.reactive.runtime.CsrfTokenParameterProvider;
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
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.atelier.dataset.Datasets;
import org.atelier.dataset.ItemRow;
import org.atelier.labeling.WorkQueue.Claim;
import org.atelier.labeling.WorkQueue.DeclineReason;
import org.atelier.labeling.WorkQueue.GivenAnswer;
import org.atelier.labeling.WorkQueue.LeasedTask;
import org.atelier.labeling.WorkQueue.Receipt;
import org.atelier.labeling.queue.OwnWork;
import org.atelier.labeling.queue.Questions;
import org.atelier.platform.Access;
import org.atelier.platform.CurrentPerson;
import org.atelier.platform.ProblemException;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.egress.ProxiedPictures;

/** The work page and what it asks of the server. */
@Path("/p/{slug}/jobs/{job}/work")
@Blocking
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
class WorkApi {

  @CheckedTemplate(basePath = "labeling")
  static class Templates {
    static native TemplateInstance work(String title, WorkConfig config, String configJson);
  }

  private static final int MOST_LEASES = 200;

  private final Access access;
  private final CurrentPerson currentPerson;
  private final Jobs jobs;
  private final WorkQueue queue;
  private final Questions questions;
  private final OwnWork ownWork;
  private final Datasets datasets;
  private final LabelExamples examples;
  private final ProxiedPictures proxied;
  private final CsrfTokenParameterProvider csrf;
  private final ObjectMapper json;

  WorkApi(
      Access access,
      CurrentPerson currentPerson,
      Jobs jobs,
      WorkQueue queue,
      Questions questions,
      OwnWork ownWork,
      Datasets datasets,
      LabelExamples examples,
      ProxiedPictures proxied,
      CsrfTokenParameterProvider csrf,
      ObjectMapper json) {
    this.access = access;
    this.currentPerson = currentPerson;
    this.jobs = jobs;
    this.queue = queue;
    this.questions = questions;
    this.ownWork = ownWork;
    this.datasets = datasets;
    this.examples = examples;
    this.proxied = proxied;
    this.csrf = csrf;
    this.json = json;
  }

  record ClaimBody(int count, List<UUID> held, List<UUID> seen) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record LeaseView(
      UUID lease, UUID task, Instant expiresAt, ItemView item, PrelabelView prelabel) {}

  record ItemView(
      UUID id,
      String externalId,
      String kind,
      String text,
      List<ItemScreen.View> views,
      Map<String, Object> metadata) {}

  record PrelabelView(int[] classes, double confidence) {}

  record Claimed(
      List<LeaseView> leases,
      int open,
      int mine,
      JobState state,
      List<AnsweredQuestion> questionsAnswered) {}

  record AnswerBody(
      UUID key, UUID lease, UUID task, int[] classes, int activeMillis, Instant answeredAt) {}

  record Accepted(UUID key, UUID answer, Instant undoUntil, Why why, boolean surplus) {}

  record Why(TaskReason reason, String text) {}

  record KeyBody(UUID key) {}

  record Undone(boolean undone, LeaseView lease) {}

  record SkipBody(UUID lease, DeclineReason reason, String text, int activeMillis) {}

  record LeasesBody(List<UUID> leases, List<UUID> seen) {}

  record Renewed(
      List<RenewedLease> leases, List<UUID> lost, List<AnsweredQuestion> questionsAnswered) {}

  record RenewedLease(UUID lease, Instant expiresAt) {}

  record QuestionBody(UUID lease, String text) {}

  record Summary(
      int open, OwnWork.Counts mine, JobState state, List<AnsweredQuestion> questionsAnswered) {}

  record AnsweredQuestion(UUID question, String externalId, String text, String answer) {
    static List<AnsweredQuestion> of(List<Questions.QuestionRow> rows) {
      return rows.stream()
          .map(row -> new AnsweredQuestion(row.id(), row.externalId(), row.text(), row.answer()))
          .toList();
    }
  }

  @GET
  @Produces(MediaType.TEXT_HTML)
  public TemplateInstance page(@PathParam("slug") String slug, @PathParam("job") UUID jobId) {
    ProjectRef project = access.project(slug);
    UUID person = currentPerson.require().id();
    JobView job = jobs.job(project.id(), jobId);
    queue.requireWorker(project.id(), jobId, person);
    ownWork.seen(jobId, person);
    WorkConfig config =
        WorkConfig.of(
            job,
            slug,
            person,
            new WorkConfig.Csrf(csrf.getHeaderName(), csrf.getToken()),
            Instructions.html(
                job.settings().instructions(), url -> proxied.address(url).orElse("")),
            examples.addresses(project, job.settings().labels()));
    return Templates.work(job.settings().title(), config, embedded(config));
  }

  /** JSON that cannot end the script element around it. */
  private String embedded(Object value) {
    try {
      return json.writeValueAsString(value)
          .replace("<", "\\u003c")
          .replace(">", "\\u003e")
          .replace("&", "\\u0026")
          .replace("\u2028", "\\u2028")
          .replace("\u2029", "\\u2029");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  @POST
  @Path("claim")
  public Claimed claim(
      @PathParam("slug") String slug, @PathParam("job") UUID jobId, ClaimBody body) {
    ProjectRef project = access.project(slug);
    UUID person = currentPerson.require().id();
    Claim claim =
        queue.claim(
            project.id(), jobId, person, required(body, "body").count(), limited(body.held()));
    List<LeaseView> leases = views(project, claim.tasks());
    int mine = Math.toIntExact(ownWork.counts(jobId, person).answers());
    return new Claimed(
        leases, queue.open(jobId), mine, claim.state(), answered(jobId, person, body.seen()));
  }

  private List<LeaseView> views(ProjectRef project, List<LeasedTask> tasks) {
    if (tasks.isEmpty()) {
      return List.of();
    }
    Map<UUID, ItemRow> items =
        datasets.items(project.id(), tasks.stream().map(LeasedTask::itemId).toList()).stream()
            .collect(Collectors.toMap(ItemRow::id, Function.identity()));
    return tasks.stream()
        .filter(task -> items.containsKey(task.itemId()))
        .map(task -> view(project, task, items.get(task.itemId())))
        .toList();
  }

  private static LeaseView view(ProjectRef project, LeasedTask task, ItemRow item) {
    ItemScreen screen = ItemScreen.of(item, project.slug());
    MachineLabel suggestion = task.suggestion();
    return new LeaseView(
        task.lease(),
        task.task(),
        task.expiresAt(),
        new ItemView(
            screen.id(),
            screen.externalId(),
            screen.kind().name(),
            screen.text(),
            screen.views(),
            screen.metadata()),
        suggestion == null
            ? null
            : new PrelabelView(suggestion.classes(), suggestion.confidence()));
  }

  @POST
  @Path("answers")
  public Accepted answer(
      @PathParam("slug") String slug, @PathParam("job") UUID jobId, AnswerBody body) {
    ProjectRef project = access.project(slug);
    required(body, "body");
    Receipt receipt =
        queue.submit(
            project.id(),
            jobId,
            currentPerson.require().id(),
            new GivenAnswer(
                required(body.key(), "key"),
                required(body.lease(), "lease"),
                required(body.task(), "task"),
                body.classes(),
                body.activeMillis(),
                body.answeredAt()));
    return new Accepted(
        receipt.key(),
        receipt.answer(),
        receipt.undoUntil(),
        new Why(receipt.reason(), receipt.reason().sentence()),
        receipt.surplus());
  }

  @POST
  @Path("undo")
  public Undone undo(@PathParam("slug") String slug, @PathParam("job") UUID jobId, KeyBody body) {
    ProjectRef project = access.project(slug);
    UUID key = required(required(body, "body").key(), "key");
    Optional<LeasedTask> task = queue.undo(project.id(), jobId, currentPerson.require().id(), key);
    List<LeaseView> leases = views(project, task.map(List::of).orElse(List.of()));
    return new Undone(true, leases.isEmpty() ? null : leases.get(0));
  }

  @POST
  @Path("skip")
  public Map<String, Boolean> skip(
      @PathParam("slug") String slug, @PathParam("job") UUID jobId, SkipBody body) {
    ProjectRef project = access.project(slug);
    required(body, "body");
    queue.decline(
        project.id(),
        jobId,
        currentPerson.require().id(),
        new WorkQueue.Declined(
            required(body.lease(), "lease"),
            required(body.reason(), "reason"),
            body.text(),
            body.activeMillis()));
    return Map.of("skipped", true);
  }

  @POST
  @Path("release")
  public Map<String, Integer> release(
      @PathParam("slug") String slug, @PathParam("job") UUID jobId, LeasesBody body) {
    ProjectRef project = access.project(slug);
    UUID person = currentPerson.require().id();
    Collection<UUID> leases = limited(required(body, "body").leases());
    return Map.of("released", queue.release(project.id(), jobId, person, leases));
  }

  @POST
  @Path("leave")
  public Map<String, Integer> leave(
      @PathParam("slug") String slug, @PathParam("job") UUID jobId, LeasesBody body) {
    ProjectRef project = access.project(slug);
    UUID person = currentPerson.require().id();
    Collection<UUID> leases = limited(required(body, "body").leases());
    return Map.of("left", queue.leave(project.id(), jobId, person, leases));
  }

  @POST
  @Path("renew")
  public Renewed renew(
      @PathParam("slug") String slug, @PathParam("job") UUID jobId, LeasesBody body) {
    ProjectRef project = access.project(slug);
    UUID person = currentPerson.require().id();
    List<UUID> leases = limited(required(body, "body").leases());
    Map<UUID, Instant> kept = queue.renew(project.id(), jobId, person, leases);
    return new Renewed(
        leases.stream()
            .filter(kept::containsKey)
            .map(lease -> new RenewedLease(lease, kept.get(lease)))
            .toList(),
        leases.stream().filter(lease -> !kept.containsKey(lease)).toList(),
        answered(jobId, person, body.seen()));
  }

  @POST
  @Path("question")
  public Map<String, UUID> question(
      @PathParam("slug") String slug, @PathParam("job") UUID jobId, QuestionBody body) {
    ProjectRef project = access.project(slug);
    UUID person = currentPerson.require().id();
    UUID lease = required(required(body, "body").lease(), "lease");
    return Map.of("question", questions.ask(project.id(), jobId, person, lease, body.text()));
  }

  @GET
  @Path("summary")
  public Summary summary(@PathParam("slug") String slug, @PathParam("job") UUID jobId) {
    ProjectRef project = access.project(slug);
    UUID person = currentPerson.require().id();
    JobView job = jobs.job(project.id(), jobId);
    List<AnsweredQuestion> answered = AnsweredQuestion.of(questions.answered(jobId, person));
    return new Summary(queue.open(jobId), ownWork.counts(jobId, person), job.state(), answered);
  }

  private List<AnsweredQuestion> answered(UUID jobId, UUID person, List<UUID> seen) {
    return AnsweredQuestion.of(questions.news(jobId, person, limited(seen)));
  }

  private static <T> T required(T value, String field) {
    if (value == null) {
      throw ProblemException.invalid(field, "The field " + field + " is missing.");
    }
    return value;
  }

  private static List<UUID> limited(List<UUID> leases) {
    if (leases == null) {
      return List.of();
    }
    if (leases.size() > MOST_LEASES || leases.contains(null)) {
      throw ProblemException.invalid("leases", "Name at most 200 leases.");
    }
    return leases;
  }
}

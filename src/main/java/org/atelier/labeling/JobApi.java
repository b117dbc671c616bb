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
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.atelier.labeling.consolidation.WorkerSkill;
import org.atelier.labeling.queue.JobItems;
import org.atelier.platform.ProblemException;
import org.atelier.platform.Slice;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Jobs for scripts. */
@Path("/api/v1/projects/{project}/jobs")
@Blocking
@Tag(name = "Labeling jobs")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
class JobApi {

  /**
   * Settings as scripts send them; what is missing takes the value of the form.
   *
   * @param labels definitions; a name alone suffices
   */
  record JobBody(
      String title,
      UUID datasetId,
      Integer datasetVersion,
      TaskType taskType,
      List<LabelBody> labels,
      String instructions,
      Set<UUID> workers,
      Integer answersPerItem,
      Integer mostAnswersPerItem,
      String method,
      Boolean submitOnChoice,
      Boolean showSuggestions,
      Integer leaseSeconds,
      Integer graceSeconds,
      Boolean learning,
      Double target,
      GuaranteeScope scope,
      Double risk,
      Integer batchSize,
      Map<String, Object> options,
      Integer budgetAnswers,
      Integer budgetRounds,
      BigDecimal answerPrice,
      String currency) {}

  record LabelBody(
      String name,
      String color,
      String shortcut,
      String description,
      Integer parent,
      List<UUID> examples,
      List<String> examplePictures) {}

  record ReasonBody(String reason) {}

  record VersionBody(int datasetVersion) {}

  record TitleBody(String title) {}

  /** A job with its counts. */
  record JobDocument(JobView job, JobItems.Counts counts) {}

  private final JobDesk desk;
  private final Jobs jobs;
  private final JobItems items;

  JobApi(JobDesk desk, Jobs jobs, JobItems items) {
    this.desk = desk;
    this.jobs = jobs;
    this.items = items;
  }

  @GET
  @Operation(summary = "Jobs of the project, newest first")
  public Slice<JobRow> list(
      @PathParam("project") UUID project,
      @QueryParam("cursor") String cursor,
      @QueryParam("limit") @DefaultValue("50") int limit) {
    desk.requireReader(project);
    return jobs.jobs(project, cursor, limit);
  }

  @POST
  @Operation(summary = "Create a draft")
  public Response create(@PathParam("project") UUID project, JobBody body) {
    desk.requireManager(project);
    JobView job = jobs.create(project, settings(required(body)));
    return Response.created(URI.create("/api/v1/projects/" + project + "/jobs/" + job.id()))
        .entity(job)
        .build();
  }

  @GET
  @Path("{job}")
  @Operation(summary = "A job with its counts")
  public JobDocument job(@PathParam("project") UUID project, @PathParam("job") UUID jobId) {
    desk.requireReader(project);
    return new JobDocument(jobs.job(project, jobId), items.counts(jobId));
  }

  @PUT
  @Path("{job}")
  @Operation(
      summary = "Change a job",
      description = "Answers 409 job-changed unless the revision is the current one.")
  public JobView change(
      @PathParam("project") UUID project,
      @PathParam("job") UUID jobId,
      @QueryParam("revision") Integer revision,
      JobBody body) {
    desk.requireManager(project);
    if (revision == null) {
      throw ProblemException.invalid("revision", "Name the revision the change was made on.");
    }
    return jobs.change(project, jobId, revision, settings(required(body)));
  }

  @POST
  @Path("{job}/start")
  @Operation(summary = "Draft to running")
  public JobView start(@PathParam("project") UUID project, @PathParam("job") UUID jobId) {
    desk.requireManager(project);
    return jobs.start(project, jobId);
  }

  @POST
  @Path("{job}/pause")
  @Operation(summary = "Running to paused")
  public JobView pause(
      @PathParam("project") UUID project, @PathParam("job") UUID jobId, ReasonBody body) {
    desk.requireManager(project);
    return jobs.pause(project, jobId, reason(body));
  }

  @POST
  @Path("{job}/resume")
  @Operation(summary = "Paused to running")
  public JobView resume(
      @PathParam("project") UUID project, @PathParam("job") UUID jobId, ReasonBody body) {
    desk.requireManager(project);
    return jobs.resume(project, jobId, reason(body));
  }

  record Asked(int items) {}

  @POST
  @Path("{job}/ask-again")
  @Operation(summary = "Ask again about declined items and for answers that items lack")
  public Asked askAgain(@PathParam("project") UUID project, @PathParam("job") UUID jobId) {
    desk.requireManager(project);
    return new Asked(jobs.askAgain(project, jobId));
  }

  @POST
  @Path("{job}/complete")
  @Operation(summary = "Write the labels as a dataset version and end the job")
  public JobView complete(
      @PathParam("project") UUID project, @PathParam("job") UUID jobId, ReasonBody body) {
    desk.requireManager(project);
    return jobs.complete(project, jobId, reason(body));
  }

  @POST
  @Path("{job}/retry")
  @Operation(summary = "Failed back to where it was; the failed step is tried again")
  public JobView retry(
      @PathParam("project") UUID project, @PathParam("job") UUID jobId, ReasonBody body) {
    desk.requireManager(project);
    return jobs.retry(project, jobId, reason(body));
  }

  @POST
  @Path("{job}/stop")
  @Operation(summary = "End the job before it is done")
  public JobView stop(
      @PathParam("project") UUID project, @PathParam("job") UUID jobId, ReasonBody body) {
    desk.requireManager(project);
    return jobs.stop(project, jobId, reason(body));
  }

  @POST
  @Path("{job}/copy")
  @Operation(summary = "A new draft with the same settings")
  public JobView copy(
      @PathParam("project") UUID project, @PathParam("job") UUID jobId, TitleBody body) {
    desk.requireManager(project);
    return jobs.copy(project, jobId, body == null ? null : body.title());
  }

  @POST
  @Path("{job}/version")
  @Operation(summary = "Take in the items of a newer dataset version")
  public JobView takeVersion(
      @PathParam("project") UUID project, @PathParam("job") UUID jobId, VersionBody body) {
    desk.requireManager(project);
    return jobs.takeVersion(project, jobId, required(body).datasetVersion());
  }

  @GET
  @Path("{job}/items")
  @Operation(summary = "Items with a label or task, in order of their ordinals, 48 at a time")
  public List<JobItems.ListedItem> items(
      @PathParam("project") UUID project,
      @PathParam("job") UUID jobId,
      @QueryParam("state") String state,
      @QueryParam("label") Integer label,
      @QueryParam("after") @DefaultValue("-1") int after) {
    desk.requireReader(project);
    return items.items(jobs.job(project, jobId).id(), state, label, after);
  }

  /**
   * What somebody did in a job.
   *
   * @param agreement null while not enough of the person's items are shared to tell
   */
  record JobPerson(
      UUID personId,
      String name,
      long answers,
      long activeMillis,
      Instant lastAnswer,
      PersonAgreement agreement) {

    static JobPerson of(JobItems.Worker worker) {
      return new JobPerson(
          worker.personId(),
          worker.name(),
          worker.answers(),
          worker.activeMillis(),
          worker.lastAnswer(),
          PersonAgreement.of(worker.skill()));
    }
  }

  /** Share of answers that equal the consolidated label, with its 95 % interval. */
  record PersonAgreement(double share, double lower, double upper) {

    static PersonAgreement of(WorkerSkill skill) {
      return skill == null || skill.accuracy().isEmpty()
          ? null
          : new PersonAgreement(skill.accuracy().getAsDouble(), skill.lower(), skill.upper());
    }
  }

  @GET
  @Path("{job}/people")
  @Operation(
      summary = "Answers, active time and agreement of every person who answered, by name",
      description =
          "agreement is the share of the person's answers that equal the consolidated label, on"
              + " items drawn at random and answered by others too, with its 95 % interval; null"
              + " where there are not enough such items. It is found out at most once a minute.")
  public List<JobPerson> people(@PathParam("project") UUID project, @PathParam("job") UUID jobId) {
    desk.requireReader(project);
    return items.workers(jobs.job(project, jobId).id()).stream().map(JobPerson::of).toList();
  }

  @GET
  @Path("{job}/items/{item}")
  @Operation(summary = "Labels and answers of one item")
  public JobItems.History item(
      @PathParam("project") UUID project,
      @PathParam("job") UUID jobId,
      @PathParam("item") UUID itemId) {
    desk.requireReader(project);
    return items
        .history(jobs.job(project, jobId).id(), itemId)
        .orElseThrow(() -> ProblemException.notFound("The job has nothing of this item."));
  }

  private static JobSettings settings(JobBody body) {
    JobSettings.Answering answering = JobSettings.Answering.defaults();
    JobSettings.Learning learning = JobSettings.Learning.defaults();
    TaskType type = or(body.taskType(), TaskType.SINGLE);
    int perItem = or(body.answersPerItem(), answering.perItem());
    return new JobSettings(
        body.title(),
        body.datasetId(),
        or(body.datasetVersion(), 1),
        type,
        or(body.labels(), List.<LabelBody>of()).stream().map(JobApi::label).toList(),
        or(body.instructions(), ""),
        workers(body.workers()),
        new JobSettings.Answering(
            perItem,
            or(body.mostAnswersPerItem(), Math.max(perItem, answering.most())),
            or(body.method(), answering.method()),
            or(body.submitOnChoice(), type == TaskType.SINGLE),
            or(body.showSuggestions(), answering.showSuggestions()),
            or(body.leaseSeconds(), answering.leaseSeconds()),
            or(body.graceSeconds(), answering.graceSeconds())),
        new JobSettings.Learning(
            or(body.learning(), learning.enabled()),
            or(body.target(), learning.target()),
            or(body.scope(), learning.scope()),
            or(body.risk(), learning.risk()),
            or(body.batchSize(), learning.batchSize()),
            body.options()),
        new JobSettings.Budget(
            body.budgetAnswers(), body.budgetRounds(), body.answerPrice(), body.currency()));
  }

  private static LabelDefinition label(LabelBody body) {
    boolean hole = body == null || hasHole(body.examples()) || hasHole(body.examplePictures());
    if (hole) {
      throw ProblemException.invalid(
          "labels", "null is no label and no example: leave it out of the list.");
    }
    return new LabelDefinition(
        body.name(),
        body.color(),
        body.shortcut(),
        body.description(),
        body.parent(),
        body.examples(),
        body.examplePictures());
  }

  private static Set<UUID> workers(Set<UUID> workers) {
    if (hasHole(workers)) {
      throw ProblemException.invalid("workers", "null is nobody: leave it out of the list.");
    }
    return or(workers, Set.of());
  }

  private static boolean hasHole(Collection<?> some) {
    return some != null && some.stream().anyMatch(Objects::isNull);
  }

  private static <T> T or(T value, T otherwise) {
    return value == null ? otherwise : value;
  }

  private static String reason(ReasonBody body) {
    return body == null ? null : body.reason();
  }

  private static <T> T required(T body) {
    if (body == null) {
      throw ProblemException.invalid("body", "Send a JSON document.");
    }
    return body;
  }
}

package org.atelier.labeling;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.atelier.dataset.Datasets;
import org.atelier.dataset.ItemRow;
import org.atelier.labeling.queue.OwnWork;
import org.atelier.labeling.queue.Questions;
import org.atelier.platform.Access;
import org.atelier.platform.CurrentPerson;
import org.atelier.platform.ProblemException;
import org.atelier.platform.ProjectRef;
import org.jboss.resteasy.reactive.RestForm;

/** Where a labeler starts, and what the labeler did. */
@Path("/p/{slug}/work")
@Blocking
@Produces(MediaType.TEXT_HTML)
class OwnWorkPages {

  private static final int MOST_OPEN = 10_000;
  private static final int MOST_DAYS = 31;

  @CheckedTemplate(basePath = "labeling")
  static class Templates {
    static native TemplateInstance openJobs(ProjectRef project, List<OpenLine> jobs);

    static native TemplateInstance myWork(
        ProjectRef project,
        List<OwnLine> answers,
        OwnFilter filter,
        List<DayLine> days,
        boolean moreDays,
        Asked asked);

    static native TemplateInstance correct(
        ProjectRef project,
        OwnLine answer,
        ItemScreen item,
        List<WorkConfig.Label> labels,
        boolean multi,
        UUID key,
        String problem);
  }

  /**
   * A job one can work on.
   *
   * @param pause why it rests, null while it does not or nobody said why
   */
  record OpenLine(OwnWork.OpenJob job, String pause) {
    public String open() {
      return job.open() > MOST_OPEN ? "more than 10,000" : Words.count(job.open());
    }

    public String mine() {
      return Words.count(job.mine());
    }

    public boolean running() {
      return job.state().equals("RUNNING");
    }
  }

  /**
   * An own answer.
   *
   * @param item what it is about; null when it was deleted meanwhile
   */
  record OwnLine(OwnWork.OwnAnswer answer, String names, ItemScreen item) {
    public String time() {
      return Words.duration(answer.activeMillis());
    }

    public boolean chosen(int index) {
      return java.util.Arrays.stream(answer.classIndexes()).anyMatch(one -> one == index);
    }
  }

  /**
   * Which own answers are shown.
   *
   * @param next the answer the next page comes after, null on the last
   * @param worked titles of the jobs the person worked on, latest first
   */
  record OwnFilter(UUID job, String text, String next, Map<UUID, String> worked) {
    public boolean narrow() {
      return job != null || !text.isEmpty();
    }

    public String nextAddress() {
      String typed = URLEncoder.encode(text, StandardCharsets.UTF_8);
      return "?job=" + (job == null ? "" : job) + "&text=" + typed + "&after=" + next;
    }
  }

  /**
   * Own questions.
   *
   * @param next the question the next page comes after, null on the last
   */
  record Asked(List<Questions.QuestionRow> questions, String next) {
    static Asked of(List<Questions.QuestionRow> rows) {
      boolean full = rows.size() == Questions.PAGE;
      return new Asked(rows, full ? rows.get(rows.size() - 1).id().toString() : null);
    }
  }

  /** A day of the time sheet. */
  record DayLine(OwnWork.Day day) {
    public String answers() {
      return Words.count(day.answers());
    }

    public String time() {
      return Words.duration(day.activeMillis());
    }
  }

  private final Access access;
  private final CurrentPerson currentPerson;
  private final Jobs jobs;
  private final WorkQueue queue;
  private final OwnWork ownWork;
  private final Questions questions;
  private final Datasets datasets;

  OwnWorkPages(
      Access access,
      CurrentPerson currentPerson,
      Jobs jobs,
      WorkQueue queue,
      OwnWork ownWork,
      Questions questions,
      Datasets datasets) {
    this.access = access;
    this.currentPerson = currentPerson;
    this.jobs = jobs;
    this.queue = queue;
    this.ownWork = ownWork;
    this.questions = questions;
    this.datasets = datasets;
  }

  @GET
  public TemplateInstance open(@PathParam("slug") String slug) {
    ProjectRef project = access.project(slug);
    return Templates.openJobs(
        project,
        ownWork.jobs(project.id(), person()).stream().map(job -> line(project, job)).toList());
  }

  private OpenLine line(ProjectRef project, OwnWork.OpenJob job) {
    boolean paused = job.state().equals(JobState.PAUSED.name());
    return new OpenLine(job, paused ? jobs.job(project.id(), job.id()).stateReason() : null);
  }

  @GET
  @Path("mine")
  public TemplateInstance mine(
      @PathParam("slug") String slug,
      @QueryParam("job") @DefaultValue("") String job,
      @QueryParam("text") @DefaultValue("") String text,
      @QueryParam("after") UUID after,
      @QueryParam("asked") UUID asked) {
    ProjectRef project = access.project(slug);
    UUID jobId = job.isBlank() ? null : id(job);
    List<OwnWork.OwnAnswer> answers =
        ownWork.answers(project.id(), person(), jobId, text.strip(), after);
    Map<UUID, List<String>> names = new HashMap<>();
    Map<UUID, ItemScreen> items = items(project, answers);
    List<OwnLine> lines =
        answers.stream()
            .map(
                answer ->
                    new OwnLine(answer, names(project, answer, names), items.get(answer.itemId())))
            .toList();
    String next =
        answers.size() < OwnWork.PAGE ? null : answers.get(answers.size() - 1).id().toString();
    List<OwnWork.Day> days = ownWork.days(project.id(), person());
    Map<UUID, String> worked = new LinkedHashMap<>();
    days.forEach(day -> worked.putIfAbsent(day.jobId(), day.jobTitle()));
    return Templates.myWork(
        project,
        lines,
        new OwnFilter(jobId, text.strip(), next, worked),
        days.stream().limit(MOST_DAYS).map(DayLine::new).toList(),
        days.size() > MOST_DAYS,
        Asked.of(questions.own(project.id(), person(), asked)));
  }

  private Map<UUID, ItemScreen> items(ProjectRef project, List<OwnWork.OwnAnswer> answers) {
    List<UUID> ids = answers.stream().map(OwnWork.OwnAnswer::itemId).distinct().toList();
    return datasets.items(project.id(), ids).stream()
        .collect(Collectors.toMap(ItemRow::id, item -> ItemScreen.of(item, project.slug())));
  }

  private static UUID id(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalid("job", "Choose a job from the list.");
    }
  }

  private String names(
      ProjectRef project, OwnWork.OwnAnswer answer, Map<UUID, List<String>> known) {
    List<String> names =
        known.computeIfAbsent(
            answer.jobId(), id -> jobs.job(project.id(), id).settings().classNames());
    return Words.labels(answer.classIndexes(), names);
  }

  /** The time sheet: one row per day (UTC) and job. */
  @GET
  @Path("time-sheet.csv")
  @Produces("text/csv; charset=utf-8")
  public Response timeSheet(@PathParam("slug") String slug) {
    ProjectRef project = access.project(slug);
    StringWriter text = new StringWriter();
    writeDays(text, ownWork.days(project.id(), person()));
    return Response.ok(text.toString())
        .header("Content-Disposition", "attachment; filename=\"time-sheet.csv\"")
        .build();
  }

  private static void writeDays(StringWriter text, List<OwnWork.Day> days) {
    CsvWriter rows = CsvWriter.builder().bufferSize(0).build(text);
    rows.writeRecord("day", "job", "answers", "active_seconds");
    for (OwnWork.Day day : days) {
      rows.writeRecord(
          day.day().toString(),
          guarded(day.jobTitle()),
          Long.toString(day.answers()),
          Long.toString(day.activeMillis() / 1_000));
    }
  }

  /** A cell that no spreadsheet takes for a formula. */
  private static String guarded(String cell) {
    return cell.matches("(?s)[=+\\-@\t\r].*") ? "'" + cell : cell;
  }

  @GET
  @Path("mine/{answer}")
  public TemplateInstance correction(
      @PathParam("slug") String slug, @PathParam("answer") UUID answerId) {
    return correction(access.project(slug), answerId, null);
  }

  private TemplateInstance correction(ProjectRef project, UUID answerId, String problem) {
    OwnWork.OwnAnswer answer = own(project, answerId);
    JobView job = jobs.job(project.id(), answer.jobId());
    ItemRow item =
        datasets
            .item(project.id(), answer.itemId())
            .orElseThrow(() -> ProblemException.notFound("The item was deleted."));
    ItemScreen screen = ItemScreen.of(item, project.slug());
    return Templates.correct(
        project,
        new OwnLine(
            answer, Words.labels(answer.classIndexes(), job.settings().classNames()), screen),
        screen,
        WorkConfig.labels(job.settings()).stream().filter(WorkConfig.Label::selectable).toList(),
        job.settings().taskType() == TaskType.MULTI,
        UUID.randomUUID(),
        problem);
  }

  @POST
  @Path("mine/{answer}")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response correct(
      @PathParam("slug") String slug,
      @PathParam("answer") UUID answerId,
      @RestForm List<Integer> classes,
      @RestForm UUID key) {
    ProjectRef project = access.project(slug);
    UUID job = ownWork.jobOf(project.id(), person(), answerId);
    int[] chosen =
        classes == null ? new int[0] : classes.stream().mapToInt(Integer::intValue).toArray();
    try {
      if (key == null) {
        throw ProblemException.invalid("key", "Give a key (a UUID) with the labels.");
      }
      queue.correct(project.id(), job, person(), answerId, key, chosen);
    } catch (ProblemException e) {
      if (ownWork.answer(project.id(), person(), answerId).isEmpty()) {
        throw e;
      }
      return Response.status(e.problem().status())
          .entity(correction(project, answerId, e.getMessage()))
          .build();
    }
    return Response.seeOther(URI.create("/p/" + slug + "/work/mine")).build();
  }

  private OwnWork.OwnAnswer own(ProjectRef project, UUID answerId) {
    return ownWork.required(project.id(), person(), answerId);
  }

  private UUID person() {
    return currentPerson.require().id();
  }
}

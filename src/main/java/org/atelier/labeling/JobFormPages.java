package org.atelier.labeling;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.atelier.dataset.DatasetView;
import org.atelier.dataset.Datasets;
import org.atelier.dataset.LabelCount;
import org.atelier.platform.ProblemException;
import org.atelier.platform.ProjectRef;

/** The form in which a job is made and changed, with its editor of labels. */
@Path("/p/{slug}/jobs")
@Blocking
@Produces(MediaType.TEXT_HTML)
class JobFormPages {

  private static final int MOST_KNOWN_LABELS = 100;
  private static final int MOST_IMPORTED_LABELS = 1_000;

  @CheckedTemplate(basePath = "labeling")
  static class Templates {
    static native TemplateInstance jobForm(JobDraft draft, JobForm form, JobShell shell);

    static native TemplateInstance labelRows(JobDraft draft, JobForm form);

    static native TemplateInstance learningPart(JobDraft draft, JobForm form);

    static native TemplateInstance exampleItems(
        List<ItemScreen> items, String text, Integer next, String address);
  }

  private final JobDesk desk;
  private final Jobs jobs;
  private final Datasets datasets;
  private final ExampleItems exampleItems;
  private final JobDrafts drafts;

  JobFormPages(
      JobDesk desk, Jobs jobs, Datasets datasets, ExampleItems exampleItems, JobDrafts drafts) {
    this.desk = desk;
    this.jobs = jobs;
    this.datasets = datasets;
    this.exampleItems = exampleItems;
    this.drafts = drafts;
  }

  @GET
  @Path("new")
  public TemplateInstance fresh(
      @PathParam("slug") String slug, @QueryParam("dataset") UUID datasetId) {
    ProjectRef project = desk.manageable(slug);
    DatasetView chosen =
        datasets.datasets(project.id()).stream()
            .filter(dataset -> datasetId == null || dataset.id().equals(datasetId))
            .findFirst()
            .orElse(null);
    String value = chosen == null ? "" : chosen.id() + "/" + chosen.latestVersion();
    JobForm form = JobForm.fresh(value, "");
    List<LabelRow> known = knownLabels(project, value);
    form.put(LabelRows.of(known.size() > MOST_KNOWN_LABELS ? List.of() : known));
    return page(project, null, form, null, List.of());
  }

  /** Labels that came with the data are a good first label set, in the data's own order if any. */
  private List<LabelRow> knownLabels(ProjectRef project, String choice) {
    String[] dataset = choice.split("/");
    if (dataset.length != 2 || dataset[1].equals("0")) {
      return List.of();
    }
    try {
      UUID datasetId = UUID.fromString(dataset[0]);
      List<String> named = datasets.labelNames(project.id(), datasetId);
      return datasets.labels(project.id(), datasetId, Integer.parseInt(dataset[1])).stream()
          .limit(MOST_IMPORTED_LABELS)
          .map(LabelCount::label)
          .sorted(inOrderOf(named))
          .map(LabelRow::named)
          .toList();
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalid("dataset", "Choose a dataset from the list.");
    }
  }

  /** Labels as they are named, those that are not after them by the alphabet. */
  private static Comparator<String> inOrderOf(List<String> named) {
    return Comparator.<String>comparingInt(
            label -> named.contains(label) ? named.indexOf(label) : named.size())
        .thenComparing(Comparator.naturalOrder());
  }

  private TemplateInstance page(
      ProjectRef project,
      JobShell shell,
      JobForm form,
      String refusal,
      List<JobForm.Difference> differences) {
    return Templates.jobForm(draft(project, shell, form, refusal, differences), form, shell);
  }

  private JobDraft draft(
      ProjectRef project,
      JobShell shell,
      JobForm form,
      String refusal,
      List<JobForm.Difference> differences) {
    return drafts.of(project, shell == null ? null : shell.job(), form, refusal, differences);
  }

  /** The part of the form that depends on the chosen dataset. */
  @GET
  @Path("learning-choices")
  public TemplateInstance learningChoices(
      @PathParam("slug") String slug,
      @QueryParam("dataset") @DefaultValue("") String choice,
      @QueryParam("features") @DefaultValue("") String features) {
    ProjectRef project = desk.manageable(slug);
    JobForm form = JobForm.fresh(choice, "");
    form.put(LearningOptions.FEATURES, features);
    return Templates.learningPart(drafts.of(project, null, form, null, List.of()), form);
  }

  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response create(@PathParam("slug") String slug, MultivaluedMap<String, String> fields) {
    ProjectRef project = desk.manageable(slug);
    JobForm form = JobForm.typed(fields);
    JobSettings settings = form.settings(null);
    try {
      if (!form.hasProblems()) {
        JobView job = jobs.create(project.id(), settings);
        if (form.on("startNow")) {
          jobs.start(project.id(), job.id());
        }
        return to(slug, job.id(), "");
      }
      JobRules.breaches(settings).forEach(form::blame);
      return refused(page(project, null, form, null, List.of()), 400);
    } catch (ProblemException e) {
      String refusal = blame(form, e);
      return refused(page(project, null, form, refusal, List.of()), e.problem().status());
    }
  }

  @GET
  @Path("{job}/settings")
  public TemplateInstance settings(@PathParam("slug") String slug, @PathParam("job") UUID jobId) {
    JobShell shell = desk.shell(slug, jobId, "settings");
    JobForm form = JobForm.of(shell.job().settings());
    return page(shell.project(), shell, form, null, List.of());
  }

  @POST
  @Path("{job}/settings")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response change(
      @PathParam("slug") String slug,
      @PathParam("job") UUID jobId,
      MultivaluedMap<String, String> fields) {
    ProjectRef project = desk.manageable(slug);
    JobForm form = JobForm.typed(fields);
    JobShell shell = desk.shell(slug, jobId, "settings");
    JobSettings settings = form.settings(shell.job().settings());
    try {
      if (!form.hasProblems()) {
        jobs.change(project.id(), jobId, Integer.parseInt(form.value("revision")), settings);
        if (form.on("startNow")) {
          jobs.start(project.id(), jobId);
        }
        return to(slug, jobId, form.on("startNow") ? "" : "/settings");
      }
      JobRules.breaches(settings).forEach(form::blame);
      return refused(page(project, shell, form, null, List.of()), 400);
    } catch (NumberFormatException e) {
      String refusal = "Reload the form, then try again.";
      return refused(page(project, shell, form, refusal, List.of()), 400);
    } catch (ProblemException e) {
      return refused(refusal(slug, jobId, form, e), e.problem().status());
    }
  }

  /** The form with what was typed; where somebody else saved meanwhile, beside what they wrote. */
  private TemplateInstance refusal(String slug, UUID jobId, JobForm form, ProblemException e) {
    JobShell now = desk.shell(slug, jobId, "settings");
    String refusal = blame(form, e);
    List<JobForm.Difference> differences =
        e.problem() == LabelingProblem.JOB_CHANGED
            ? form.differences(JobForm.of(now.job().settings()))
            : List.of();
    return page(now.project(), now, form, refusal, differences);
  }

  /** Puts a problem beside its field; returns what has no field. */
  private static String blame(JobForm form, ProblemException problem) {
    Object fields = problem.members().get("fields");
    if (fields instanceof Map<?, ?> all) {
      all.forEach((field, sentence) -> form.blame(field.toString(), sentence.toString()));
      return null;
    }
    Object field = problem.members().get("field");
    if (field == null) {
      return problem.getMessage();
    }
    form.blame(field.toString(), problem.getMessage());
    return null;
  }

  /** Does something with the labels of a new job's form; nothing is saved. */
  @POST
  @Path("label-rows")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public TemplateInstance rows(
      @PathParam("slug") String slug,
      @HeaderParam("HX-Request") String part,
      MultivaluedMap<String, String> fields) {
    return rows(desk.manageable(slug), null, part != null, fields);
  }

  /** As above for a job that exists. */
  @POST
  @Path("{job}/label-rows")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public TemplateInstance rows(
      @PathParam("slug") String slug,
      @PathParam("job") UUID jobId,
      @HeaderParam("HX-Request") String part,
      MultivaluedMap<String, String> fields) {
    ProjectRef project = desk.manageable(slug);
    return rows(project, desk.shell(slug, jobId, "settings"), part != null, fields);
  }

  private TemplateInstance rows(
      ProjectRef project, JobShell shell, boolean part, MultivaluedMap<String, String> fields) {
    JobForm form = JobForm.typed(fields);
    LabelRows rows = form.labelRows().and(LabelRows.parse(form.value("labels")).list());
    form.put(
        LabelActs.apply(
            form.value("act"), rows, () -> knownLabels(project, form.value("dataset"))));
    return part
        ? Templates.labelRows(draft(project, shell, form, null, List.of()), form)
        : page(project, shell, form, null, List.of());
  }

  /** Items to choose examples from, as a part of the editor's page. */
  @GET
  @Path("example-items")
  public TemplateInstance examples(
      @PathParam("slug") String slug,
      @QueryParam("dataset") @DefaultValue("") String choice,
      @QueryParam("text") @DefaultValue("") String text,
      @QueryParam("after") @DefaultValue("-1") int after) {
    ProjectRef project = desk.manageable(slug);
    if (!choice.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/\\d{1,9}")) {
      throw ProblemException.invalid("dataset", "Choose a dataset first.");
    }
    UUID datasetId = UUID.fromString(choice.substring(0, 36));
    int version = Integer.parseInt(choice.substring(37));
    int count = datasets.version(project.id(), datasetId, version).itemCount();
    ExampleItems.Page page = exampleItems.page(datasetId, version, text.strip(), after);
    List<UUID> ids = page.items().stream().map(ExampleItems.Found::id).toList();
    List<ItemScreen> screens =
        datasets.items(project.id(), ids).stream().map(item -> ItemScreen.of(item, slug)).toList();
    Integer next = page.last() < count ? page.last() : null;
    String address = "/p/" + slug + "/jobs/example-items";
    return Templates.exampleItems(screens, text, next, address);
  }

  private static Response to(String slug, UUID jobId, String rest) {
    return Response.seeOther(URI.create("/p/" + slug + "/jobs/" + jobId + rest)).build();
  }

  private static Response refused(TemplateInstance page, int status) {
    return Response.status(status).entity(page).build();
  }
}

package org.atelier.labeling;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.atelier.dataset.DatasetView;
import org.atelier.dataset.Datasets;
import org.atelier.dataset.LabelCount;
import org.atelier.labeling.queue.JobItems;
import org.atelier.platform.Person;
import org.atelier.platform.ProblemException;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.Role;
import org.atelier.platform.Slice;
import org.atelier.platform.egress.ProxiedPictures;
import org.atelier.workforce.People;
import org.jboss.resteasy.reactive.RestForm;

/** The jobs of a project: list, form, overview and states. */
@Path("/p/{slug}/jobs")
@Blocking
@Produces(MediaType.TEXT_HTML)
class JobPages {

  private static final int PAGE = 50;
  private static final int MOST_KNOWN_LABELS = 100;

  @CheckedTemplate(basePath = "labeling")
  static class Templates {
    static native TemplateInstance jobs(
        ProjectRef project, List<Listed> jobs, String next, boolean manages);

    static native TemplateInstance jobForm(
        ProjectRef project,
        JobShell shell,
        Integer revision,
        boolean frozen,
        JobForm form,
        List<DatasetChoice> datasets,
        List<Person> people,
        List<EarlierModels.EarlierModel> earlier,
        String refusal);

    static native TemplateInstance jobOverview(JobShell shell, String instructions);

    static native TemplateInstance jobPeople(JobShell shell, List<WorkerLine> workers);

    static native TemplateInstance jobSection(JobShell shell, String html, boolean charts);
  }

  /** A dataset to choose, with its newest version. */
  record DatasetChoice(String value, String words) {
    static DatasetChoice of(DatasetView dataset) {
      return new DatasetChoice(
          dataset.id() + "/" + dataset.latestVersion(),
          "%s, version %d, %s items"
              .formatted(
                  dataset.name(), dataset.latestVersion(), Words.count(dataset.itemCount())));
    }
  }

  /** A job of the list. */
  record Listed(JobRow row) {
    public String stateWord() {
      return Words.state(row.state());
    }

    public String stateIcon() {
      return Words.icon(row.state());
    }

    public String stateTone() {
      return Words.tone(row.state());
    }

    public String items() {
      return Words.count(row.items());
    }

    public String human() {
      return Words.count(row.humanLabels());
    }

    public String machine() {
      return Words.count(row.machineLabels());
    }

    public String done() {
      return Words.percent((long) row.humanLabels() + row.machineLabels(), row.items());
    }
  }

  /** A person's line on the tab of people. */
  record WorkerLine(JobItems.Worker worker) {
    public String name() {
      return worker.name();
    }

    public String answers() {
      return Words.count(worker.answers());
    }

    public String time() {
      return Words.duration(worker.activeMillis());
    }

    public String perAnswer() {
      return worker.answers() == 0 ? "–" : Words.duration(worker.activeMillis() / worker.answers());
    }

    public String agreement() {
      if (worker.skill() == null || worker.skill().accuracy().isEmpty()) {
        return "not enough shared items";
      }
      return "%s (%s to %s)"
          .formatted(
              Words.percent(worker.skill().accuracy().getAsDouble()),
              Words.percent(worker.skill().lower()),
              Words.percent(worker.skill().upper()));
    }
  }

  private final JobDesk desk;
  private final Jobs jobs;
  private final JobItems items;
  private final Datasets datasets;
  private final People people;
  private final ProxiedPictures proxied;
  private final Instance<EarlierModels> earlierModels;

  JobPages(
      JobDesk desk,
      Jobs jobs,
      JobItems items,
      Datasets datasets,
      People people,
      ProxiedPictures proxied,
      Instance<EarlierModels> earlierModels) {
    this.desk = desk;
    this.jobs = jobs;
    this.items = items;
    this.datasets = datasets;
    this.people = people;
    this.proxied = proxied;
    this.earlierModels = earlierModels;
  }

  @GET
  public TemplateInstance list(@PathParam("slug") String slug, @QueryParam("after") String after) {
    ProjectRef project = desk.readable(slug);
    Slice<JobRow> page = jobs.jobs(project.id(), after, PAGE);
    return Templates.jobs(
        project,
        page.rows().stream().map(Listed::new).toList(),
        page.next(),
        desk.manages(project.id()));
  }

  @GET
  @Path("new")
  public TemplateInstance fresh(
      @PathParam("slug") String slug, @QueryParam("dataset") UUID datasetId) {
    ProjectRef project = desk.manageable(slug);
    List<DatasetView> all = datasets.datasets(project.id());
    DatasetView chosen =
        all.stream()
            .filter(dataset -> datasetId == null || dataset.id().equals(datasetId))
            .findFirst()
            .orElse(null);
    String value = chosen == null ? "" : chosen.id() + "/" + chosen.latestVersion();
    return form(project, null, JobForm.fresh(value, knownLabels(project, chosen)), null);
  }

  /** Labels that came with the data are a good first label set. */
  private String knownLabels(ProjectRef project, DatasetView dataset) {
    if (dataset == null || dataset.latestVersion() == 0) {
      return "";
    }
    List<LabelCount> known = datasets.labels(project.id(), dataset.id(), dataset.latestVersion());
    return known.size() > MOST_KNOWN_LABELS
        ? ""
        : known.stream().map(LabelCount::label).sorted().collect(Collectors.joining("\n"));
  }

  private TemplateInstance form(ProjectRef project, JobShell shell, JobForm form, String refusal) {
    JobView job = shell == null ? null : shell.job();
    return Templates.jobForm(
        project,
        shell,
        job == null ? null : job.revision(),
        job != null && job.state() != JobState.DRAFT,
        form,
        datasets.datasets(project.id()).stream().map(DatasetChoice::of).toList(),
        people.holders(project.id(), Role.LABELER),
        earlierModels.stream().flatMap(models -> models.of(project.id()).stream()).toList(),
        refusal);
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
      return refused(form(project, null, form, null), 400);
    } catch (ProblemException e) {
      return refused(form(project, null, form, blame(form, e)), e.problem().status());
    }
  }

  @GET
  @Path("{job}/settings")
  public TemplateInstance settings(@PathParam("slug") String slug, @PathParam("job") UUID jobId) {
    JobShell shell = desk.shell(slug, jobId, "settings");
    return form(shell.project(), shell, JobForm.of(shell.job().settings()), null);
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
        int revision = Integer.parseInt(form.value("revision"));
        jobs.change(project.id(), jobId, revision, settings);
        return to(slug, jobId, "/settings");
      }
      JobRules.breaches(settings).forEach(form::blame);
      return refused(form(project, shell, form, null), 400);
    } catch (NumberFormatException e) {
      return refused(form(project, shell, form, "Reload the form, then try again."), 400);
    } catch (ProblemException e) {
      return refused(form(project, shell, form, blame(form, e)), e.problem().status());
    }
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

  @GET
  @Path("{job}")
  public TemplateInstance overview(@PathParam("slug") String slug, @PathParam("job") UUID jobId) {
    JobShell shell = desk.shell(slug, jobId, "");
    return Templates.jobOverview(
        shell,
        Instructions.html(
            shell.job().settings().instructions(), url -> proxied.address(url).orElse("")));
  }

  @GET
  @Path("{job}/people")
  public TemplateInstance people(@PathParam("slug") String slug, @PathParam("job") UUID jobId) {
    JobShell shell = desk.shell(slug, jobId, "people");
    return Templates.jobPeople(shell, items.workers(jobId).stream().map(WorkerLine::new).toList());
  }

  /** A tab that another feature fills. */
  @GET
  @Path("{job}/{section:[a-z][a-z-]*}")
  public TemplateInstance section(
      @PathParam("slug") String slug,
      @PathParam("job") UUID jobId,
      @PathParam("section") String key) {
    JobShell shell = desk.shell(slug, jobId, key);
    JobSection section = desk.section(shell.job(), key);
    String html =
        section.html(
            new JobSection.SectionRequest(shell.job(), slug, desk.person(), shell.manages()));
    return Templates.jobSection(shell, html, html.contains("data-source="));
  }

  @POST
  @Path("{job}/state")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response move(
      @PathParam("slug") String slug,
      @PathParam("job") UUID jobId,
      @RestForm String act,
      @RestForm String reason) {
    UUID project = desk.manageable(slug).id();
    switch (String.valueOf(act)) {
      case "start" -> jobs.start(project, jobId);
      case "pause" -> jobs.pause(project, jobId, reason);
      case "resume" -> jobs.resume(project, jobId);
      case "complete" -> jobs.complete(project, jobId, reason);
      case "stop" -> jobs.stop(project, jobId, reason);
      default -> throw ProblemException.invalid("act", "There is no such act.");
    }
    return to(slug, jobId, "");
  }

  @POST
  @Path("{job}/copy")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response copy(@PathParam("slug") String slug, @PathParam("job") UUID jobId) {
    UUID project = desk.manageable(slug).id();
    String title = jobs.job(project, jobId).settings().title();
    String named = title.substring(0, Math.min(190, title.length())) + " (copy)";
    return to(slug, jobs.copy(project, jobId, named).id(), "/settings");
  }

  @POST
  @Path("{job}/version")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response takeVersion(
      @PathParam("slug") String slug, @PathParam("job") UUID jobId, @RestForm int version) {
    jobs.takeVersion(desk.manageable(slug).id(), jobId, version);
    return to(slug, jobId, "");
  }

  private static Response to(String slug, UUID jobId, String rest) {
    return Response.seeOther(URI.create("/p/" + slug + "/jobs/" + jobId + rest)).build();
  }

  private static Response refused(TemplateInstance page, int status) {
    return Response.status(status).entity(page).build();
  }
}

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
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.atelier.labeling.consolidation.MajorityVote;
import org.atelier.labeling.queue.JobItems;
import org.atelier.platform.ProblemException;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.Slice;
import org.atelier.platform.egress.ProxiedPictures;
import org.atelier.workforce.People;
import org.jboss.resteasy.reactive.RestForm;

/** The jobs of a project: list, form, overview and states. */
@Path("/p/{slug}/jobs")
@Blocking
@Produces(MediaType.TEXT_HTML)
class JobPages {

  private static final int PAGE = 200;

  @CheckedTemplate(basePath = "labeling")
  static class Templates {
    static native TemplateInstance jobs(
        ProjectRef project, List<Listed> jobs, String next, boolean manages);

    static native TemplateInstance jobOverview(
        JobShell shell, String dataset, JobFlow flow, String tieRule, String instructions);

    static native TemplateInstance jobPeople(JobShell shell, List<WorkerLine> workers);

    static native TemplateInstance jobHeadNow(JobShell shell, boolean moved);

    static native TemplateInstance jobSection(JobShell shell, String html, boolean charts);
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
  record WorkerLine(JobItems.Worker worker, boolean simulated) {
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
  private final JobFlowReader flows;
  private final DatasetVersions versions;
  private final People people;
  private final ProxiedPictures proxied;

  JobPages(
      JobDesk desk,
      Jobs jobs,
      JobItems items,
      JobFlowReader flows,
      DatasetVersions versions,
      People people,
      ProxiedPictures proxied) {
    this.desk = desk;
    this.jobs = jobs;
    this.items = items;
    this.flows = flows;
    this.versions = versions;
    this.people = people;
    this.proxied = proxied;
  }

  @GET
  public TemplateInstance list(@PathParam("slug") String slug, @QueryParam("after") String after) {
    ProjectRef project = desk.readable(slug);
    Slice<JobRow> page = jobs.jobs(project.id(), after, PAGE);
    return Templates.jobs(
        project,
        page.rows().stream().sorted(JobRow.BY_URGENCY).map(Listed::new).toList(),
        page.next(),
        desk.manages(project.id()));
  }

  @GET
  @Path("{job}")
  public TemplateInstance overview(@PathParam("slug") String slug, @PathParam("job") UUID jobId) {
    JobShell shell = desk.shell(slug, jobId, "");
    return Templates.jobOverview(
        shell,
        versions.name(shell.project().id(), shell.job().settings().datasetId()),
        flows.of(shell.job()),
        tieRule(shell.job().settings()),
        Instructions.html(
            shell.job().settings().instructions(), url -> proxied.address(url).orElse("")));
  }

  /** What becomes of answers that differ; null where an item has one answer. */
  private static String tieRule(JobSettings settings) {
    JobSettings.Answering answering = settings.answering();
    boolean several =
        answering.perItem() > 1
            || answering.most() > 1 && settings.learning().scope() != GuaranteeScope.MACHINE;
    if (!several) {
      return null;
    }
    return settings.taskType() == TaskType.MULTI
        ? MajorityVote.SEVERAL_RULE
        : MajorityVote.TIE_RULE;
  }

  @GET
  @Path("{job}/people")
  public TemplateInstance people(@PathParam("slug") String slug, @PathParam("job") UUID jobId) {
    JobShell shell = desk.shell(slug, jobId, "people");
    Set<UUID> simulated = people.simulated(shell.project().id());
    return Templates.jobPeople(
        shell,
        items.workers(jobId).stream()
            .map(one -> new WorkerLine(one, simulated.contains(one.personId())))
            .toList());
  }

  /**
   * State and sentence of an open page as they are now; with what can be done, when the state is
   * another than the page shows.
   *
   * @param was name of the state the page shows
   */
  @GET
  @Path("{job}/head")
  public TemplateInstance head(
      @PathParam("slug") String slug,
      @PathParam("job") UUID jobId,
      @QueryParam("was") String was,
      @QueryParam("overview") boolean overview) {
    JobShell shell = desk.shell(slug, jobId, overview ? "" : "another tab");
    return Templates.jobHeadNow(shell, !shell.job().state().name().equals(was));
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
      case "resume" -> jobs.resume(project, jobId, reason);
      case "complete" -> jobs.complete(project, jobId, reason);
      case "retry" -> jobs.retry(project, jobId, reason);
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
}

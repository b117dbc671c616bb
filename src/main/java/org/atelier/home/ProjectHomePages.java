package org.atelier.home;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.atelier.dataset.Datasets;
import org.atelier.dataset.ItemRow;
import org.atelier.home.demo.Demo;
import org.atelier.labeling.JobNumbers;
import org.atelier.labeling.JobNumbers.CurrentLabel;
import org.atelier.labeling.JobRow;
import org.atelier.labeling.Jobs;
import org.atelier.labeling.WaitingWork;
import org.atelier.platform.Access;
import org.atelier.platform.CurrentPerson;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.Role;

/** The start page of a project: what goes on, and the way in for those who begin. */
@Path("/p/{slug}")
@Blocking
@Produces(MediaType.TEXT_HTML)
class ProjectHomePages {

  private static final int SHOWN_JOBS = 3;

  /** Among so many of the newest jobs those that run are looked for. */
  private static final int LOOKED_AT = 200;

  private static final int SHOWN_ITEMS = 8;
  private static final int MOST_COUNTED = 10_000;
  private static final Set<Role> LABELING = Set.of(Role.LABELER, Role.REVIEWER);

  @CheckedTemplate(basePath = "home")
  static class Templates {
    static native TemplateInstance project(ProjectRef project, Desk desk);
  }

  /**
   * What the page shows.
   *
   * @param offersDemo whether the person can make the demo, which does not exist yet
   * @param isDemo whether this is the demo's project
   * @param manages whether the person can bring data and make jobs
   * @param labels whether the person labels here
   * @param jobs running ones first, then the newest; empty for people who only label
   * @param waiting running jobs with items for a person who only labels
   * @param machineLabeled the newest pictures with a machine label
   */
  record Desk(
      boolean offersDemo,
      boolean isDemo,
      boolean manages,
      boolean labels,
      List<Job> jobs,
      List<Wait> waiting,
      List<ItemRow> machineLabeled) {
    /** "3 jobs wait for you." */
    public String waits() {
      return waiting.size() == 1
          ? "A job waits for you."
          : String.format(Locale.ROOT, "%,d jobs wait for you.", waiting.size());
    }
  }

  /** A job that waits for the person. */
  record Wait(WaitingWork.Waiting job) {
    public String items() {
      if (job.open() > MOST_COUNTED) {
        return "more than 10,000 items wait";
      }
      return job.open() == 1
          ? "1 item waits"
          : String.format(Locale.ROOT, "%,d items wait", job.open());
    }
  }

  /** A job with its shares. */
  record Job(JobRow row) {
    public String human() {
      return count(row.humanLabels());
    }

    public String machine() {
      return count(row.machineLabels());
    }

    public int openItems() {
      return row.items() - row.humanLabels() - row.machineLabels();
    }

    public String open() {
      return count(openItems());
    }

    public String state() {
      return row.state().name().toLowerCase(Locale.ROOT);
    }

    private static String count(int number) {
      return String.format(Locale.ROOT, "%,d", number);
    }
  }

  private final Access access;
  private final CurrentPerson currentPerson;
  private final Demo demo;
  private final Jobs jobs;
  private final JobNumbers numbers;
  private final Datasets datasets;
  private final WaitingWork waitingWork;

  ProjectHomePages(
      Access access,
      CurrentPerson currentPerson,
      Demo demo,
      Jobs jobs,
      JobNumbers numbers,
      Datasets datasets,
      WaitingWork waitingWork) {
    this.access = access;
    this.currentPerson = currentPerson;
    this.demo = demo;
    this.jobs = jobs;
    this.numbers = numbers;
    this.datasets = datasets;
    this.waitingWork = waitingWork;
  }

  @GET
  public TemplateInstance project(@PathParam("slug") String slug) {
    ProjectRef project = access.project(slug);
    Set<Role> roles = access.roles(project.id());
    boolean reads = roles.stream().anyMatch(role -> role != Role.LABELER);
    List<JobRow> rows =
        reads
            ? jobs.jobs(project.id(), null, LOOKED_AT).rows().stream()
                .sorted(JobRow.BY_URGENCY)
                .limit(SHOWN_JOBS)
                .toList()
            : List.<JobRow>of();
    Demo.State state = demo.state();
    Desk desk =
        new Desk(
            state == null && currentPerson.require().administrator(),
            state != null && state.projectId().equals(project.id()),
            roles.contains(Role.MANAGER) || roles.contains(Role.ADMIN),
            roles.stream().anyMatch(LABELING::contains),
            rows.stream().map(Job::new).toList(),
            reads ? List.of() : waiting(project),
            newestMachineLabeled(project, rows));
    return Templates.project(project, desk);
  }

  private List<Wait> waiting(ProjectRef project) {
    return waitingWork.of(project.id(), currentPerson.require().id()).stream()
        .map(Wait::new)
        .toList();
  }

  private List<ItemRow> newestMachineLabeled(ProjectRef project, List<JobRow> rows) {
    for (JobRow row : rows) {
      if (row.machineLabels() > 0) {
        List<ItemRow> items =
            datasets
                .items(
                    project.id(),
                    numbers.newestMachineLabels(row.id(), SHOWN_ITEMS).stream()
                        .map(CurrentLabel::itemId)
                        .toList())
                .stream()
                .filter(item -> !item.views().isEmpty())
                .toList();
        if (!items.isEmpty()) {
          return items;
        }
      }
    }
    return List.of();
  }
}

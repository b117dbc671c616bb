package org.atelier.home.demo;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.atelier.dataset.BundledDatasets;
import org.atelier.dataset.BundledDatasets.Bundle;
import org.atelier.dataset.DatasetVersionMade;
import org.atelier.labeling.JobView;
import org.atelier.labeling.Jobs;
import org.atelier.platform.CommonProblem;
import org.atelier.platform.Person;
import org.atelier.platform.ProblemException;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.Role;
import org.atelier.platform.work.Work;
import org.atelier.platform.work.WorkRequest;
import org.atelier.workforce.People;
import org.atelier.workforce.RoleChanges;

/** Makes the demo, once per installation: project, datasets, and jobs when the data are there. */
@ApplicationScoped
public class Demo {

  static final String SLUG = "demo";

  private static final Set<Role> EVERYTHING =
      Set.of(Role.ADMIN, Role.MANAGER, Role.REVIEWER, Role.LABELER);

  private final DemoRepository repository;
  private final People people;
  private final RoleChanges roles;
  private final BundledDatasets bundles;
  private final Jobs jobs;
  private final Work work;

  Demo(
      DemoRepository repository,
      People people,
      RoleChanges roles,
      BundledDatasets bundles,
      Jobs jobs,
      Work work) {
    this.repository = repository;
    this.people = people;
    this.roles = roles;
    this.bundles = bundles;
    this.jobs = jobs;
    this.work = work;
  }

  /** How far the demo is; a job is null until its data are imported. */
  public record State(UUID projectId, UUID garmentsJob, UUID descriptionsJob) {

    /** Whether one can label. */
    public boolean ready() {
      return garmentsJob != null;
    }

    /** Whether nothing is being made any more. */
    public boolean complete() {
      return garmentsJob != null && descriptionsJob != null;
    }
  }

  /** The demo as it is, or null when there is none. */
  @Transactional
  public State state() {
    List<DemoRow> rows = repository.all();
    return rows.isEmpty()
        ? null
        : new State(
            rows.get(0).projectId(), job(rows, Bundle.GARMENTS), job(rows, Bundle.DESCRIPTIONS));
  }

  private static UUID job(List<DemoRow> rows, Bundle bundle) {
    for (DemoRow row : rows) {
      if (row.bundle() == bundle) {
        return row.jobId();
      }
    }
    return null;
  }

  /**
   * Begins the demo, or joins the one there is.
   *
   * @throws ProblemException forbidden for people who may not make projects, and for a request with
   *     a token where there is a demo: whoever joins gets roles in a project of others
   */
  @Transactional
  public void begin(Person person) {
    if (!person.administrator()) {
      throw new ProblemException(
          CommonProblem.FORBIDDEN, "Only administrators of the installation make the demo.");
    }
    repository.serialize();
    List<DemoRow> rows = repository.all();
    if (!rows.isEmpty()) {
      roles.requireSignedIn();
      people.setRoles(rows.get(0).projectId(), person.id(), EVERYTHING);
      return;
    }
    ProjectRef project = people.createProject(SLUG, "Demo", person.id());
    for (Bundle bundle : Bundle.values()) {
      repository.insert(bundles.bring(project.id(), bundle), project.id(), bundle);
    }
  }

  /** The first version of a dataset of the demo is there: its job can be made. */
  void onVersion(@Observes DatasetVersionMade made) {
    if (made.number() == 1 && repository.lock(made.datasetId()).isPresent()) {
      work.submit(
          new WorkRequest(
              made.projectId(),
              DemoJobs.KIND,
              made.datasetId(),
              "Set up a job of the demo",
              new DemoJobs.Payload(made.datasetId())));
    }
  }

  /** Makes and starts the job of a dataset; once only. */
  @Transactional
  void openJob(UUID datasetId) {
    DemoRow row = repository.lock(datasetId).orElse(null);
    if (row == null || row.jobId() != null) {
      return;
    }
    JobView job = jobs.create(row.projectId(), DemoSettings.of(row.bundle(), datasetId));
    jobs.start(row.projectId(), job.id());
    repository.setJob(datasetId, job.id());
  }
}

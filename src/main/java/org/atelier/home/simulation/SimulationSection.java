package org.atelier.home.simulation;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Singleton;
import java.util.List;
import org.atelier.dataset.Datasets;
import org.atelier.labeling.JobSection;
import org.atelier.labeling.JobState;
import org.atelier.labeling.JobView;
import org.atelier.platform.work.WorkService;
import org.atelier.platform.work.WorkState;
import org.atelier.platform.work.WorkView;

/** The tab of a job whose dataset has known labels: lets simulated labelers work on it. */
@Singleton
class SimulationSection implements JobSection {

  static final String KEY = "simulated";

  private static final int ORDER = 85;
  private static final int SHOWN = 50;

  @CheckedTemplate(basePath = "home")
  static class Templates {
    static native TemplateInstance simulated(Tab tab);
  }

  /**
   * What the tab shows.
   *
   * @param may whether the reader can let them start now
   * @param why why not, or null
   * @param running the run under way, or null
   */
  record Tab(String action, boolean may, String why, WorkView running, List<WorkView> earlier) {

    public String phase() {
      return running.phase().isEmpty() ? "Waiting to begin" : running.phase();
    }
  }

  private final Datasets datasets;
  private final WorkService works;

  SimulationSection(Datasets datasets, WorkService works) {
    this.datasets = datasets;
    this.works = works;
  }

  @Override
  public String key() {
    return KEY;
  }

  @Override
  public String title() {
    return "Simulated labelers";
  }

  @Override
  public int order() {
    return ORDER;
  }

  @Override
  public boolean appliesTo(JobView job) {
    return datasets
            .version(job.projectId(), job.settings().datasetId(), job.settings().datasetVersion())
            .labeled()
        > 0;
  }

  @Override
  public String html(SectionRequest request) {
    JobView job = request.job();
    List<WorkView> runs = runs(job);
    WorkView running =
        runs.stream().filter(run -> !run.state().finished()).findFirst().orElse(null);
    String why = why(request, running != null);
    List<WorkView> earlier = runs.stream().filter(run -> run.state().finished()).toList();
    String action = "/p/" + request.projectSlug() + "/simulated-labelers/" + job.id();
    return Templates.simulated(new Tab(action, why == null, why, running, earlier)).render();
  }

  /** The newest runs on a job, newest first. */
  List<WorkView> runs(JobView job) {
    return works.about(SimulatedLabelers.KIND, job.id(), SHOWN);
  }

  private static String why(SectionRequest request, boolean running) {
    if (!request.manages()) {
      return "Managers of the project can let simulated people answer.";
    }
    if (request.job().state() == JobState.DRAFT) {
      return "Start the job first.";
    }
    if (request.job().state().isFinished() || request.job().state() == JobState.COMPLETING) {
      return "The job is over.";
    }
    if (!request.job().settings().workers().isEmpty()) {
      return "Only chosen people may work on this job; simulated ones are not among them.";
    }
    return running ? "They are at work." : null;
  }

  /** Whether a run of the work is under way. */
  static boolean atWork(WorkView run) {
    return run.state() == WorkState.QUEUED || run.state() == WorkState.RUNNING;
  }
}

package org.atelier.labeling;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.atelier.labeling.queue.OwnWork;

/** What waits for one person in a project, for pages above the jobs. */
@Singleton
public class WaitingWork {

  private final OwnWork ownWork;

  WaitingWork(OwnWork ownWork) {
    this.ownWork = ownWork;
  }

  /**
   * A running job that has items for the person.
   *
   * @param open items the person could be given, at least one; above 10,000 no more is counted
   */
  public record Waiting(UUID jobId, String title, int open) {}

  /** Running jobs in which something waits for the person, newest first. */
  public List<Waiting> of(UUID projectId, UUID personId) {
    return ownWork.jobs(projectId, personId).stream()
        .filter(job -> job.state().equals(JobState.RUNNING.name()) && job.open() > 0)
        .map(job -> new Waiting(job.id(), job.title(), job.open()))
        .toList();
  }
}

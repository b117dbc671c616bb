package org.atelier.labeling;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.atelier.platform.Slice;

/**
 * Public service: labeling jobs. Every look-up is scoped by the project; permission is the caller's
 * matter. Changes are audited and join the caller's transaction.
 *
 * <p>Errors: {@code job-not-found}; {@code conflict} when the revision is not the current one;
 * {@code job-state} when the job's state does not allow it; {@code invalid-input} with the member
 * {@code field}.
 */
public interface Jobs {

  /** Creates a draft. */
  JobView create(UUID projectId, JobSettings settings);

  /** Creates a draft with the settings of another job of the project. */
  JobView copy(UUID projectId, UUID jobId, String title);

  /**
   * Changes a job. In a draft everything may change; once started, label set, dataset and task type
   * are frozen ({@code label-set-frozen}): make a new job version by {@link #copy}.
   *
   * @param revision the revision the change was made on
   */
  JobView change(UUID projectId, UUID jobId, int revision, JobSettings settings);

  JobView job(UUID projectId, UUID jobId);

  /** The job by id alone, for machine work that got the id from this feature. */
  JobView job(UUID jobId);

  /**
   * Jobs of a project, newest first.
   *
   * @param cursor {@link Slice#next()} of the part before, null for the first
   * @param limit 1 to 200
   */
  Slice<JobRow> jobs(UUID projectId, String cursor, int limit);

  /** What the labels of these jobs are, as far as they are the project's; in no order. */
  List<JobLabels> labels(UUID projectId, Collection<UUID> jobIds);

  /** Draft → running. Fires {@link JobEvents.JobStarted}. */
  JobView start(UUID projectId, UUID jobId);

  /** Running → paused. Fires {@link JobEvents.JobPaused}. */
  JobView pause(UUID projectId, UUID jobId, String reason);

  /** Paused → running. Fires {@link JobEvents.JobResumed}. */
  JobView resume(UUID projectId, UUID jobId, String reason);

  /** As {@link #resume(UUID, UUID, String)} without a reason. */
  default JobView resume(UUID projectId, UUID jobId) {
    return resume(projectId, jobId, null);
  }

  /**
   * Running or paused → completing; machine work then writes the labels as a dataset version and
   * goes on to completed, firing {@link JobEvents.JobCompleted}.
   */
  JobView complete(UUID projectId, UUID jobId, String reason);

  /** Draft, running, paused or failed → stopped. Fires {@link JobEvents.JobStopped}. */
  JobView stop(UUID projectId, UUID jobId, String reason);

  /**
   * Running, paused or completing → failed, because a step of the machine failed for good. Fires
   * {@link JobEvents.JobFailed}. A job in any other state stays as it is.
   *
   * @param workId the work that failed; trying again queues it again
   */
  JobView fail(UUID projectId, UUID jobId, UUID workId, String reason);

  /** Failed → running or completing, where it was; the failed work is queued again. */
  JobView retry(UUID projectId, UUID jobId, String reason);

  /**
   * The job a work begins to run for: when it failed because of this very work, it goes on, since
   * somebody tried the work again.
   */
  JobView takeUp(UUID jobId, UUID workId);

  /**
   * Asks people again about the items they declined, and for the answers that items lack for want
   * of people.
   *
   * @return items asked
   */
  int askAgain(UUID projectId, UUID jobId);

  /**
   * Lets a running or paused job take in the items of a newer version of its dataset.
   *
   * @throws org.atelier.platform.ProblemException invalid-input when the version is older
   */
  JobView takeVersion(UUID projectId, UUID jobId, int datasetVersion);

  /**
   * Makes a running job with learning ask people for every remaining item, in order.
   *
   * @param why shown on the job's page
   */
  JobView runByHand(UUID projectId, UUID jobId, String why);
}

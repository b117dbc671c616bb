package org.atelier.labeling;

import java.util.UUID;

/**
 * What happens to jobs. Fired as CDI events inside the transaction that makes them true and
 * published to the outbox under the same name in kebab-case.
 */
public final class JobEvents {

  private JobEvents() {}

  /** A draft began to run. */
  public record JobStarted(UUID projectId, UUID jobId) {}

  /** A running job was paused. */
  public record JobPaused(UUID projectId, UUID jobId, String reason) {}

  /** A paused job runs again. */
  public record JobResumed(UUID projectId, UUID jobId) {}

  /** A step of the machine failed for good; the job rests until it is tried again or stopped. */
  public record JobFailed(UUID projectId, UUID jobId, String reason) {}

  /** A job was ended before it was done. */
  public record JobStopped(UUID projectId, UUID jobId, JobState state, String reason) {}

  /**
   * A job is done.
   *
   * @param datasetVersion version of its dataset that has the labels
   */
  public record JobCompleted(UUID projectId, UUID jobId, int datasetVersion) {}

  /** A running job took in the items of a newer dataset version. */
  public record JobTookVersion(UUID projectId, UUID jobId, int datasetVersion) {}

  /**
   * Answers became human labels, or changed some.
   *
   * @param round round the items were asked in
   * @param count labels made or changed
   */
  public record LabelsConsolidated(UUID projectId, UUID jobId, int round, int count) {}
}

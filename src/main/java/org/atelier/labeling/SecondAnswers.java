package org.atelier.labeling;

import java.util.UUID;

/** Public service: how many items of a job several people answered, for whatever reason. */
public interface SecondAnswers {

  /**
   * Reads all answered tasks of a job.
   *
   * @return zeros for an unknown job
   */
  Found of(UUID jobId);

  /**
   * Items with standing answers of at least two people; decisions of somebody in charge are none.
   *
   * @param items how many there are
   * @param surplus of them those that have a second answer only because one came that was no longer
   *     needed
   * @param inView of the others those with fewer than two answers of people who saw nothing but the
   *     item
   */
  record Found(long items, long surplus, long inView) {}
}

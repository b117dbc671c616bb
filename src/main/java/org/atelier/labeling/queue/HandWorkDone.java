package org.atelier.labeling.queue;

import java.util.UUID;

/**
 * People have nothing more to do in a job that runs by hand, and no answer can be undone any more.
 * Fired as a CDI event inside the transaction that found it; may be fired again.
 *
 * @param ending why there is nothing to do
 * @param unlabeled items without a label
 * @param exhausted items labelled with fewer answers than asked for, because nobody else may answer
 */
public record HandWorkDone(
    UUID projectId, UUID jobId, Ending ending, long unlabeled, long exhausted) {

  /** Why people have nothing more to do. */
  public enum Ending {
    /** Every item has its label. */
    ALL_LABELED,
    /** The budget does not allow another item. */
    BUDGET_USED,
    /** What is left was declined by the people. */
    DECLINED
  }
}

package org.atelier.platform.work;

/** Where a work stands. QUEUED and RUNNING can be cancelled; FAILED and CANCELLED retried. */
public enum WorkState {
  QUEUED,
  RUNNING,
  DONE,
  FAILED,
  CANCELLED;

  /** Whether nothing happens any more unless somebody retries. */
  public boolean finished() {
    return this == DONE || this == FAILED || this == CANCELLED;
  }
}

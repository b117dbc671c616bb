package org.atelier.labeling.queue;

/** Where a task stands. */
enum TaskState {
  /** Needs answers. */
  OPEN,
  /** Has a human label. */
  SETTLED,
  /** Declined by as many people as answers were needed; nobody gets it any more. */
  DECLINED,
  /** Taken out of the queue before it was answered. */
  WITHDRAWN
}

package org.atelier.labeling.queue;

/** What became of a worker's hold on a task. */
enum LeaseState {
  ACTIVE,
  ANSWERED,
  EXPIRED,
  RELEASED,
  DECLINED
}

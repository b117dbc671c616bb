package org.atelier.learning.campaign;

/** Why a campaign ended. */
public enum StopReason {
  /** Every item has a label. */
  NOTHING_LEFT,
  /** The wanted share of items has a label. */
  COVERAGE,
  /** No further answer may be asked for. */
  BUDGET,
  /** The most rounds were used. */
  ROUNDS,
  /** Several rounds brought no progress. */
  NO_PROGRESS
}

package org.atelier.labeling;

/** How many labels an item may have. */
public enum TaskType {
  /** Exactly one. */
  SINGLE,
  /** Any number, also none. */
  MULTI
}

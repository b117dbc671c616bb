package org.atelier.labeling.queue;

/** Whom a label is from. */
enum LabelOrigin {
  HUMAN,
  MACHINE
}

package org.atelier.labeling;

/** What the target accuracy is promised for. */
public enum GuaranteeScope {
  /** The machine labels alone. */
  MACHINE,
  /** The finished dataset, human labels included. */
  DATASET
}

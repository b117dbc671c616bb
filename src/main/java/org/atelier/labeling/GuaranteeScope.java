package org.atelier.labeling;

/** What the target accuracy is promised for. */
public enum GuaranteeScope {
  /** The machine labels alone. */
  MACHINE,
  /** The finished dataset, human labels included. */
  DATASET;

  /**
   * Part of the items that one person more is asked about where the dataset is promised and items
   * get one answer.
   */
  public static final double SECOND_ANSWERS = 0.2;
}

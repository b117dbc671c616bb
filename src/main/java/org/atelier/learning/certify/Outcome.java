package org.atelier.learning.certify;

/** What the blind answers said about one audited machine label. */
public enum Outcome {
  /** Not answered yet. */
  OPEN,
  /** The consolidated blind answer equals the machine label. */
  RIGHT,
  /** The consolidated blind answer differs from the machine label. */
  WRONG,
  /**
   * Never to be answered (declined by everyone, deleted): counts as a wrong label in the evidence,
   * and as a right one where the errors removed from the candidates are credited, so that it can
   * only make the certificate harder to reach.
   */
  LOST,
  /**
   * Its label does not stand any more, because somebody in charge decided about it before it was
   * drawn: says nothing, and leaves the labels that remain. Only a monitor has such draws; what an
   * audit is about cannot be decided meanwhile.
   */
  VOID
}

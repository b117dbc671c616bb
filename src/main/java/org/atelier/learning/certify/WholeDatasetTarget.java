package org.atelier.learning.certify;

/**
 * What accuracy the machine labels need so that the finished dataset, human and machine labels
 * together, reaches a target; or why that cannot be claimed.
 */
public sealed interface WholeDatasetTarget {

  /**
   * The machine labels need this accuracy; use it as the target of their audit.
   *
   * @param accuracy in [0, 1]; it falls when later items go to people, so that a target taken when
   *     the audit is planned stays sufficient
   */
  record Required(double accuracy) implements WholeDatasetTarget {}

  /**
   * No claim is possible.
   *
   * @param reason why
   * @param target accuracy asked for
   * @param agreement share of repeated items people agreed on
   * @param agreementAtLeast lower bound of it
   * @param agreementAtMost upper bound of it
   * @param checked repeated items behind these numbers
   */
  record Refused(
      Reason reason,
      double target,
      double agreement,
      double agreementAtLeast,
      double agreementAtMost,
      long checked)
      implements WholeDatasetTarget {}

  /** Why no claim is possible. */
  enum Reason {
    /** Even the upper bound of what people agree on is below the target: lower the target. */
    TARGET_ABOVE_AGREEMENT,
    /** People may agree that often, but too few repeats show it: repeat more items. */
    TOO_FEW_REPEATS
  }

  /**
   * Derives the required machine accuracy.
   *
   * <p>With h human labels of error at most ε and m machine labels of accuracy a the dataset has at
   * least h (1 - ε) + m a right of h + m; asking τ (h + m) gives a = (τ (h + m) - h (1 - ε)) / m.
   * Since a claim needs 1 - ε >= τ, a is at most τ, and items that move from machine to people (by
   * audit) only lower it.
   *
   * @param target τ in [0, 1]
   * @param human bound on human error; its risk is part of δ (union bound)
   * @param humanLabels human labels in the finished dataset now, at least 0
   * @param machineLabels machine labels, those about to be accepted included, at least 0
   * @return Required, with accuracy 0 when there are no machine labels; Refused when the target is
   *     above what people are shown to agree on
   */
  static WholeDatasetTarget of(
      double target, HumanError human, long humanLabels, long machineLabels) {
    if (target < 0 || target > 1 || humanLabels < 0 || machineLabels < 0) {
      throw new IllegalArgumentException(
          "target " + target + ", labels " + humanLabels + " + " + machineLabels);
    }
    double atLeast = 1 - human.upper();
    double atMost = 1 - human.lower();
    if (target > atLeast) {
      Reason reason = target > atMost ? Reason.TARGET_ABOVE_AGREEMENT : Reason.TOO_FEW_REPEATS;
      return new Refused(reason, target, human.agreement(), atLeast, atMost, human.checked());
    }
    if (machineLabels == 0) {
      return new Required(0);
    }
    double all = (double) humanLabels + machineLabels;
    double needed = (target * all - humanLabels * atLeast) / machineLabels;
    return new Required(Math.max(0, Math.min(1, needed)));
  }
}

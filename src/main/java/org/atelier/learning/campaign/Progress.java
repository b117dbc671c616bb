package org.atelier.learning.campaign;

/**
 * The most that rounds have reached so far, by measures that need no truth but people's answers.
 *
 * @param certified machine labels accepted
 * @param safe most open items whose estimated accuracy together is at least the target
 * @param accuracy highest estimated accuracy over all open items, in [0, 1]
 * @param round round that last reached more
 */
public record Progress(int certified, int safe, double accuracy, int round) {

  /** Growth of the accuracy that is more than the noise of its estimate. */
  static final double LEAST = 0.005;

  /**
   * The most after another round.
   *
   * <p>A round makes progress when labels were accepted since, when more items look safe than ever,
   * or when the accuracy exceeds the highest by {@link #LEAST}. After an audit the estimates are
   * corrected by what it found: the most is measured anew then, which is no progress by itself.
   *
   * @param before null before the first round
   * @param corrected whether an audit ended since the round before
   */
  static Progress after(Progress before, boolean corrected, Progress now) {
    if (before == null || now.certified > before.certified) {
      return now;
    }
    if (corrected) {
      return new Progress(now.certified, now.safe, now.accuracy, before.round);
    }
    boolean grown = now.safe > before.safe || now.accuracy >= before.accuracy + LEAST;
    return grown
        ? new Progress(
            before.certified,
            Math.max(before.safe, now.safe),
            Math.max(before.accuracy, now.accuracy),
            now.round)
        : before;
  }
}

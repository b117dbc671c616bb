package org.atelier.learning.rehearsal;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the form offers to simulate on.
 *
 * @param choices datasets in their order, of each the newest versions first
 * @param chosen the one that is chosen, as the form sends it; null where a person has to choose
 * @param missing whether something was asked for that is not offered
 */
record RehearsalOffer(List<RehearsalChoice> choices, String chosen, boolean missing) {

  /**
   * Chooses what was asked for, and never another dataset in its place; where nothing was asked
   * for, the largest version that can be simulated; of several the one with the fewest labels of
   * jobs, because those that came with the data are nearer to the truth, and of those the newest.
   *
   * @param asked dataset, or dataset and version as the form sends them; empty for neither
   */
  static RehearsalOffer of(List<RehearsalChoice> choices, String asked) {
    boolean free = asked == null || asked.isBlank();
    Optional<RehearsalChoice> chosen =
        free
            ? choices.stream()
                .filter(RehearsalChoice::enough)
                .min(
                    Comparator.comparingInt((RehearsalChoice one) -> -one.items())
                        .thenComparingInt(RehearsalChoice::ofJobs))
            : choices.stream()
                .filter(RehearsalChoice::enough)
                .filter(one -> isAsked(one, asked))
                .max(Comparator.comparingInt(RehearsalChoice::version));
    return new RehearsalOffer(
        choices, chosen.map(RehearsalChoice::value).orElse(null), !free && chosen.isEmpty());
  }

  private static boolean isAsked(RehearsalChoice choice, String asked) {
    return choice.value().equals(asked) || choice.id().toString().equals(asked);
  }

  /** Whether this one is chosen. */
  public boolean chose(RehearsalChoice choice) {
    return choice.value().equals(chosen);
  }
}

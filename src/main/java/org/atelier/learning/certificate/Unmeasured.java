package org.atelier.learning.certificate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.atelier.labeling.SecondAnswers;

/** Why a certificate says nothing on how far people agree. Pure. */
public final class Unmeasured {

  /** What holds wherever no pair was compared. */
  public static final String NONE_DRAWN =
      "Not measured: no item that was drawn at random for a second answer has two answers of people"
          + " who saw nothing but the item.";

  private Unmeasured() {}

  /**
   * @param drawn labels drawn at random for a second answer, none of which has one that counts
   * @param twice what two people answered all the same
   */
  static String why(long drawn, SecondAnswers.Found twice) {
    String none =
        drawn == 0
            ? "Not measured: no item was drawn at random for a second answer."
            : "Too few: of %s drawn at random for a second answer, none has one that was given blind."
                .formatted(items(drawn));
    return twice.items() == 0 ? none : none + " " + uncounted(twice);
  }

  private static String uncounted(SecondAnswers.Found twice) {
    String all =
        "Two people answered %s all the same, which does not count here: "
            .formatted(items(twice.items()));
    long rest = twice.items() - twice.surplus() - twice.inView();
    List<String> kinds = new ArrayList<>();
    add(kinds, twice, twice.surplus(), "the second answer came when it was no longer needed");
    add(kinds, twice, twice.inView(), "an answer was given with the model's opinion in view");
    add(kinds, twice, rest, "the second answer was not asked for at random");
    return all + String.join("; ", kinds) + ". What the People tab shows of people may rest on it.";
  }

  private static void add(List<String> kinds, SecondAnswers.Found twice, long some, String why) {
    if (some > 0) {
      kinds.add(some == twice.items() ? why : "for %s %s".formatted(items(some), why));
    }
  }

  private static String items(long number) {
    return number == 1 ? "1 item" : String.format(Locale.ROOT, "%,d items", number);
  }
}

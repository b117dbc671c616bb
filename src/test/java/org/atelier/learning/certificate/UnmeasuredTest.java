package org.atelier.learning.certificate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.atelier.labeling.SecondAnswers;
import org.junit.jupiter.api.Test;

class UnmeasuredTest {

  private static final String NONE =
      "Not measured: no item was drawn at random for a second answer.";

  @Test
  void whereNobodyAnsweredTwiceNothingMoreIsSaid() {
    assertEquals(NONE, Unmeasured.why(0, new SecondAnswers.Found(0, 0, 0)));
  }

  @Test
  void anItemWithASurplusAnswerIsNamedWithWhyItDoesNotCount() {
    assertEquals(
        NONE
            + " Two people answered 1 item all the same, which does not count here: the second"
            + " answer came when it was no longer needed. What the People tab shows of people may"
            + " rest on it.",
        Unmeasured.why(0, new SecondAnswers.Found(1, 1, 0)));
  }

  @Test
  void everyKindOfUncountedItemIsNamedWithItsNumber() {
    assertEquals(
        "Too few: of 2 items drawn at random for a second answer, none has one that was given"
            + " blind. Two people answered 1,006 items all the same, which does not count here: for"
            + " 1 item the second answer came when it was no longer needed; for 5 items an answer"
            + " was given with the model's opinion in view; for 1,000 items the second answer was"
            + " not asked for at random. What the People tab shows of people may rest on it.",
        Unmeasured.why(2, new SecondAnswers.Found(1_006, 1, 5)));
  }
}

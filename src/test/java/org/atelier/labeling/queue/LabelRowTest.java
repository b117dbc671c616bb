package org.atelier.labeling.queue;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.UUID;
import org.atelier.labeling.TaskReason;
import org.junit.jupiter.api.Test;

class LabelRowTest {

  private final LabelRow label = label(0.90, 2, new int[] {1}, new double[] {0.90, 0.10});

  @Test
  void aLabelThatIsALittleSurerIsTheSameLabel() {
    LabelRow surer = label(0.94, 2, new int[] {1}, new double[] {0.94, 0.06});
    assertFalse(label.says(surer));
    assertTrue(label.saysAbout(surer));
    assertFalse(label.saysAbout(label(0.95, 2, new int[] {1}, new double[] {0.90, 0.10})));
    assertFalse(label.saysAbout(label(0.90, 2, new int[] {1}, new double[] {0.90, 0.15})));
  }

  @Test
  void anotherClassAnotherNumberOfAnswersAndOtherMentionsAreAnotherLabel() {
    assertFalse(label.saysAbout(label(0.90, 2, new int[] {2}, new double[] {0.90, 0.10})));
    assertFalse(label.saysAbout(label(0.90, 3, new int[] {1}, new double[] {0.90, 0.10})));
    assertFalse(label.saysAbout(label(0.90, 2, new int[] {1}, null)));
  }

  private static LabelRow label(
      double confidence, int answers, int[] classes, double[] mentionedConfidences) {
    return new LabelRow(
        new UUID(0, 1),
        new UUID(0, 2),
        0,
        classes,
        new int[] {1, 2},
        mentionedConfidences,
        LabelOrigin.HUMAN,
        confidence,
        answers,
        TaskReason.AUDIT,
        1,
        null,
        Instant.EPOCH);
  }
}

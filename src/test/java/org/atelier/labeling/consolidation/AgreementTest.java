package org.atelier.labeling.consolidation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AgreementTest {

  /** Krippendorff 2011, example C: four observers, twelve units, nine answers missing. */
  @Test
  void alphaIsThatOfKrippendorffsExampleWithMissingAnswers() {
    Agreement agreement =
        Agreement.of(
            byItem(
                "1 2 3 3 2 1 4 1 2 . . .",
                "1 2 3 3 2 2 4 1 2 5 . 3",
                ". 3 3 3 2 3 4 2 2 5 1 .",
                "1 2 3 3 2 4 4 1 2 5 1 ."),
            1);
    assertEquals(0.743, agreement.alpha(), 0.0005);
    assertEquals(11, agreement.items());
    assertEquals(40, agreement.answers());
    // units 1, 3, 4, 5, 7, 9, 10 and 11; the last has one answer only
    assertEquals(8, agreement.alike());
    // expected pairs that are alike: (9·8 + 13·12 + 10·9 + 5·4 + 3·2) / (40·39)
    assertEquals(344 / 1560.0, agreement.byChance(), 1e-12);
  }

  /** Krippendorff 2011, example B: two observers, nominal data, none missing. */
  @Test
  void alphaIsThatOfKrippendorffsExampleOfTwoObservers() {
    Agreement agreement =
        Agreement.of(byItem("a a b b d c c c e d d a", "b a b b b c c c e d d d"), 1);
    assertEquals(0.692, agreement.alpha(), 0.0005);
    assertEquals(9, agreement.alike());
  }

  /** Krippendorff 2011, example A: two observers, two values. */
  @Test
  void alphaIsThatOfKrippendorffsExampleOfTwoValues() {
    Agreement agreement = Agreement.of(byItem("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0"), 1);
    assertEquals(0.095, agreement.alpha(), 0.0005);
  }

  @Test
  void whatCannotBeToldIsLeftOutAndNeverNotANumber() {
    Agreement none = Agreement.of(List.of(List.of("a"), List.of()), 1);
    assertEquals(new Agreement(0, 0, 0, 0, 1, null, null, null, null), none);
    assertEquals(1, none.alikeShare());
    Agreement oneValue = Agreement.of(Collections.nCopies(50, List.of("a", "a")), 1);
    assertEquals(50, oneValue.alike());
    assertNull(oneValue.alpha());
    assertNull(oneValue.alphaFrom());
    assertTrue(oneValue.alikeFrom() > 0.9 && oneValue.alikeTo() == 1);
    Agreement onePair = Agreement.of(List.of(List.of("a", "b")), 1);
    assertEquals(0.0, onePair.alpha());
    assertNull(onePair.alphaFrom());
    assertEquals(0, onePair.alikeFrom());
  }

  @Test
  void fullAgreementOnSeveralValuesIsOneWithoutAnIntervalThatClaimsToKnow() {
    List<List<String>> items = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      items.add(Collections.nCopies(3, "v" + i % 4));
    }
    Agreement agreement = Agreement.of(items, 1);
    assertEquals(1.0, agreement.alpha());
    assertNull(agreement.alphaFrom());
  }

  @Test
  void peopleWhoDoNotLookAgreeByChanceAlone() {
    Agreement agreement = Agreement.of(guesses(4_000, new SplittableRandom(4)), 1);
    assertEquals(0, agreement.alpha(), 0.03);
    assertTrue(agreement.alphaFrom() < 0 && agreement.alphaTo() > 0);
    assertEquals(0.9 * 0.9 + 0.1 * 0.1, agreement.byChance(), 0.02);
    assertTrue(agreement.alikeShare() > 0.7, "a frequent label alone makes people agree");
  }

  @Test
  void neitherTheOrderOfItemsAndAnswersNorTheNamesOfValuesMatter() {
    SplittableRandom random = new SplittableRandom(5);
    for (int trial = 0; trial < 20; trial++) {
      List<List<String>> items = some(random, 1 + random.nextInt(60));
      List<List<String>> mixed = new ArrayList<>();
      for (List<String> answers : items) {
        List<String> other = new ArrayList<>(answers.stream().map(one -> "x" + one).toList());
        Collections.shuffle(other, new Random(trial));
        mixed.add(other);
      }
      Collections.shuffle(mixed, new Random(trial));
      Agreement one = Agreement.of(items, 1);
      Agreement other = Agreement.of(mixed, 1);
      assertEquals(one.alike(), other.alike());
      assertEquals(one.answers(), other.answers());
      if (one.alpha() == null) {
        assertNull(other.alpha());
      } else {
        assertEquals(one.alpha(), other.alpha(), 1e-12);
      }
    }
  }

  @Test
  void theIntervalHoldsAlphaAndIsTheSameForTheSameSeed() {
    SplittableRandom random = new SplittableRandom(6);
    for (int trial = 0; trial < 20; trial++) {
      List<List<String>> items = some(random, 20 + random.nextInt(200));
      Agreement agreement = Agreement.of(items, trial);
      assertEquals(agreement, Agreement.of(items, trial));
      assertNotNull(agreement.alphaFrom());
      assertTrue(agreement.alphaFrom() <= agreement.alpha());
      assertTrue(agreement.alpha() <= agreement.alphaTo());
      assertTrue(agreement.alikeFrom() <= agreement.alikeShare());
      assertTrue(agreement.alikeShare() <= agreement.alikeTo());
    }
  }

  /** Two people who look at seven items in ten: alpha is 0.7² = 0.49 in the long run. */
  @Test
  void nineteenOfTwentyIntervalsHoldTheTruth() {
    SplittableRandom random = new SplittableRandom(7);
    int held = 0;
    for (int trial = 0; trial < 200; trial++) {
      List<List<String>> items = new ArrayList<>();
      for (int i = 0; i < 150; i++) {
        String truth = value(random);
        items.add(List.of(looking(truth, random), looking(truth, random)));
      }
      Agreement agreement = Agreement.of(items, trial);
      held += agreement.alphaFrom() <= 0.49 && agreement.alphaTo() >= 0.49 ? 1 : 0;
    }
    assertTrue(held >= 180, held + " of 200");
  }

  private static String looking(String truth, SplittableRandom random) {
    return random.nextDouble() < 0.7 ? truth : value(random);
  }

  private static String value(SplittableRandom random) {
    return "v" + random.nextInt(4);
  }

  private static List<List<String>> guesses(int items, SplittableRandom random) {
    List<List<String>> all = new ArrayList<>();
    for (int i = 0; i < items; i++) {
      List<String> answers = new ArrayList<>();
      for (int a = 0; a < 2; a++) {
        answers.add(random.nextInt(10) == 0 ? "rare" : "frequent");
      }
      all.add(answers);
    }
    return all;
  }

  private static List<List<String>> some(SplittableRandom random, int items) {
    List<List<String>> all = new ArrayList<>();
    for (int i = 0; i < items; i++) {
      String truth = value(random);
      List<String> answers = new ArrayList<>();
      for (int a = 0; a < 1 + random.nextInt(5); a++) {
        answers.add(looking(truth, random));
      }
      all.add(answers);
    }
    return all;
  }

  private static List<List<String>> byItem(String... observers) {
    List<List<String>> items = new ArrayList<>();
    int count = observers[0].split(" ").length;
    for (int i = 0; i < count; i++) {
      int at = i;
      items.add(
          Arrays.stream(observers)
              .map(observer -> observer.split(" ")[at])
              .filter(answer -> !answer.equals("."))
              .toList());
    }
    return items;
  }
}

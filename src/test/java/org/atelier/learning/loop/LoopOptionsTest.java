package org.atelier.learning.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LoopOptionsTest {

  @Test
  void anUnknownStrategyIsRefusedWithTheNamesThereAre() {
    String sentence = LoopOptions.breaches(Map.of("strategy", "nonsense")).get("options.strategy");
    assertTrue(sentence.contains("“nonsense”"), sentence);
    assertTrue(sentence.contains("margin"), sentence);
  }

  @Test
  void sensibleOptionsPass() {
    assertEquals(Map.of(), LoopOptions.breaches(Map.of("coverage", 0.9, "patience", 3)));
    assertEquals(Map.of(), LoopOptions.breaches(Map.of("coverage", 1)));
    assertEquals(Map.of(), LoopOptions.breaches(Map.of()));
  }

  @Test
  void numbersOutsideTheirRangeAndWordsInPlaceOfNumbersAreRefused() {
    assertEquals(
        Set.of("options.coverage", "options.patience"),
        LoopOptions.breaches(Map.of("coverage", 90, "patience", "three")).keySet());
    assertEquals(
        Set.of("options.patience"), LoopOptions.breaches(Map.of("patience", 1.5)).keySet());
  }

  @Test
  void aMisspeltOptionIsRefusedWithTheNamesThereAre() {
    assertEquals(
        Map.of(
            "options.featurs",
            "There is no option “featurs”. There are: features, strategy, coverage, patience,"
                + " startFrom."),
        LoopOptions.breaches(Map.of("featurs", "embeddings", "startFrom", "any")));
  }
}

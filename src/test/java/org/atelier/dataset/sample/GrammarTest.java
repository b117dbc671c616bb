package org.atelier.dataset.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GrammarTest {
  @Test
  void fixedWordsStandForThemselves() {
    Grammar grammar = Grammar.read("descriptions.grammar");
    String said =
        grammar.say("title.mixed", Map.of("item", "coat", "colour", "navy"), new Random(2));
    assertTrue(grammar.alternatives("title.mixed").size() > 5);
    assertEquals(
        said, grammar.say("title.mixed", Map.of("item", "coat", "colour", "navy"), new Random(2)));
  }

  @Test
  void anUnknownNameIsRefused() {
    Grammar grammar = Grammar.read("descriptions.grammar");
    assertThrows(
        IllegalArgumentException.class, () -> grammar.say("nobody", Map.of(), new Random(1)));
    assertThrows(IllegalArgumentException.class, () -> Grammar.read("missing.grammar"));
  }
}

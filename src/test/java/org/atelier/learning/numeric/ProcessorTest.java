package org.atelier.learning.numeric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProcessorTest {
  private static final String OLD = "processor\t: 0\nflags\t\t: fpu sse2 avx\nbugs\t\t: none\n";
  private static final String NEW = "processor\t: 0\nflags\t\t: fpu sse2 avx avx2\n";

  @Test
  void anOldProcessorIsToldWithTheWayOut() {
    String why = Processor.lacking(Set.of("avx2"), OLD).orElseThrow();
    assertTrue(why.contains("lacks avx2"), why);
    assertTrue(why.contains("-Dnd4j.classifier=linux-x86_64"), why);
  }

  @Test
  void oneBuildThatCanRunIsEnough() {
    assertEquals(Optional.empty(), Processor.lacking(Set.of("avx2", "avx512"), NEW));
    assertTrue(Processor.lacking(Set.of("avx512"), NEW).isPresent());
  }

  @Test
  void aDescriptionWithoutFlagsSaysNothing() {
    assertEquals(Optional.empty(), Processor.lacking(Set.of("avx2"), "processor : 0\n"));
  }
}

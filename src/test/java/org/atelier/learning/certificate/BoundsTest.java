package org.atelier.learning.certificate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class BoundsTest {

  @Test
  void aLowerBoundIsNeverShownHigherThanItIs() {
    assertEquals(0.962, Bounds.down(0.9629), 1e-12);
    assertEquals(0.962, Bounds.down(0.962), 1e-12);
    assertEquals(0.95, Bounds.down(0.95), 1e-12);
    assertEquals(0.95, Bounds.down(0.95 - 1e-10), 1e-12, "rounding of a sum");
    assertEquals(0, Bounds.down(0.0009), 1e-12);
    assertEquals(1, Bounds.down(1), 1e-12);
  }
}

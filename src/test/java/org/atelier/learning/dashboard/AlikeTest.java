package org.atelier.learning.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class AlikeTest {

  private static final double[][] COSINES = {
    {1.00, 0.20, 0.95, 0.92},
    {0.20, 1.00, 0.10, 0.30},
    {0.95, 0.10, 1.00, 0.50},
    {0.92, 0.30, 0.50, 1.00}
  };

  @Test
  void anItemJoinsThoseItIsNearToAllOf() {
    // 3 is near to 0, but not to 2, which stands with 0 already
    assertEquals(
        List.of(List.of(0, 2), List.of(1), List.of(3)),
        Alike.groups(COSINES, List.of("coat", "coat", "coat", "coat")));
  }

  @Test
  void itemsTheMachineSeesDifferentlyAreNeverOneGroup() {
    assertEquals(
        List.of(List.of(0, 3), List.of(1), List.of(2)),
        Alike.groups(COSINES, List.of("coat", "coat", "shirt", "coat")));
  }

  @Test
  void withoutFeaturesEveryItemStandsAlone() {
    assertEquals(List.of(List.of(0), List.of(1)), Alike.alone(2));
    assertEquals(List.of(), Alike.groups(new double[0][0], List.of()));
  }
}

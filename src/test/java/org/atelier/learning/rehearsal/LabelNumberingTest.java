package org.atelier.learning.rehearsal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class LabelNumberingTest {

  @Test
  void namesAreNumberedInTheirOrderHoweverTheyCome() {
    LabelNumbering numbering = new LabelNumbering();
    int[][] rows = {
      numbering.numbers(List.of("shoe")),
      null,
      numbering.numbers(List.of("shoe", "bag")),
      numbering.numbers(List.of())
    };
    assertTrue(numbering.fits());
    assertEquals(List.of("bag", "shoe"), numbering.sort(rows));
    assertArrayEquals(new int[] {1}, rows[0]);
    assertNull(rows[1]);
    assertArrayEquals(new int[] {0, 1}, rows[2]);
    assertArrayEquals(new int[0], rows[3]);
  }

  @Test
  void afterAThousandDifferentOnesNoFurtherNameIsKept() {
    LabelNumbering numbering = new LabelNumbering();
    for (int i = 0; i < 5_000; i++) {
      numbering.numbers(List.of("label " + i));
      assertEquals(i < LabelNumbering.MOST, i == 0 || numbering.fits(), "after label " + i);
    }
    assertEquals(LabelNumbering.MOST, numbering.size());
    assertEquals("more than 1,000", numbering.howMany());
  }

  @Test
  void oneNameIsTooFew() {
    LabelNumbering numbering = new LabelNumbering();
    numbering.numbers(List.of("bag"));
    assertFalse(numbering.fits());
    assertEquals("1", numbering.howMany());
  }
}

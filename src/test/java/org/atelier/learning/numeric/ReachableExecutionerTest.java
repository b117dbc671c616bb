package org.atelier.learning.numeric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class ReachableExecutionerTest {
  @Test
  void theLibraryRunsItsOperationsThroughIt() {
    Matrix one = Matrix.of(new float[] {1, 2, 3, 4}, 2, 2);
    Matrix two = Matrix.of(new float[] {0, 1, 1, 0}, 2, 2);
    Matrix product = one.times(two);
    assertArrayEquals(new float[] {2, 1, 4, 3}, product.get());
    assertEquals(ReachableExecutioner.class.getName(), Nd4j.getExecutioner().getClass().getName());
    one.close();
    two.close();
    product.close();
  }
}

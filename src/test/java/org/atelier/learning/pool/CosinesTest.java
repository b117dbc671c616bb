package org.atelier.learning.pool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.atelier.learning.feature.SparseMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CosinesTest {

  @Test
  void ofDenseRows(@TempDir Path folder) throws Exception {
    ByteBuffer bytes = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : new float[] {3, 4, 0, 0, 4, 3}) {
      bytes.putFloat(value);
    }
    Path file = Files.write(folder.resolve("values"), bytes.array());
    double[][] cosines =
        Cosines.ofDense(
            new StoredFeatures(List.of(MappedFile.open(file, 8)), 3, 2, 2), new int[] {0, 2, 1});
    // (3, 4) and (4, 3): 24 of 25; (0, 0) is like nothing
    assertArrayEquals(new double[] {1, 0.96, 0}, cosines[0], 1e-12);
    assertArrayEquals(new double[] {0, 0, 0}, cosines[2], 1e-12);
  }

  @Test
  void ofSparseRows() {
    SparseMatrix rows =
        new SparseMatrix(
            9, new int[] {0, 2, 4, 5}, new int[] {1, 7, 7, 2, 2}, new float[] {3, 4, 4, 3, 5});
    double[][] cosines = Cosines.ofSparse(rows, new int[] {0, 1, 2});
    // they share column 7: 16 of 25; and column 2: 15 of 25
    assertArrayEquals(new double[] {1, 0.64, 0}, cosines[0], 1e-12);
    assertArrayEquals(new double[] {0.64, 1, 0.6}, cosines[1], 1e-12);
  }
}

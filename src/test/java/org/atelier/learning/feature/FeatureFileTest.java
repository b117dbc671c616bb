package org.atelier.learning.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureFileTest {
  @TempDir Path folder;

  private Path write(String key) throws IOException {
    Path file = folder.resolve("features.bin");
    try (FeatureFile.Writer writer = new FeatureFile.Writer(file, key, 3)) {
      writer.accept(new float[] {1, 2, 3, 4, 99, 99}, 2, 2);
      writer.accept(new float[] {5, 6}, 1, 2);
      assertNotNull(writer.finish(1));
    }
    return file;
  }

  @Test
  void rowsComeBackAsWritten() throws IOException {
    FeatureFile features = FeatureFile.open(write("a"), "a");
    assertEquals(3, features.rows());
    assertEquals(2, features.columns());
    assertEquals(1, features.antisymmetricFrom());
    float[] row = new float[4];
    features.read(2, row, 1);
    assertArrayEquals(new float[] {0, 5, 6, 0}, row);
  }

  @Test
  void anotherKeyMeansComputeAgain() throws IOException {
    assertNull(FeatureFile.open(write("a"), "b"));
    assertNull(FeatureFile.open(folder.resolve("absent"), "a"));
  }

  @Test
  void aTruncatedFileMeansComputeAgain() throws IOException {
    Path file = write("a");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 1));
    assertNull(FeatureFile.open(file, "a"));
  }

  @Test
  void anInterruptedWriteLeavesNoFile() throws IOException {
    Path file = folder.resolve("features.bin");
    try (FeatureFile.Writer writer = new FeatureFile.Writer(file, "a", 3)) {
      writer.accept(new float[] {1, 2}, 1, 2);
      assertThrows(IllegalStateException.class, () -> writer.finish(2));
    }
    assertFalse(Files.exists(file));
  }

  @Test
  void rowsOutsideAreRefused() throws IOException {
    FeatureFile features = FeatureFile.open(write("a"), "a");
    assertThrows(IndexOutOfBoundsException.class, () -> features.read(3, new float[2], 0));
    assertThrows(IndexOutOfBoundsException.class, () -> features.read(0, new float[1], 0));
  }
}

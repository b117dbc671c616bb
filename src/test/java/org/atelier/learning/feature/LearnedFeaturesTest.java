package org.atelier.learning.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearnedFeaturesTest {

  private static final int SIDE = 10;

  @TempDir Path folder;

  @Test
  void picturesThatComeLaterGetTheFeaturesTheyWouldHaveHad() throws IOException {
    byte[][] all = pictures(60);
    PatchFeaturizer featurizer =
        new PatchFeaturizer(new PatchFeaturizer.Settings(3, 8, 2, 0.25f, 6, 60, 0.5));
    List<float[]> whole = new ArrayList<>();
    PatchFeaturizer.Shape shape = featurizer.run(pool(all), 5, into(whole), done -> {});
    Path file = folder.resolve("learned");
    featurizer.learn(pool(all), 5).write(file);

    LearnedPatches read = LearnedPatches.read(file);
    assertEquals(shape, read.shape());
    List<float[]> later = new ArrayList<>();
    byte[][] last = Arrays.copyOfRange(all, 57, 60);
    read.encode(pool(last), into(later), done -> {});
    assertEquals(3, later.size());
    for (int i = 0; i < 3; i++) {
      assertArrayEquals(whole.get(57 + i), later.get(i), 1e-4f);
    }
  }

  @Test
  void picturesOfAnotherSizeAreRefused() throws IOException {
    LearnedPatches learned =
        new PatchFeaturizer(new PatchFeaturizer.Settings(3, 8, 2, 0.25f, 6, 60, 0.5))
            .learn(pool(pictures(20)), 5);
    BytePool wider = new BytePool(new byte[2 * SIDE * SIDE], 1, 2 * SIDE, SIDE, 1);
    assertThrows(
        IllegalArgumentException.class,
        () -> learned.encode(wider, (values, count, columns) -> {}, done -> {}));
  }

  @Test
  void textsThatComeLaterAreWeighedByTheTermsThereWere() throws IOException {
    TextFeaturizer featurizer = new TextFeaturizer(1, 1, 0, 1);
    List<String> texts = List.of("red coat", "red hat", "blue coat");
    SparseMatrix whole = featurizer.run(texts);
    Path file = folder.resolve("terms");
    featurizer.learn(texts).write(file);

    LearnedTerms read = LearnedTerms.read(file);
    assertEquals(List.of("w blue", "w coat", "w hat", "w red"), read.terms());
    SparseMatrix later = read.encode(List.of("blue coat", "green shoe"));
    double[] weights = {1, 10, 100, 1000};
    assertEquals(whole.times(2, weights), later.times(0, weights), 1e-12);
    assertEquals(later.starts()[1], later.starts()[2], "new words have no column");
  }

  private static BytePool pool(byte[][] pictures) {
    byte[] values = new byte[pictures.length * SIDE * SIDE];
    for (int i = 0; i < pictures.length; i++) {
      System.arraycopy(pictures[i], 0, values, i * SIDE * SIDE, SIDE * SIDE);
    }
    return new BytePool(values, pictures.length, SIDE, SIDE, 1);
  }

  private static FeatureSink into(List<float[]> rows) {
    return (values, count, columns) -> {
      for (int i = 0; i < count; i++) {
        rows.add(Arrays.copyOfRange(values, i * columns, (i + 1) * columns));
      }
    };
  }

  /** Bright bars at random places on dark grounds. */
  private static byte[][] pictures(int count) {
    SplittableRandom random = new SplittableRandom(3);
    byte[][] pictures = new byte[count][SIDE * SIDE];
    for (byte[] picture : pictures) {
      int at = random.nextInt(SIDE - 2);
      boolean upright = random.nextBoolean();
      for (int i = 0; i < picture.length; i++) {
        int place = upright ? i % SIDE : i / SIDE;
        picture[i] = (byte) (place >= at && place < at + 3 ? 200 : random.nextInt(40));
      }
    }
    return pictures;
  }
}

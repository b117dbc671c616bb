package org.atelier.learning.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The model takes the mean of each channel. */
class OnnxEncoderTest {
  private static final OnnxEncoder.Preprocessing GREY =
      new OnnxEncoder.Preprocessing(new float[] {0.5f}, new float[] {0.5f}, 2);

  @TempDir Path folder;

  private Path model() throws IOException {
    return TinyModels.mean(folder.resolve("mean.onnx"), 1, 2);
  }

  /**
   * Means 0, 1 and 0.5 of the pixels' range become −1, 1 and 0 (127.5 is not a pixel: 0 and 255).
   */
  @Test
  void encodesEveryImageInOrder() throws IOException {
    byte full = (byte) 255;
    byte[] pixels = {0, 0, 0, 0, full, full, full, full, 0, 0, full, full};
    List<float[]> rows = new ArrayList<>();
    try (OnnxEncoder encoder = new OnnxEncoder(model(), GREY)) {
      int columns =
          encoder.run(
              new BytePool(pixels, 3, 2, 2, 1),
              (values, count, width) -> rows.add(java.util.Arrays.copyOf(values, count * width)),
              done -> {});
      assertEquals(1, columns);
    }
    assertArrayEquals(new float[] {-1, 1}, rows.get(0), 1e-6f);
    assertArrayEquals(new float[] {0}, rows.get(1), 1e-6f);
  }

  @Test
  void refusesWhatIsNoModelAndOtherChannels() throws IOException {
    Path text = Files.writeString(folder.resolve("a.onnx"), "no model");
    assertUnusable("a.onnx: cannot be loaded", text, GREY);
    byte[] whole = Files.readAllBytes(model());
    Path cut = folder.resolve("cut.onnx");
    for (int length = 0; length < whole.length; length += 7) {
      Files.write(cut, java.util.Arrays.copyOf(whole, length));
      assertUnusable("cut.onnx: ", cut, GREY);
    }
    assertUnusable("b.onnx: no such file", folder.resolve("b.onnx"), GREY);
    OnnxEncoder.Preprocessing colour =
        new OnnxEncoder.Preprocessing(new float[3], new float[] {1, 1, 1}, 2);
    Path model = model();
    assertUnusable("mean.onnx: wants another input", model, colour);
  }

  private void assertUnusable(String words, Path file, OnnxEncoder.Preprocessing preprocessing) {
    UnusableFileException told =
        assertThrows(
            UnusableFileException.class, () -> new OnnxEncoder(file, preprocessing).close());
    assertTrue(told.getMessage().startsWith(words), told.getMessage());
    assertFalse(told.getMessage().contains(folder.toString()), told.getMessage());
  }
}

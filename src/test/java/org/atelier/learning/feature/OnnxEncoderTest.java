package org.atelier.learning.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The model is a GlobalAveragePool, written as protocol buffer bytes by hand. */
class OnnxEncoderTest {
  private static final OnnxEncoder.Preprocessing GREY =
      new OnnxEncoder.Preprocessing(new float[] {0.5f}, new float[] {0.5f}, 2);

  @TempDir Path folder;

  private static final class Proto {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private void varint(long value) {
      long rest = value;
      while (rest >= 128) {
        bytes.write((int) (rest & 127) | 128);
        rest >>>= 7;
      }
      bytes.write((int) rest);
    }

    Proto number(int field, long value) {
      varint((long) field << 3);
      varint(value);
      return this;
    }

    Proto part(int field, byte[] value) {
      varint((long) field << 3 | 2);
      varint(value.length);
      bytes.writeBytes(value);
      return this;
    }

    Proto text(int field, String value) {
      return part(field, value.getBytes(StandardCharsets.UTF_8));
    }

    byte[] done() {
      return bytes.toByteArray();
    }
  }

  private static byte[] tensor(String name, long... shape) {
    Proto dimensions = new Proto();
    for (long size : shape) {
      Proto one = size < 0 ? new Proto().text(2, "n") : new Proto().number(1, size);
      dimensions.part(1, one.done());
    }
    byte[] type = new Proto().number(1, 1).part(2, dimensions.done()).done();
    return new Proto().text(1, name).part(2, new Proto().part(1, type).done()).done();
  }

  private Path model() throws IOException {
    byte[] node = new Proto().text(1, "x").text(2, "y").text(4, "GlobalAveragePool").done();
    byte[] graph =
        new Proto()
            .part(1, node)
            .text(2, "mean")
            .part(11, tensor("x", -1, 1, 2, 2))
            .part(12, tensor("y", -1, 1, 1, 1))
            .done();
    byte[] operators = new Proto().text(1, "").number(2, 13).done();
    byte[] model = new Proto().number(1, 7).part(7, graph).part(8, operators).done();
    return Files.write(folder.resolve("mean.onnx"), model);
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
    assertThrows(IOException.class, () -> new OnnxEncoder(text, GREY));
    assertThrows(IOException.class, () -> new OnnxEncoder(folder.resolve("b.onnx"), GREY));
    OnnxEncoder.Preprocessing colour =
        new OnnxEncoder.Preprocessing(new float[3], new float[] {1, 1, 1}, 2);
    Path model = model();
    assertThrows(IOException.class, () -> new OnnxEncoder(model, colour));
  }
}

package org.atelier.learning.feature;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** ONNX models small enough to be written as protocol buffer bytes by hand. */
public final class TinyModels {

  private TinyModels() {}

  /** A model whose features are the means of the channels of square pictures. */
  public static Path mean(Path file, int channels, int side) throws IOException {
    byte[] node = new Proto().text(1, "x").text(2, "y").text(4, "GlobalAveragePool").done();
    byte[] graph =
        new Proto()
            .part(1, node)
            .text(2, "mean")
            .part(11, tensor("x", -1, channels, side, side))
            .part(12, tensor("y", -1, channels, 1, 1))
            .done();
    byte[] operators = new Proto().text(1, "").number(2, 13).done();
    byte[] model = new Proto().number(1, 7).part(7, graph).part(8, operators).done();
    return Files.write(file, model);
  }

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
}

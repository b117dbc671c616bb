package org.atelier.learning.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpyFileTest {
  @TempDir Path folder;

  private Path write(int version, String header, boolean wide, double... values)
      throws IOException {
    byte[] text = (header + "\n").getBytes(StandardCharsets.US_ASCII);
    ByteBuffer bytes = ByteBuffer.allocate(12 + text.length + 8 * values.length);
    bytes.order(ByteOrder.LITTLE_ENDIAN).put((byte) 0x93);
    bytes.put("NUMPY".getBytes(StandardCharsets.US_ASCII)).put((byte) version).put((byte) 0);
    if (version == 1) {
      bytes.putShort((short) text.length);
    } else {
      bytes.putInt(text.length);
    }
    bytes.put(text);
    for (double value : values) {
      if (wide) {
        bytes.putDouble(value);
      } else {
        bytes.putFloat((float) value);
      }
    }
    return Files.write(
        folder.resolve("x.npy"), java.util.Arrays.copyOf(bytes.array(), bytes.position()));
  }

  private static float[] row(FeatureMatrix features, int row) {
    float[] values = new float[features.columns()];
    features.read(row, values, 0);
    return values;
  }

  @Test
  void readsFloat32OfVersion1() throws IOException {
    Path file =
        write(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }", false, 1, 2, 3, 4);
    assertArrayEquals(new float[] {3, 4}, row(NpyFile.read(file), 1));
  }

  @Test
  void readsFloat64OfVersion2() throws IOException {
    Path file =
        write(2, "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 3), }", true, 1, 2, 0.5);
    assertArrayEquals(new float[] {1, 2, 0.5f}, row(NpyFile.read(file), 0));
  }

  @Test
  void namesTheCellThatIsNotFinite() throws IOException {
    Path file =
        write(
            1, "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }", false, 1, Double.NaN);
    String message = assertThrows(IOException.class, () -> NpyFile.read(file)).getMessage();
    assertTrue(message.contains("row 1, column 2"), message);
  }

  @Test
  void refusesTooFewValuesOtherTypesAndColumnOrder() throws IOException {
    Path few = write(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }", false, 1);
    assertThrows(IOException.class, () -> NpyFile.read(few));
    Path whole = write(1, "{'descr': '<i4', 'fortran_order': False, 'shape': (1, 1), }", false, 1);
    assertThrows(IOException.class, () -> NpyFile.read(whole));
    Path turned = write(1, "{'descr': '<f4', 'fortran_order': True, 'shape': (1, 1), }", false, 1);
    assertThrows(IOException.class, () -> NpyFile.read(turned));
    Path other = Files.writeString(folder.resolve("y.npy"), "not npy");
    assertThrows(IOException.class, () -> NpyFile.read(other));
  }
}

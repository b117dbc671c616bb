package org.atelier.learning.pool;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.atelier.learning.feature.SparseMatrix;

/**
 * A file of sparse rows: columns, number of rows, then for each row the number of its values and
 * each value with its column; all big-endian 32-bit words.
 */
final class SparseFile {

  private static final int BUFFER = 1 << 18;

  private SparseFile() {}

  static void write(SparseMatrix matrix, Path file) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER))) {
      out.writeInt(matrix.columns());
      out.writeInt(matrix.rows());
      for (int row = 0; row < matrix.rows(); row++) {
        out.writeInt(matrix.starts()[row + 1] - matrix.starts()[row]);
        for (int p = matrix.starts()[row]; p < matrix.starts()[row + 1]; p++) {
          out.writeInt(matrix.indexes()[p]);
          out.writeFloat(matrix.values()[p]);
        }
      }
    }
  }

  static SparseMatrix read(Path file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER))) {
      int columns = in.readInt();
      int rows = in.readInt();
      int stored = Math.toIntExact((Files.size(file) - 8 - 4L * rows) / 8);
      int[] starts = new int[rows + 1];
      int[] indexes = new int[stored];
      float[] values = new float[stored];
      for (int row = 0; row < rows; row++) {
        starts[row + 1] = starts[row] + in.readInt();
        for (int p = starts[row]; p < starts[row + 1]; p++) {
          indexes[p] = in.readInt();
          values[p] = in.readFloat();
        }
      }
      return new SparseMatrix(columns, starts, indexes, values);
    }
  }

  /** The first rows of files of the same width that follow each other. */
  static SparseMatrix read(List<Path> files, int rows) throws IOException {
    List<SparseMatrix> parts = new ArrayList<>();
    int columns = 0;
    long stored = 0;
    int found = 0;
    for (Path file : files) {
      SparseMatrix part = read(file);
      parts.add(part);
      columns = part.columns();
      stored += part.values().length;
      found += part.rows();
    }
    if (found < rows) {
      throw new IllegalStateException(found + " of " + rows + " items have features");
    }
    if (parts.size() == 1 && found == rows) {
      return parts.get(0);
    }
    int[] starts = new int[rows + 1];
    int[] indexes = new int[Math.toIntExact(stored)];
    float[] values = new float[indexes.length];
    int at = 0;
    for (SparseMatrix part : parts) {
      int used = Math.min(part.rows(), rows - at);
      int end = part.starts()[used];
      System.arraycopy(part.indexes(), 0, indexes, starts[at], end);
      System.arraycopy(part.values(), 0, values, starts[at], end);
      for (int row = 1; row <= used; row++) {
        starts[at + row] = starts[at] + part.starts()[row];
      }
      at += used;
    }
    return new SparseMatrix(
        columns, starts, Arrays.copyOf(indexes, starts[rows]), Arrays.copyOf(values, starts[rows]));
  }
}

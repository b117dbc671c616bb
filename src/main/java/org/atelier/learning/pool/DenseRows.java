package org.atelier.learning.pool;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes rows of little-endian floats. */
final class DenseRows {

  private DenseRows() {}

  static void write(OutputStream out, float[] values, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(values, 0, length);
    out.write(buffer.array());
  }
}

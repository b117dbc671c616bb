package org.atelier.dataset.picture;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes 8-bit grey PNG files, quickly: for sets of many tiny pictures. Not thread-safe. */
public final class GreyPng implements AutoCloseable {

  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A};

  private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION);

  /**
   * Encodes pixels.
   *
   * @param pixels height × width values, row by row
   */
  public byte[] encode(byte[] pixels, int width, int height) {
    byte[] filtered = new byte[height * (width + 1)];
    for (int row = 0; row < height; row++) {
      System.arraycopy(pixels, row * width, filtered, row * (width + 1) + 1, width);
    }
    byte[] packed = deflate(filtered);
    ByteBuffer file = ByteBuffer.allocate(8 + 25 + 12 + packed.length + 12).put(SIGNATURE);
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    header.put((byte) 8);
    chunk(file, "IHDR", header.array(), 13);
    chunk(file, "IDAT", packed, packed.length);
    chunk(file, "IEND", new byte[0], 0);
    return file.array();
  }

  private byte[] deflate(byte[] content) {
    deflater.reset();
    deflater.setInput(content);
    deflater.finish();
    byte[] packed = new byte[content.length + 64 + content.length / 1000];
    int length = 0;
    while (!deflater.finished()) {
      if (length == packed.length) {
        packed = java.util.Arrays.copyOf(packed, packed.length * 2);
      }
      length += deflater.deflate(packed, length, packed.length - length);
    }
    return java.util.Arrays.copyOf(packed, length);
  }

  private static void chunk(ByteBuffer file, String type, byte[] content, int length) {
    file.putInt(length);
    int start = file.position();
    file.put(type.getBytes(StandardCharsets.ISO_8859_1)).put(content, 0, length);
    CRC32 sum = new CRC32();
    sum.update(file.array(), start, length + 4);
    file.putInt((int) sum.getValue());
  }

  @Override
  public void close() {
    deflater.end();
  }
}

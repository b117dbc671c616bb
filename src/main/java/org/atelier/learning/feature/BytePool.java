package org.atelier.learning.feature;

import java.util.Objects;

/**
 * Images held in one array.
 *
 * @param values size · height · width · channels bytes, item by item
 */
public record BytePool(byte[] values, int size, int width, int height, int channels)
    implements ImagePool {
  /** Checks that the array holds what the sizes say. */
  public BytePool {
    if ((long) size * width * height * channels != values.length) {
      throw new IllegalArgumentException(
          values.length + " bytes do not hold " + size + " images of the given size");
    }
  }

  @Override
  public void read(int index, byte[] pixels) {
    int length = width * height * channels;
    Objects.checkIndex(index, size);
    System.arraycopy(values, index * length, pixels, 0, length);
  }
}

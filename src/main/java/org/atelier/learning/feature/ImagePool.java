package org.atelier.learning.feature;

import java.io.IOException;

/**
 * Equally sized images to learn features from, read by position; safe for use by several threads.
 */
public interface ImagePool {
  int size();

  int width();

  int height();

  /** 1 for grey, 3 for red, green, blue. */
  int channels();

  /**
   * Reads one image.
   *
   * @param index 0 to size() − 1
   * @param pixels receives height · width · channels values 0–255, row by row, channels together
   * @throws IOException if the image cannot be read
   */
  void read(int index, byte[] pixels) throws IOException;
}

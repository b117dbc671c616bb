package org.atelier.dataset.picture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Finds the one EXIF entry that matters for showing a picture. Source: EXIF 2.32, section 4.6. */
final class ExifOrientation {

  private static final int ORIENTATION = 0x0112;
  private static final int MOST_ENTRIES = 512;

  private ExifOrientation() {}

  /**
   * Reads the orientation of a TIFF block.
   *
   * @param offset where the byte order mark stands
   * @return 1–8; 1 when absent or unreadable
   */
  static int read(byte[] file, int offset, int length) {
    if (length < 8) {
      return 1;
    }
    ByteBuffer tiff = ByteBuffer.wrap(file, offset, length).slice();
    tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int directory = tiff.getInt(4);
    if (directory < 8 || directory > length - 2) {
      return 1;
    }
    int entries = Math.min(tiff.getShort(directory) & 0xffff, MOST_ENTRIES);
    for (int i = 0; i < entries; i++) {
      int entry = directory + 2 + 12 * i;
      if (entry > length - 12) {
        return 1;
      }
      if ((tiff.getShort(entry) & 0xffff) == ORIENTATION) {
        int value = tiff.getShort(entry + 8);
        return value >= 1 && value <= 8 ? value : 1;
      }
    }
    return 1;
  }
}

package org.atelier.dataset.picture;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Walks through the segments of a JPEG file. Source: ITU-T T.81, annex B. */
final class JpegStructure {

  private static final byte[] EXIF = "Exif\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] ICC = "ICC_PROFILE\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final int CMYK_COMPONENTS = 4;

  private final byte[] file;
  private final ByteArrayOutputStream kept;
  private int at = 2;
  private int width;
  private int height;
  private int components;
  private int orientation = 1;
  private boolean dropped;

  private JpegStructure(byte[] file) {
    this.file = file;
    this.kept = new ByteArrayOutputStream(file.length);
  }

  static PictureFile read(byte[] file) throws PictureRefusedException {
    JpegStructure jpeg = new JpegStructure(file);
    jpeg.kept.write(file, 0, 2);
    boolean more = true;
    while (more) {
      more = jpeg.segment();
    }
    if (jpeg.width == 0 && jpeg.height == 0) {
      throw new PictureRefusedException("The JPEG file holds no picture");
    }
    boolean same = !jpeg.dropped && jpeg.at == file.length;
    return new PictureFile(
        "image/jpeg",
        jpeg.width,
        jpeg.height,
        jpeg.orientation,
        jpeg.components == CMYK_COMPONENTS,
        same ? file : jpeg.kept.toByteArray());
  }

  /** Reads one marker and what belongs to it; false after the end of the picture. */
  private boolean segment() throws PictureRefusedException {
    if ((file[at] & 0xff) != 0xFF) {
      throw new PictureRefusedException(
          "The JPEG file is damaged at byte %,d: expected a marker, found 0x%02X"
              .formatted(at, file[at] & 0xff));
    }
    int start = at;
    while ((file[at] & 0xff) == 0xFF) {
      at++;
    }
    int marker = file[at++] & 0xff;
    if (marker == 0xD9) {
      kept.write(file, start, at - start);
      return false;
    }
    if (marker == 0x01 || marker >= 0xD0 && marker <= 0xD7) {
      kept.write(file, start, at - start);
      return true;
    }
    int length = (file[at] & 0xff) << 8 | file[at + 1] & 0xff;
    int end = at + length;
    if (length < 2 || end > file.length) {
      throw new PictureRefusedException(PictureFile.TRUNCATED);
    }
    look(marker, at + 2, end);
    if (marker == 0xDA) {
      end = endOfScan(end);
    }
    if (isPrivate(marker, at + 2, end)) {
      dropped = true;
    } else {
      kept.write(file, start, end - start);
    }
    at = end;
    return true;
  }

  private void look(int marker, int from, int end) {
    boolean frame =
        marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    if (frame && width == 0) {
      height = (file[from + 1] & 0xff) << 8 | file[from + 2] & 0xff;
      width = (file[from + 3] & 0xff) << 8 | file[from + 4] & 0xff;
      components = file[from + 5] & 0xff;
    } else if (marker == 0xE1 && begins(EXIF, from, end)) {
      orientation = ExifOrientation.read(file, from + 6, end - from - 6);
    }
  }

  /** Comments and application data, but JFIF, colour profile and Adobe's transform. */
  private boolean isPrivate(int marker, int from, int end) {
    if (marker == 0xFE) {
      return true;
    }
    if (marker < 0xE0 || marker > 0xEF) {
      return false;
    }
    return switch (marker) {
      case 0xE0 -> !begins("JFIF\0".getBytes(StandardCharsets.ISO_8859_1), from, end);
      case 0xE2 -> !begins(ICC, from, end);
      case 0xEE -> !begins("Adobe".getBytes(StandardCharsets.ISO_8859_1), from, end);
      default -> true;
    };
  }

  private int endOfScan(int from) {
    int i = from;
    while (true) {
      if (file[i] == (byte) 0xFF) {
        int next = file[i + 1] & 0xff;
        if (next != 0x00 && next != 0xFF && (next < 0xD0 || next > 0xD7)) {
          return i;
        }
      }
      i++;
    }
  }

  private boolean begins(byte[] prefix, int from, int end) {
    return end - from >= prefix.length
        && java.util.Arrays.equals(file, from, from + prefix.length, prefix, 0, prefix.length);
  }
}

package org.atelier.dataset.picture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Walks through the chunks of a WebP file; of an animation the first frame is kept, as a still
 * picture of that frame's size. Source: WebP container specification, RFC 9649.
 */
final class WebpStructure {

  private static final int FLAG_ANIMATION = 0x02;
  private static final int FLAG_XMP = 0x04;
  private static final int FLAG_EXIF = 0x08;

  /** Bytes of an animation's frame before the chunks of its picture. */
  private static final int FRAME_HEADER = 16;

  private final byte[] file;
  private final ByteBuffer bytes;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private int width;
  private int height;
  private int orientation = 1;
  private int extendedAt = -1;
  private boolean animated;
  private boolean pixels;
  private boolean dropped;

  private WebpStructure(byte[] file) {
    this.file = file;
    this.bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
  }

  static PictureFile read(byte[] file) throws PictureRefusedException {
    WebpStructure webp = new WebpStructure(file);
    long end = (webp.bytes.getInt(4) & 0xffffffffL) + 8;
    if (end > file.length) {
      throw new PictureRefusedException(PictureFile.TRUNCATED);
    }
    int at = 12;
    while (at + 8 <= end) {
      at = webp.chunk(at, (int) end);
    }
    if (!webp.pixels) {
      throw new PictureRefusedException("The WebP file holds no picture");
    }
    boolean same = !webp.dropped && end == file.length;
    return new PictureFile(
        "image/webp",
        webp.width,
        webp.height,
        webp.orientation,
        false,
        same ? file : webp.rebuilt());
  }

  private int chunk(int at, int end) throws PictureRefusedException {
    String type = new String(file, at, 4, StandardCharsets.ISO_8859_1);
    int length = bytes.getInt(at + 4);
    int next = at + 8 + length + (length & 1);
    if (length < 0 || next < 0 || next - (length & 1) > end) {
      throw new PictureRefusedException(PictureFile.TRUNCATED);
    }
    int from = at + 8;
    switch (type) {
      case "VP8X" -> extended(at, from);
      case "VP8 " -> {
        size(bytes.getShort(from + 6) & 0x3fff, bytes.getShort(from + 8) & 0x3fff);
        pixels = true;
        keep(at, next);
      }
      case "VP8L" -> {
        int bits = bytes.getInt(from + 1);
        size((bits & 0x3fff) + 1, (bits >>> 14 & 0x3fff) + 1);
        pixels = true;
        keep(at, next);
      }
      case "ANMF" -> {
        dropped = true;
        if (!pixels) {
          firstFrame(from + FRAME_HEADER, from + length);
        }
      }
      case "ALPH", "ICCP" -> keep(at, next);
      case "EXIF" -> {
        orientation = exif(from, length);
        dropped = true;
      }
      default -> dropped = true;
    }
    return next;
  }

  private void firstFrame(int from, int end) throws PictureRefusedException {
    width = 0;
    height = 0;
    int at = from;
    while (at + 8 <= end) {
      at = chunk(at, end);
    }
  }

  private void extended(int at, int from) {
    int flags = file[from] & 0xff;
    animated = (flags & FLAG_ANIMATION) != 0;
    size(1 + (bytes.getInt(from + 4) & 0xffffff), 1 + (bytes.getInt(from + 6) >>> 8));
    byte[] header = java.util.Arrays.copyOfRange(file, at, from + 10);
    header[8] = (byte) (flags & ~(FLAG_XMP | FLAG_EXIF | FLAG_ANIMATION));
    dropped |= header[8] != (byte) flags;
    extendedAt = kept.size();
    kept.writeBytes(header);
  }

  private int exif(int from, int length) {
    boolean named = length > 6 && file[from] == 'E' && file[from + 1] == 'x';
    return ExifOrientation.read(file, named ? from + 6 : from, named ? length - 6 : length);
  }

  /** The larger one counts, where the container and the picture in it differ. */
  private void size(int newWidth, int newHeight) {
    width = Math.max(width, newWidth);
    height = Math.max(height, newHeight);
  }

  private void keep(int at, int next) {
    int end = Math.min(next, file.length);
    kept.write(file, at, end - at);
    if (end < next) {
      kept.write(0);
    }
  }

  private byte[] rebuilt() {
    ByteBuffer whole = ByteBuffer.allocate(12 + kept.size()).order(ByteOrder.LITTLE_ENDIAN);
    whole.put("RIFF".getBytes(StandardCharsets.ISO_8859_1)).putInt(4 + kept.size());
    whole.put("WEBP".getBytes(StandardCharsets.ISO_8859_1)).put(kept.toByteArray());
    if (animated && extendedAt >= 0) {
      // The container said the size of the whole animation; three bytes each, less one.
      int size = 12 + extendedAt + 12;
      whole.putShort(size, (short) (width - 1)).put(size + 2, (byte) (width - 1 >> 16));
      whole.putShort(size + 3, (short) (height - 1)).put(size + 5, (byte) (height - 1 >> 16));
    }
    return whole.array();
  }
}

package org.atelier.dataset.picture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

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

  private static final int HEADER = 12;
  private static final int EXTENDED_BYTES = 10;
  private static final int LOSSY_BYTES = 10;
  private static final int LOSSLESS_BYTES = 5;

  private final byte[] file;
  private final ByteBuffer bytes;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final Set<String> once = new HashSet<>();
  private int width;
  private int height;
  private int canvasWidth;
  private int canvasHeight;
  private int orientation = 1;
  private boolean extended;
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
    int at = HEADER;
    while (at + 8 <= end) {
      at = webp.chunk(at, (int) end, false);
    }
    if (!webp.pixels) {
      throw new PictureRefusedException("The WebP file holds no picture");
    }
    require(webp.fillsCanvas(), "its picture is not as large as the file says");
    boolean same = !webp.dropped && end == file.length;
    return new PictureFile(
        "image/webp",
        webp.width,
        webp.height,
        webp.orientation,
        false,
        same ? file : webp.rebuilt());
  }

  /** The canvas of a still picture is the picture; one of an animation is cut to the frame. */
  private boolean fillsCanvas() {
    return !extended || animated || canvasWidth == width && canvasHeight == height;
  }

  private int chunk(int at, int end, boolean inFrame) throws PictureRefusedException {
    String type = new String(file, at, 4, StandardCharsets.ISO_8859_1);
    int length = bytes.getInt(at + 4);
    int next = at + 8 + length + (length & 1);
    if (length < 0 || next < 0 || next - (length & 1) > end) {
      throw new PictureRefusedException(PictureFile.TRUNCATED);
    }
    int from = at + 8;
    switch (type) {
      case "VP8 " -> {
        require(length >= LOSSY_BYTES, "its picture is too short");
        int size = bytes.getInt(from + 6);
        picture(size & 0x3fff, size >>> 16 & 0x3fff, at, next);
      }
      case "VP8L" -> {
        require(length >= LOSSLESS_BYTES, "its picture is too short");
        int bits = bytes.getInt(from + 1);
        picture((bits & 0x3fff) + 1, (bits >>> 14 & 0x3fff) + 1, at, next);
      }
      case "ALPH" -> keepOnce(type, at, next);
      default -> {
        if (inFrame) {
          // Nothing else belongs to the picture of a frame, least of all another frame.
          dropped = true;
        } else {
          besides(type, at, length, next);
        }
      }
    }
    return next;
  }

  /** What may stand beside the picture. */
  private void besides(String type, int at, int length, int next) throws PictureRefusedException {
    int from = at + 8;
    switch (type) {
      case "VP8X" -> {
        require(at == HEADER && length == EXTENDED_BYTES, "its header is not where it belongs");
        extended(at, from);
      }
      case "ANMF" -> {
        dropped = true;
        if (animated) {
          frame(from + FRAME_HEADER, from + length);
        }
      }
      case "ICCP" -> keepOnce(type, at, next);
      case "EXIF" -> {
        orientation = exif(from, length);
        dropped = true;
      }
      default -> dropped = true;
    }
  }

  private void frame(int from, int end) throws PictureRefusedException {
    int at = from;
    while (!pixels && at + 8 <= end) {
      at = chunk(at, end, true);
    }
  }

  /** The first picture counts, and nothing after it that belongs to one. */
  private void picture(int newWidth, int newHeight, int at, int next) {
    if (pixels) {
      dropped = true;
      return;
    }
    pixels = true;
    width = newWidth;
    height = newHeight;
    keep(at, next);
  }

  private void keepOnce(String type, int at, int next) {
    if (pixels || !once.add(type)) {
      dropped = true;
    } else {
      keep(at, next);
    }
  }

  private void extended(int at, int from) {
    int flags = file[from] & 0xff;
    extended = true;
    animated = (flags & FLAG_ANIMATION) != 0;
    canvasWidth = 1 + (bytes.getInt(from + 4) & 0xffffff);
    canvasHeight = 1 + (bytes.getInt(from + 6) >>> 8);
    byte[] header = Arrays.copyOfRange(file, at, from + EXTENDED_BYTES);
    header[8] = (byte) (flags & ~(FLAG_XMP | FLAG_EXIF | FLAG_ANIMATION));
    dropped |= header[8] != (byte) flags;
    kept.writeBytes(header);
  }

  private int exif(int from, int length) {
    boolean named = length > 6 && file[from] == 'E' && file[from + 1] == 'x';
    return ExifOrientation.read(file, named ? from + 6 : from, named ? length - 6 : length);
  }

  private void keep(int at, int next) {
    int end = Math.min(next, file.length);
    kept.write(file, at, end - at);
    if (end < next) {
      kept.write(0);
    }
  }

  private byte[] rebuilt() {
    ByteBuffer whole = ByteBuffer.allocate(HEADER + kept.size()).order(ByteOrder.LITTLE_ENDIAN);
    whole.put("RIFF".getBytes(StandardCharsets.ISO_8859_1)).putInt(4 + kept.size());
    whole.put("WEBP".getBytes(StandardCharsets.ISO_8859_1)).put(kept.toByteArray());
    if (extended) {
      // The container of an animation said the size of all of it; three bytes each, less one.
      int size = HEADER + 12;
      whole.putShort(size, (short) (width - 1)).put(size + 2, (byte) (width - 1 >> 16));
      whole.putShort(size + 3, (short) (height - 1)).put(size + 5, (byte) (height - 1 >> 16));
    }
    return whole.array();
  }

  private static void require(boolean sound, String fault) throws PictureRefusedException {
    if (!sound) {
      throw new PictureRefusedException("The WebP file is damaged: " + fault);
    }
  }
}

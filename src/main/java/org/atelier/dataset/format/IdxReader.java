package org.atelier.dataset.format;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads MNIST-style IDX files: unsigned bytes, images with three dimensions (count, height, width),
 * labels with one; each plain or gzipped. Both files are checked from end to end before the first
 * row is given, so a wrong count or a truncated file takes nothing in.
 *
 * <p>External ids are the image file's name up to {@code -images} or the first dot, a hyphen, and
 * the index counted from 0 with six digits: {@code train-000042}.
 *
 * <p>Source: Y. LeCun, C. Cortes, C. Burges, The MNIST database, "File formats".
 */
public final class IdxReader implements RowReader {

  /** Most pixels of one image. */
  static final int MOST_PIXELS = 16 << 20;

  private static final String NAMELESS =
      "The label is number %d, but names were given for the first %d only";
  private static final int IMAGES_MAGIC = 0x00000803;
  private static final int LABELS_MAGIC = 0x00000801;
  private static final int IMAGES_HEADER = 16;
  private static final int LABELS_HEADER = 8;

  /** A file under the name people know it by. */
  public record NamedFile(String name, Path path) {

    static NamedFile of(Path path) {
      return path == null ? null : new NamedFile(path.getFileName().toString(), path);
    }
  }

  private final NamedFile images;
  private final NamedFile labels;
  private final List<String> classNames;
  private final Header header;
  private long position;

  /**
   * Opens and checks the files.
   *
   * @param labels null when the labels are not known
   * @param classNames names of the label numbers 0, 1, …; empty when numbers are names. Where there
   *     are names, the row of a number without one is refused
   * @throws UnreadableSourceException naming file, offset, what was expected and what was found
   */
  public IdxReader(NamedFile images, NamedFile labels, List<String> classNames) throws IOException {
    this.images = images;
    this.labels = labels;
    this.classNames = List.copyOf(classNames);
    this.header = checkImages(images);
    if (labels != null) {
      checkLabels(labels, images, header.count());
    }
  }

  /** As {@link #IdxReader(NamedFile, NamedFile, List)} with the files' own names. */
  public IdxReader(Path images, Path labels, List<String> classNames) throws IOException {
    this(NamedFile.of(images), NamedFile.of(labels), classNames);
  }

  @Override
  public long total() {
    return header.count();
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public void read(RowSink sink) throws IOException {
    String prefix = prefix(images.name());
    try (DataInputStream pixels = open(images.path());
        DataInputStream names = labels == null ? null : open(labels.path())) {
      pixels.skipNBytes(IMAGES_HEADER);
      if (names != null) {
        names.skipNBytes(LABELS_HEADER);
      }
      for (int i = 0; i < header.count(); i++) {
        byte[] image = new byte[header.height() * header.width()];
        pixels.readFully(image);
        int number = names == null ? -1 : names.readUnsignedByte();
        position = i + 1L;
        String id = String.format(Locale.ROOT, "%s-%06d", prefix, i);
        if (number >= classNames.size() && !classNames.isEmpty()) {
          sink.refused(position, id, NAMELESS.formatted(number, classNames.size()));
          continue;
        }
        List<String> known = number < 0 ? null : List.of(className(number));
        var view = new SourceView.GreyPixels("image", header.width(), header.height(), image);
        sink.row(new SourceRow(position, id, null, List.of(view), Map.of(), known, null));
      }
    }
  }

  @Override
  public void close() {
    // files are open only while they are read
  }

  /** Whether a file begins like IDX images, gzipped or not. */
  public static boolean holdsImages(Path file) throws IOException {
    return beginsWith(file, IMAGES_MAGIC);
  }

  /** Whether a file begins like IDX labels, gzipped or not. */
  public static boolean holdsLabels(Path file) throws IOException {
    return beginsWith(file, LABELS_MAGIC);
  }

  private static boolean beginsWith(Path file, int magic) throws IOException {
    try (DataInputStream in = open(file)) {
      return in.readInt() == magic;
    } catch (EOFException | ZipException e) {
      return false;
    }
  }

  private String className(int number) {
    return classNames.isEmpty() ? Integer.toString(number) : classNames.get(number);
  }

  static String prefix(String fileName) {
    int end = fileName.indexOf("-images");
    if (end < 0) {
      end = fileName.indexOf('.');
    }
    return end <= 0 ? fileName : fileName.substring(0, end);
  }

  private static Header checkImages(NamedFile file) throws IOException {
    String name = file.name();
    try (DataInputStream in = open(file.path())) {
      readMagic(in, name, IMAGES_MAGIC, "images");
      long count = readSize(in, name, 4, "number of images");
      long height = readSize(in, name, 8, "height");
      long width = readSize(in, name, 12, "width");
      if (height == 0 || width == 0 || height * width > MOST_PIXELS) {
        throw new UnreadableSourceException(
            "%s: at byte 8 expected an image size of 1 to %,d pixels, found %,d × %,d"
                .formatted(name, MOST_PIXELS, width, height));
      }
      checkLength(in, name, IMAGES_HEADER, count * height * width, count + " images");
      return new Header((int) count, (int) height, (int) width);
    } catch (EOFException e) {
      throw new UnreadableSourceException(
          "%s: the gzip data ends early, in the header of %d bytes".formatted(name, IMAGES_HEADER));
    } catch (ZipException e) {
      throw new UnreadableSourceException(name + ": the gzip data is damaged: " + e.getMessage());
    }
  }

  private static void checkLabels(NamedFile file, NamedFile images, int count) throws IOException {
    String name = file.name();
    try (DataInputStream in = open(file.path())) {
      readMagic(in, name, LABELS_MAGIC, "labels");
      long found = readSize(in, name, 4, "number of labels");
      if (found != count) {
        throw new UnreadableSourceException(
            "%s: at byte 4 expected %,d labels, one per image of %s, found %,d"
                .formatted(name, count, images.name(), found));
      }
      checkLength(in, name, LABELS_HEADER, found, found + " labels");
    } catch (EOFException e) {
      throw new UnreadableSourceException(
          "%s: the gzip data ends early, in the header of %d bytes".formatted(name, LABELS_HEADER));
    } catch (ZipException e) {
      throw new UnreadableSourceException(name + ": the gzip data is damaged: " + e.getMessage());
    }
  }

  private static void readMagic(DataInputStream in, String name, int expected, String what)
      throws IOException {
    byte[] found = in.readNBytes(4);
    if (found.length < 4) {
      throw new UnreadableSourceException(
          "%s: at byte 0 expected the 4 bytes %s (%s), found the end after %d bytes"
              .formatted(name, hex(bytes(expected)), what, found.length));
    }
    if (!java.util.Arrays.equals(found, bytes(expected))) {
      throw new UnreadableSourceException(
          "%s: at byte 0 expected %s (%s), found %s"
              .formatted(name, hex(bytes(expected)), what, hex(found)));
    }
  }

  private static long readSize(DataInputStream in, String name, int offset, String what)
      throws IOException {
    int size;
    try {
      size = in.readInt();
    } catch (EOFException e) {
      throw new UnreadableSourceException(
          "%s: at byte %d expected the %s, found the end".formatted(name, offset, what));
    }
    if (size < 0) {
      throw new UnreadableSourceException(
          "%s: at byte %d the %s is too large (%,d)"
              .formatted(name, offset, what, Integer.toUnsignedLong(size)));
    }
    return size;
  }

  private static void checkLength(
      InputStream in, String name, int headerLength, long expected, String what)
      throws IOException {
    byte[] buffer = new byte[1 << 16];
    long found = 0;
    try {
      int read;
      while (found <= expected && (read = in.read(buffer)) >= 0) {
        found += read;
      }
    } catch (EOFException e) {
      throw new UnreadableSourceException(
          "%s: the gzip data ends early, before the %,d bytes of content that its header announces"
              .formatted(name, headerLength + expected));
    }
    if (found < expected) {
      throw new UnreadableSourceException(
          "%s: expected %,d bytes for %s after the header, found the end at byte %,d (%,d bytes missing)"
              .formatted(name, expected, what, headerLength + found, expected - found));
    }
    if (found > expected) {
      throw new UnreadableSourceException(
          "%s: expected the end at byte %,d after %s, found more bytes"
              .formatted(name, headerLength + expected, what));
    }
  }

  private static DataInputStream open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    try {
      in.mark(2);
      boolean zipped = in.read() == 0x1f && in.read() == 0x8b;
      in.reset();
      return new DataInputStream(
          zipped ? new BufferedInputStream(new GZIPInputStream(in, 1 << 16), 1 << 16) : in);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  private static byte[] bytes(int value) {
    return new byte[] {
      (byte) (value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value
    };
  }

  private static String hex(byte[] bytes) {
    return java.util.HexFormat.ofDelimiter(" ").formatHex(bytes);
  }

  private record Header(int count, int height, int width) {}
}

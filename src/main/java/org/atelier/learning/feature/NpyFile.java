package org.atelier.learning.feature;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * NumPy array files with two dimensions, float32 or float64, either byte order, row order (C).
 *
 * <p>Source: the NumPy Enhancement Proposal 1, "A Simple File Format for NumPy Arrays", format
 * versions 1.0, 2.0 and 3.0.
 */
public final class NpyFile {
  private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([<>|=])f([48])'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE =
      Pattern.compile("'shape'\\s*:\\s*\\(\\s*(\\d{1,10})\\s*,\\s*(\\d{1,10})\\s*,?\\s*\\)");

  private static final int LONGEST_HEADER = 1 << 16;
  private static final int MOST_COLUMNS = 1 << 20;
  private static final String SAVE_AGAIN = "Save the array again with numpy.save.";

  private NpyFile() {}

  private record Header(int rows, int columns, boolean wide, ByteOrder order) {}

  /**
   * Reads a whole file.
   *
   * @throws UnusableFileException naming what is wrong: not an npy file, another type, shape or
   *     order, a value that is not finite (with its row and column), too few or too many values
   */
  public static FeatureMatrix read(Path file) throws IOException {
    List<float[]> rows = new ArrayList<>();
    int columns =
        read(
            file,
            file.toString(),
            (row, values) -> {
              for (int j = 0; j < values.length; j++) {
                if (!Float.isFinite(values[j])) {
                  throw new UnusableFileException(
                      file
                          + ", row "
                          + (row + 1)
                          + ", column "
                          + (j + 1)
                          + ": not a finite number");
                }
              }
              rows.add(values);
            });
    return new HeapFeatures(rows.toArray(float[][]::new), columns, columns);
  }

  /** Receives the rows of a file in order; the array is the receiver's. */
  public interface Rows {
    /**
     * @param row from 0
     * @param values may hold what is not finite
     */
    void row(int row, float[] values) throws IOException;
  }

  /**
   * Reads a file row by row in bounded memory.
   *
   * @param name of the file in messages
   * @return values per row, at least 1
   * @throws UnusableFileException as {@link #read(Path)}, but not for values that are not finite
   */
  public static int read(Path file, String name, Rows each) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      Header header = header(name, in);
      byte[] bytes = new byte[Math.multiplyExact(header.columns(), header.wide() ? 8 : 4)];
      for (int i = 0; i < header.rows(); i++) {
        in.readFully(bytes);
        each.row(i, values(header, ByteBuffer.wrap(bytes).order(header.order())));
      }
      if (in.read() >= 0) {
        throw new UnusableFileException(
            name + ": holds more values than its header announces. " + SAVE_AGAIN);
      }
      return header.columns();
    } catch (EOFException cutOff) {
      throw new UnusableFileException(
          name + ": the file ends before the values that its header announces. " + SAVE_AGAIN);
    }
  }

  /**
   * How many rows a file announces.
   *
   * @param name of the file in messages
   * @throws UnusableFileException when it is no npy file of this kind
   */
  public static int rows(Path file, String name) throws IOException {
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      return header(name, in).rows();
    } catch (EOFException cutOff) {
      throw new UnusableFileException(
          name + ": the file ends before the values that its header announces. " + SAVE_AGAIN);
    }
  }

  private static float[] values(Header header, ByteBuffer buffer) {
    float[] values = new float[header.columns()];
    for (int j = 0; j < values.length; j++) {
      values[j] = header.wide() ? (float) buffer.getDouble() : buffer.getFloat();
    }
    return values;
  }

  private static Header header(String name, DataInputStream in) throws IOException {
    byte[] magic = in.readNBytes(6);
    if (magic.length < 6
        || (magic[0] & 0xff) != 0x93
        || !new String(magic, 1, 5, StandardCharsets.US_ASCII).equals("NUMPY")) {
      throw new UnusableFileException(name + ": this is not an npy file. " + SAVE_AGAIN);
    }
    int version = in.readUnsignedByte();
    in.readUnsignedByte();
    int length =
        version == 1
            ? Short.toUnsignedInt(Short.reverseBytes(in.readShort()))
            : Integer.reverseBytes(in.readInt());
    if (version < 1 || version > 3) {
      throw new UnusableFileException(
          "%s: npy version %d is not known, 1 to 3 are. ".formatted(name, version) + SAVE_AGAIN);
    }
    if (length < 10 || length > LONGEST_HEADER) {
      throw new UnusableFileException(name + ": its header is damaged. " + SAVE_AGAIN);
    }
    byte[] text = new byte[length];
    in.readFully(text);
    return parse(name, new String(text, StandardCharsets.UTF_8));
  }

  private static Header parse(String name, String text) throws IOException {
    Matcher type = TYPE.matcher(text);
    Matcher order = ORDER.matcher(text);
    Matcher shape = SHAPE.matcher(text);
    if (!type.find()) {
      throw new UnusableFileException(
          name
              + ": the numbers must be float32 or float64. Save the array as"
              + " array.astype('float32').");
    }
    if (!order.find() || order.group(1).equals("True")) {
      throw new UnusableFileException(
          name
              + ": the numbers must lie row by row (C order). Save the array as"
              + " numpy.ascontiguousarray(array).");
    }
    if (!shape.find()) {
      throw new UnusableFileException(
          name + ": the array must have two dimensions, items × numbers per item.");
    }
    long rows = Long.parseLong(shape.group(1));
    long columns = Long.parseLong(shape.group(2));
    if (rows > Integer.MAX_VALUE || columns < 1 || columns > MOST_COLUMNS) {
      throw new UnusableFileException(
          "%s: the array has %,d rows of %,d numbers; at most %,d rows of 1 to %,d numbers are read."
              .formatted(name, rows, columns, Integer.MAX_VALUE, MOST_COLUMNS));
    }
    ByteOrder bytes = type.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    return new Header((int) rows, (int) columns, type.group(2).equals("8"), bytes);
  }
}

package org.atelier.learning.feature;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * An IDX file of unsigned bytes, compressed with gzip or not (LeCun, Cortes and Burges, "The MNIST
 * Database").
 *
 * @param dimensions sizes, first the number of items
 * @param values all bytes, item by item
 */
public record IdxFile(int[] dimensions, byte[] values) {
  /**
   * Reads a whole file.
   *
   * @throws IOException with a message that names what is wrong: not IDX, another element type than
   *     unsigned byte, fewer or more bytes than the header says, over 2 GiB
   */
  public static IdxFile read(Path file) throws IOException {
    try (DataInputStream in = open(file)) {
      int magic = in.readInt();
      int rank = magic & 0xff;
      if (magic >>> 8 != 0x08 || rank < 1 || rank > 4) {
        throw new IOException(file + ": not an IDX file of unsigned bytes");
      }
      int[] dimensions = new int[rank];
      long total = 1;
      for (int i = 0; i < rank; i++) {
        dimensions[i] = in.readInt();
        total *= Math.max(0, dimensions[i]);
        if (dimensions[i] < 0 || total > Integer.MAX_VALUE - 16) {
          throw new IOException(file + ": dimension " + (i + 1) + " is out of range");
        }
      }
      byte[] values = in.readNBytes((int) total);
      if (values.length < total || in.read() >= 0) {
        throw new IOException(
            file + ": the header announces " + total + " values, the file has another number");
      }
      return new IdxFile(dimensions, values);
    } catch (EOFException truncated) {
      throw new IOException(file + ": truncated", truncated);
    }
  }

  private static DataInputStream open(Path file) throws IOException {
    BufferedInputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    in.mark(2);
    boolean zipped = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    InputStream plain = zipped ? new GZIPInputStream(in, 1 << 16) : in;
    return new DataInputStream(new BufferedInputStream(plain, 1 << 16));
  }

  /** The number of items. */
  public int items() {
    return dimensions[0];
  }

  /**
   * The file as images: dimensions N × height × width, or N × height × width × channels.
   *
   * @throws IOException if it has another shape
   */
  public ImagePool images() throws IOException {
    if (dimensions.length < 3) {
      throw new IOException("an IDX file of images has three or four dimensions");
    }
    int channels = dimensions.length == 4 ? dimensions[3] : 1;
    return new BytePool(values, dimensions[0], dimensions[2], dimensions[1], channels);
  }
}

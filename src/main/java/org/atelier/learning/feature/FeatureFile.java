package org.atelier.learning.feature;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * Features in a file, computed once and mapped into memory by every round.
 *
 * <p>Layout, little endian: 8 bytes {@code ATLFEAT1}, int rows, int columns, int antisymmetricFrom,
 * int length of the key, the key in UTF-8, zero bytes up to a multiple of 64, then rows × columns
 * float32. The key names what the features were computed from and how (dataset digest, featurizer,
 * settings, seed); a file with another key is not used.
 *
 * <p>The values lie in the page cache, not on the heap. Safe for use by several threads.
 */
public final class FeatureFile implements FeatureMatrix {
  private static final byte[] MAGIC = "ATLFEAT1".getBytes(StandardCharsets.US_ASCII);
  private static final int FIXED = 24;
  private static final int ALIGNMENT = 64;
  private static final long SEGMENT = 1L << 30;

  private final int rows;
  private final int columns;
  private final int antisymmetricFrom;
  private final int rowsPerSegment;
  private final MappedByteBuffer[] segments;

  private FeatureFile(
      int rows,
      int columns,
      int antisymmetricFrom,
      int rowsPerSegment,
      MappedByteBuffer[] segments) {
    this.rows = rows;
    this.columns = columns;
    this.antisymmetricFrom = antisymmetricFrom;
    this.rowsPerSegment = rowsPerSegment;
    this.segments = segments;
  }

  /**
   * Opens a file if it is whole and was written for this key.
   *
   * @return null when there is no such file, when it has another key, or when it is damaged: then
   *     the features have to be computed again
   * @throws IOException if an existing file cannot be read
   */
  public static FeatureFile open(Path file, String key) throws IOException {
    if (!Files.isRegularFile(file)) {
      return null;
    }
    byte[] name = key.getBytes(StandardCharsets.UTF_8);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer head = ByteBuffer.allocate(FIXED + name.length).order(ByteOrder.LITTLE_ENDIAN);
      while (head.hasRemaining() && channel.read(head) >= 0) {
        continue;
      }
      head.flip();
      byte[] magic = new byte[MAGIC.length];
      if (head.remaining() < FIXED + name.length) {
        return null;
      }
      head.get(magic);
      int rows = head.getInt();
      int columns = head.getInt();
      int antisymmetricFrom = head.getInt();
      int length = head.getInt();
      byte[] found = new byte[name.length];
      head.get(found);
      long start = start(name.length);
      boolean usable =
          java.util.Arrays.equals(magic, MAGIC)
              && length == name.length
              && java.util.Arrays.equals(found, name)
              && rows >= 0
              && columns >= 1
              && channel.size() == start + 4L * rows * columns;
      return usable ? map(channel, start, rows, columns, antisymmetricFrom) : null;
    }
  }

  private static FeatureFile map(
      FileChannel channel, long start, int rows, int columns, int antisymmetricFrom)
      throws IOException {
    int perSegment = (int) Math.max(1, SEGMENT / (4L * columns));
    MappedByteBuffer[] segments = new MappedByteBuffer[(rows + perSegment - 1) / perSegment];
    for (int s = 0; s < segments.length; s++) {
      long first = (long) s * perSegment;
      long count = Math.min(perSegment, rows - first);
      segments[s] =
          channel.map(
              FileChannel.MapMode.READ_ONLY, start + first * columns * 4, count * columns * 4);
      segments[s].order(ByteOrder.LITTLE_ENDIAN);
    }
    return new FeatureFile(rows, columns, antisymmetricFrom, perSegment, segments);
  }

  private static long start(int keyLength) {
    return (FIXED + keyLength + ALIGNMENT - 1L) / ALIGNMENT * ALIGNMENT;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public int antisymmetricFrom() {
    return antisymmetricFrom;
  }

  @Override
  public void read(int row, float[] into, int offset) {
    Objects.checkIndex(row, rows);
    Objects.checkFromIndexSize(offset, columns, into.length);
    MappedByteBuffer segment = segments[row / rowsPerSegment];
    int at = row % rowsPerSegment * columns * 4;
    segment
        .slice(at, columns * 4)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(into, offset, columns);
  }

  /**
   * Writes rows to a temporary file beside the target and moves it into place when it is whole and
   * on the disk, so that a crash leaves either the old file or the new one.
   */
  public static final class Writer implements FeatureSink, Closeable {
    private final Path target;
    private final Path temporary;
    private final String key;
    private final int rows;
    private final FileOutputStream file;
    private final DataOutputStream out;
    private int columns;
    private int written;

    /**
     * Starts a file.
     *
     * @param rows rows that will follow
     */
    public Writer(Path target, String key, int rows) throws IOException {
      this.target = target;
      this.key = key;
      this.rows = rows;
      Files.createDirectories(target.toAbsolutePath().getParent());
      temporary = target.resolveSibling(target.getFileName() + ".part");
      file = new FileOutputStream(temporary.toFile());
      out = new DataOutputStream(new BufferedOutputStream(file, 1 << 20));
    }

    @Override
    public void accept(float[] values, int count, int width) throws IOException {
      if (columns == 0) {
        columns = width;
        out.write(new byte[(int) start(key.getBytes(StandardCharsets.UTF_8).length)]);
      }
      if (width != columns || written + count > rows) {
        throw new IllegalStateException("rows do not fit the announced shape");
      }
      ByteBuffer bytes = ByteBuffer.allocate(count * width * 4).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(values, 0, count * width);
      out.write(bytes.array());
      written += count;
    }

    /**
     * Completes the file and opens it.
     *
     * @param antisymmetricFrom see {@link FeatureMatrix#antisymmetricFrom()}
     * @throws IllegalStateException if rows are missing
     */
    public FeatureFile finish(int antisymmetricFrom) throws IOException {
      if (written != rows || rows == 0) {
        throw new IllegalStateException(written + " of " + rows + " rows were written");
      }
      out.flush();
      file.getFD().sync();
      out.close();
      byte[] name = key.getBytes(StandardCharsets.UTF_8);
      ByteBuffer head = ByteBuffer.allocate(FIXED + name.length).order(ByteOrder.LITTLE_ENDIAN);
      head.put(MAGIC).putInt(rows).putInt(columns).putInt(antisymmetricFrom);
      head.putInt(name.length).put(name).flip();
      try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        while (head.hasRemaining()) {
          channel.write(head);
        }
        channel.force(true);
      }
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return FeatureFile.open(target, key);
    }

    @Override
    public void close() throws IOException {
      out.close();
      Files.deleteIfExists(temporary);
    }
  }
}

package org.atelier.learning.pool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** A file of equally long records, mapped read-only; safe for use by several threads. */
public final class MappedFile {

  private static final long SEGMENT_BYTES = 1L << 30;

  private final ByteBuffer[] segments;
  private final int recordBytes;
  private final int perSegment;
  private final int records;

  private MappedFile(ByteBuffer[] segments, int recordBytes, int perSegment, int records) {
    this.segments = segments;
    this.recordBytes = recordBytes;
    this.perSegment = perSegment;
    this.records = records;
  }

  /**
   * Maps a file.
   *
   * @param recordBytes 1 to 2^30
   * @throws UncheckedIOException when it cannot be read or is no whole number of records
   */
  public static MappedFile open(Path file, int recordBytes) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size % recordBytes != 0) {
        throw new IOException(file + " is damaged: " + size + " bytes");
      }
      int records = Math.toIntExact(size / recordBytes);
      int perSegment = (int) (SEGMENT_BYTES / recordBytes);
      ByteBuffer[] segments = new ByteBuffer[(records + perSegment - 1) / perSegment];
      for (int s = 0; s < segments.length; s++) {
        long from = (long) s * perSegment * recordBytes;
        long length = Math.min(size - from, (long) perSegment * recordBytes);
        segments[s] =
            channel.map(FileChannel.MapMode.READ_ONLY, from, length).order(ByteOrder.LITTLE_ENDIAN);
      }
      return new MappedFile(segments, recordBytes, perSegment, records);
    } catch (IOException e) {
      throw new UncheckedIOException("A file of features cannot be read", e);
    }
  }

  /** Number of records. */
  public int records() {
    return records;
  }

  void floats(int record, float[] into, int offset) {
    Objects.checkIndex(record, records);
    segments[record / perSegment]
        .slice(record % perSegment * recordBytes, recordBytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(into, offset, recordBytes / Float.BYTES);
  }

  /** Copies a record. */
  public void bytes(int record, byte[] into) {
    Objects.checkIndex(record, records);
    segments[record / perSegment].get(record % perSegment * recordBytes, into, 0, recordBytes);
  }

  /** The eight bytes from {@code offset} of a record. */
  public long word(int record, int offset) {
    Objects.checkIndex(record, records);
    return segments[record / perSegment].getLong(record % perSegment * recordBytes + offset);
  }

  /** The four bytes from {@code offset} of a record. */
  int number(int record, int offset) {
    Objects.checkIndex(record, records);
    return segments[record / perSegment].getInt(record % perSegment * recordBytes + offset);
  }
}

package org.atelier.learning.embedding;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.Predicate;
import org.atelier.learning.pool.MappedFile;
import org.atelier.learning.pool.PoolItems;

/** A file of records, one per item: 16 bytes of its id, then numbers as little-endian floats. */
final class EmbeddingRecords {

  static final int ID_BYTES = 16;

  private final MappedFile file;
  private final PoolItems index;
  private final int recordBytes;

  private EmbeddingRecords(MappedFile file, PoolItems index, int recordBytes) {
    this.file = file;
    this.index = index;
    this.recordBytes = recordBytes;
  }

  /**
   * Maps a file and indexes its items; 20 bytes per item.
   *
   * @param columns numbers per record
   */
  static EmbeddingRecords open(Path path, int columns) {
    int bytes = bytes(columns);
    MappedFile file = MappedFile.open(path, bytes);
    long[] high = new long[file.records()];
    long[] low = new long[high.length];
    for (int i = 0; i < high.length; i++) {
      high[i] = file.word(i, 0);
      low[i] = file.word(i, Long.BYTES);
    }
    return new EmbeddingRecords(file, PoolItems.of(high, low), bytes);
  }

  /** Copies the record's numbers, little-endian; false when the item has none. */
  boolean read(UUID item, byte[] record) {
    int row = index.row(item);
    if (row >= 0) {
      file.bytes(row, record);
    }
    return row >= 0;
  }

  /**
   * Writes all records but those of some items.
   *
   * @return how many were left out
   */
  int writeWithout(Predicate<UUID> gone, Path into) throws IOException {
    int left = 0;
    byte[] record = new byte[recordBytes];
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(into), 1 << 18)) {
      for (int i = 0; i < index.size(); i++) {
        if (gone.test(index.item(i))) {
          left++;
        } else {
          file.bytes(i, record);
          out.write(record);
        }
      }
    }
    return left;
  }

  int size() {
    return index.size();
  }

  UUID item(int record) {
    return index.item(record);
  }

  static int bytes(int columns) {
    return ID_BYTES + columns * Float.BYTES;
  }
}

package org.atelier.learning.pool;

import jakarta.inject.Singleton;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.atelier.dataset.Datasets;
import org.atelier.dataset.ItemRow;
import org.atelier.platform.storage.ObjectStore;
import org.jdbi.v3.core.Jdbi;

/** Numbers the items of a dataset: row r = the r-th item in order of ordinals, for good. */
@Singleton
class PoolIndexer {

  static final String MEDIA_TYPE = "application/octet-stream";
  static final int RECORD_BYTES = 20;

  private final PoolRepository repository;
  private final Datasets datasets;
  private final ObjectStore store;
  private final LocalFiles files;

  PoolIndexer(Jdbi jdbi, Datasets datasets, ObjectStore store, LocalFiles files) {
    this.repository = new PoolRepository(jdbi);
    this.datasets = datasets;
    this.store = store;
    this.files = files;
  }

  /**
   * Numbers the items of a version unless that was done before; inside a transaction.
   *
   * @return rows of the version's pool
   */
  int ensure(UUID projectId, UUID datasetId, int version) {
    repository.lock(datasetId);
    Optional<Integer> known = repository.versionRows(datasetId, version);
    if (known.isPresent()) {
      return known.get();
    }
    List<PartRow> parts = repository.itemParts(datasetId);
    PartRow last = parts.isEmpty() ? null : parts.get(parts.size() - 1);
    int rows = append(projectId, datasetId, version, last);
    int total =
        rows > 0 || last == null ? rows + end(last) : rowsUpTo(projectId, datasetId, version);
    repository.addVersion(datasetId, version, total);
    return total;
  }

  /** The items of the first rows of a pool. */
  PoolItems items(UUID datasetId, int rows) {
    long[] high = new long[rows];
    long[] low = new long[rows];
    for (PartRow part : repository.itemParts(datasetId)) {
      if (part.firstRow() < rows) {
        MappedFile file = MappedFile.open(files.of(part.sha256()), RECORD_BYTES);
        int end = Math.min(rows, part.end());
        for (int row = part.firstRow(); row < end; row++) {
          high[row] = file.word(row - part.firstRow(), 0);
          low[row] = file.word(row - part.firstRow(), Long.BYTES);
        }
      }
    }
    return PoolItems.of(high, low);
  }

  private static int end(PartRow last) {
    return last == null ? 0 : last.end();
  }

  private int append(UUID projectId, UUID datasetId, int version, PartRow last) {
    int from = last == null ? 0 : last.lastOrdinal() + 1;
    Path file = null;
    try {
      file = files.temporary();
      Writing writing;
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
        writing = new Writing(out);
        datasets.items(projectId, datasetId, version, from, writing::add);
      }
      if (writing.rows > 0) {
        String sha256;
        try (InputStream in = Files.newInputStream(file)) {
          sha256 = store.put(in, MEDIA_TYPE).sha256();
        }
        repository.addItemPart(
            datasetId, new PartRow(end(last), writing.rows, writing.lastOrdinal, sha256));
      }
      return writing.rows;
    } catch (IOException e) {
      throw new UncheckedIOException("The items cannot be numbered", e);
    } finally {
      delete(file);
    }
  }

  /** An older version than the pool has: its items are the first ones. */
  private int rowsUpTo(UUID projectId, UUID datasetId, int version) {
    int[] last = {-1};
    datasets.items(projectId, datasetId, version, 0, item -> last[0] = item.ordinal());
    int rows = 0;
    for (PartRow part : repository.itemParts(datasetId)) {
      if (part.lastOrdinal() <= last[0]) {
        rows = part.end();
      } else {
        MappedFile file = MappedFile.open(files.of(part.sha256()), RECORD_BYTES);
        for (int i = 0; i < part.rowCount(); i++) {
          rows += file.number(i, 2 * Long.BYTES) <= last[0] ? 1 : 0;
        }
        break;
      }
    }
    return rows;
  }

  private static void delete(Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("A temporary file cannot be removed", e);
    }
  }

  /** Writes one record per item. */
  private static final class Writing {

    private final OutputStream out;
    private final ByteBuffer record =
        ByteBuffer.allocate(RECORD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private int rows;
    private int lastOrdinal;

    Writing(OutputStream out) {
      this.out = out;
    }

    void add(ItemRow item) throws IOException {
      record.clear();
      record.putLong(item.id().getMostSignificantBits());
      record.putLong(item.id().getLeastSignificantBits());
      record.putInt(item.ordinal());
      out.write(record.array());
      rows++;
      lastOrdinal = item.ordinal();
    }
  }
}

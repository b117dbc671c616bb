package org.atelier.platform.storage;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.atelier.platform.Ids;

/** Writes one pack into staging. For one thread. */
final class PackWriter implements AutoCloseable {

  private static final int BUFFER = 1 << 20;

  private final Bucket bucket;
  private final String id = Ids.next().toString();
  private final Path data;
  private final OutputStream out;
  private final List<PackIndex.Entry> entries = new ArrayList<>();
  private long size;

  PackWriter(Bucket bucket) throws IOException {
    this.bucket = bucket;
    this.data = Files.createTempFile(bucket.staging(), "pack-", ".data");
    this.out = new BufferedOutputStream(new FileOutputStream(data.toFile()), BUFFER);
  }

  void add(byte[] digest, byte[] content, String mediaType) throws IOException {
    out.write(content);
    entries.add(new PackIndex.Entry(digest, size, content.length, mediaType));
    size += content.length;
  }

  long size() {
    return size;
  }

  int count() {
    return entries.size();
  }

  /** Stores the pack: its data first, so that an index never names what is not there. */
  PackIndex store(Instant now) throws IOException {
    out.close();
    PackIndex index = PackIndex.of(id, entries, now);
    Path table = Files.createTempFile(bucket.staging(), "pack-", ".index");
    try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(table))) {
      index.write(stream);
    }
    bucket.store(PackCatalog.dataKey(id), data);
    bucket.store(PackCatalog.indexKey(id), table);
    return index;
  }

  @Override
  public void close() throws IOException {
    out.close();
    Files.deleteIfExists(data);
  }
}

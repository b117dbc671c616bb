package org.atelier.platform.storage;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Where each blob of a pack lies: a table sorted by digest, 46 bytes a blob. */
final class PackIndex {

  /** One blob of a pack that is being written. */
  record Entry(byte[] digest, long offset, int length, String mediaType) {}

  private static final int MAGIC = 0x41545031;
  private static final int ROW = Digests.BYTES + Long.BYTES + Integer.BYTES + Short.BYTES;
  private static final int MOST_TYPES = Short.MAX_VALUE;

  private final String id;
  private final List<String> types;
  private final ByteBuffer rows;
  private final int count;
  private final long size;
  private volatile Instant modified;

  private PackIndex(String id, List<String> types, byte[] rows, Instant modified) {
    this.id = id;
    this.types = types;
    this.rows = ByteBuffer.wrap(rows);
    this.count = rows.length / ROW;
    long sum = 0;
    for (int row = 0; row < count; row++) {
      sum += length(row);
    }
    this.size = sum;
    this.modified = modified;
  }

  static PackIndex of(String id, List<Entry> entries, Instant modified) {
    List<Entry> sorted = new ArrayList<>(entries);
    sorted.sort((a, b) -> Arrays.compareUnsigned(a.digest(), b.digest()));
    List<String> types = sorted.stream().map(Entry::mediaType).distinct().toList();
    if (types.size() > MOST_TYPES) {
      throw new IllegalArgumentException("Too many media types in one pack");
    }
    ByteBuffer rows = ByteBuffer.allocate(sorted.size() * ROW);
    for (Entry entry : sorted) {
      rows.put(entry.digest())
          .putLong(entry.offset())
          .putInt(entry.length())
          .putShort((short) types.indexOf(entry.mediaType()));
    }
    return new PackIndex(id, types, rows.array(), modified);
  }

  static PackIndex read(String id, InputStream in, Instant modified) throws IOException {
    DataInputStream data = new DataInputStream(in);
    if (data.readInt() != MAGIC) {
      throw new IOException("The index of pack " + id + " is not readable");
    }
    int typeCount = data.readInt();
    List<String> types = new ArrayList<>();
    for (int i = 0; i < typeCount; i++) {
      types.add(data.readUTF());
    }
    byte[] rows = data.readNBytes(Math.multiplyExact(data.readInt(), ROW));
    if (rows.length % ROW != 0) {
      throw new IOException("The index of pack " + id + " is cut off");
    }
    return new PackIndex(id, types, rows, modified);
  }

  void write(OutputStream out) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(head);
    data.writeInt(MAGIC);
    data.writeInt(types.size());
    for (String type : types) {
      data.writeUTF(type);
    }
    data.writeInt(count);
    head.writeTo(out);
    out.write(rows.array());
  }

  String id() {
    return id;
  }

  /** Bytes of all its blobs. */
  long size() {
    return size;
  }

  int count() {
    return count;
  }

  Instant modified() {
    return modified;
  }

  void modified(Instant instant) {
    modified = instant;
  }

  /** Row of a digest, or -1. */
  int find(byte[] digest) {
    int low = 0;
    int high = count - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int at = middle * ROW;
      int order =
          Arrays.compareUnsigned(rows.array(), at, at + Digests.BYTES, digest, 0, Digests.BYTES);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  /** Orders two blobs, perhaps of different packs, by their digests. */
  int compare(int row, PackIndex other, int otherRow) {
    int at = row * ROW;
    int otherAt = otherRow * ROW;
    return Arrays.compareUnsigned(
        rows.array(), at, at + Digests.BYTES, other.rows.array(), otherAt, otherAt + Digests.BYTES);
  }

  byte[] digest(int row) {
    return Arrays.copyOfRange(rows.array(), row * ROW, row * ROW + Digests.BYTES);
  }

  long offset(int row) {
    return rows.getLong(row * ROW + Digests.BYTES);
  }

  int length(int row) {
    return rows.getInt(row * ROW + Digests.BYTES + Long.BYTES);
  }

  String mediaType(int row) {
    return types.get(rows.getShort(row * ROW + Digests.BYTES + Long.BYTES + Integer.BYTES));
  }

  Blob blob(int row) {
    return new Blob(Digests.text(digest(row)), length(row), mediaType(row));
  }
}

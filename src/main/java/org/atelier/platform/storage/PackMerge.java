package org.atelier.platform.storage;

import java.util.List;
import java.util.PriorityQueue;

/** Goes through the tables of many packs at once, in the order of their digests. */
final class PackMerge {

  /** Told of every blob once. */
  interface Each {
    void blob(PackIndex pack, int row);
  }

  private PackMerge() {}

  /** Visits every blob once, also one that several packs hold; keeps one place a pack. */
  static void visit(List<PackIndex> packs, Each each) {
    PriorityQueue<Cursor> next = new PriorityQueue<>();
    for (PackIndex pack : packs) {
      if (pack.count() > 0) {
        next.add(new Cursor(pack, 0));
      }
    }
    Cursor last = null;
    while (!next.isEmpty()) {
      Cursor cursor = next.poll();
      if (last == null || cursor.compareTo(last) != 0) {
        each.blob(cursor.pack, cursor.row);
      }
      last = cursor;
      if (cursor.row + 1 < cursor.pack.count()) {
        next.add(new Cursor(cursor.pack, cursor.row + 1));
      }
    }
  }

  private record Cursor(PackIndex pack, int row) implements Comparable<Cursor> {

    @Override
    public int compareTo(Cursor other) {
      return pack.compare(row, other.pack, other.row);
    }
  }
}

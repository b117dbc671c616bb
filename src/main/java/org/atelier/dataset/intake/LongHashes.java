package org.atelier.dataset.intake;

/** A growing set of 64-bit hashes, 16 to 32 bytes each. Not thread-safe. */
final class LongHashes {

  private long[] slots = new long[1 << 12];
  private int size;
  private boolean zero;

  /** Whether the hash was added. */
  boolean contains(long hash) {
    if (hash == 0) {
      return zero;
    }
    int slot = slot(hash);
    while (slots[slot] != 0) {
      if (slots[slot] == hash) {
        return true;
      }
      slot = slot + 1 & slots.length - 1;
    }
    return false;
  }

  /** Adds a hash; adding it again changes nothing. */
  void add(long hash) {
    if (hash == 0) {
      zero = true;
      return;
    }
    if (size * 2 >= slots.length) {
      grow();
    }
    int slot = slot(hash);
    while (slots[slot] != 0) {
      if (slots[slot] == hash) {
        return;
      }
      slot = slot + 1 & slots.length - 1;
    }
    slots[slot] = hash;
    size++;
  }

  private int slot(long hash) {
    long mixed = hash * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 33) & slots.length - 1;
  }

  private void grow() {
    long[] old = slots;
    slots = new long[old.length * 2];
    size = 0;
    for (long hash : old) {
      if (hash != 0) {
        add(hash);
      }
    }
  }
}

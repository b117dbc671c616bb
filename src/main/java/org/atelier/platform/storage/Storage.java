package org.atelier.platform.storage;

import jakarta.enterprise.context.ApplicationScoped;
import org.jdbi.v3.core.Jdbi;

/** Tells how much is kept. */
@ApplicationScoped
public class Storage {

  private final PackedObjectStore store;
  private final Jdbi jdbi;

  Storage(PackedObjectStore store, Jdbi jdbi) {
    this.store = store;
    this.jdbi = jdbi;
  }

  /** Counts everything; takes a second or so per million objects. */
  public StorageUsage usage() {
    long[] sums = new long[2];
    store.listStored(
        stored -> {
          sums[0]++;
          sums[1] += stored.size();
        });
    long database =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery("select pg_database_size(current_database())")
                    .mapTo(Long.class)
                    .one());
    return new StorageUsage(sums[0], sums[1], database, store.free());
  }
}

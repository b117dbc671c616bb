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

  /** Counts everything; lists the objects above a megabyte, the others are counted by pack. */
  public StorageUsage usage() {
    PackedObjectStore.Totals totals = store.totals();
    long database =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery("select pg_database_size(current_database())")
                    .mapTo(Long.class)
                    .one());
    return new StorageUsage(totals.objects(), totals.bytes(), database, store.free());
  }
}

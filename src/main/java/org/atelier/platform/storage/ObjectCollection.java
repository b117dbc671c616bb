package org.atelier.platform.storage;

import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.atelier.platform.work.CancelledWorkException;
import org.atelier.platform.work.WorkContext;
import org.atelier.platform.work.WorkHandler;

/**
 * Garbage collection: removes objects that no feature names and that are older than a day. The day
 * protects what was stored before the transaction commits that names it.
 */
@Singleton
class ObjectCollection implements WorkHandler {

  static final String KIND = "object-collection";

  private static final Duration YOUNG = Duration.ofDays(1);
  private static final int BATCH = 10_000;

  private final PackedObjectStore store;
  private final List<BlobReferences> references;
  private final Clock clock;

  ObjectCollection(PackedObjectStore store, @All List<BlobReferences> references, Clock clock) {
    this.store = store;
    this.references = references;
    this.clock = clock;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  @Transactional(Transactional.TxType.NOT_SUPPORTED)
  public void run(WorkContext context) throws CancelledWorkException {
    if (references.isEmpty()) {
      context.log("Nothing tells which objects are needed, so none is removed.");
      return;
    }
    Instant before = clock.instant().minus(YOUNG);
    List<PackedObjectStore.Stored> old = oldObjects(before, context);
    DigestSet needed = new DigestSet();
    for (BlobReferences feature : references) {
      context.checkCancelled();
      feature.dropUnused(before);
      feature.visit(needed::add);
    }
    List<String> garbage = new ArrayList<>();
    long bytes = 0;
    for (PackedObjectStore.Stored stored : old) {
      if (!needed.contains(stored.sha256())) {
        garbage.add(stored.sha256());
        bytes += stored.size();
      }
    }
    for (int from = 0; from < garbage.size(); from += BATCH) {
      context.checkCancelled();
      context.progress("Removing unused objects", from, garbage.size());
      store.deleteAll(garbage.subList(from, Math.min(garbage.size(), from + BATCH)));
    }
    store.sweep(before);
    context.progress("Removing unused objects", garbage.size(), garbage.size());
    context.log(
        String.format(
            Locale.ENGLISH,
            "%,d objects are needed; %,d unused ones were removed, %,d bytes.",
            needed.size(),
            garbage.size(),
            bytes));
  }

  /** Listed before the references are read: what is stored later is not even looked at. */
  private List<PackedObjectStore.Stored> oldObjects(Instant before, WorkContext context) {
    List<PackedObjectStore.Stored> old = new ArrayList<>();
    context.progress("Looking at stored objects", 0, 0);
    store.listStored(
        stored -> {
          if (stored.modified().isBefore(before)) {
            old.add(stored);
          }
        });
    return old;
  }
}

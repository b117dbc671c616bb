package org.atelier.platform.storage;

import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.atelier.platform.work.CancelledWorkException;
import org.atelier.platform.work.WorkContext;
import org.atelier.platform.work.WorkHandler;

/**
 * Garbage collection: removes objects that no feature names and that are older than a day. The day
 * protects what was stored before the transaction commits that names it. What looks unused is
 * removed pack by pack, each after asking again: it may have been wanted meanwhile.
 */
@Singleton
class ObjectCollection implements WorkHandler {

  static final String KIND = "object-collection";

  private static final Duration YOUNG = Duration.ofDays(1);

  private final PackedObjectStore store;
  private final List<BlobReferences> references;
  private final GarbageRemoval removal;
  private final Clock clock;

  ObjectCollection(
      PackedObjectStore store,
      @All List<BlobReferences> references,
      GarbageRemoval removal,
      Clock clock) {
    this.store = store;
    this.references = references;
    this.removal = removal;
    this.clock = clock;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  @Transactional(Transactional.TxType.NOT_SUPPORTED)
  public void run(WorkContext context) throws Exception {
    if (references.isEmpty()) {
      context.log("Nothing tells which objects are needed, so none is removed.");
      return;
    }
    Instant before = clock.instant().minus(YOUNG);
    DigestSet needed = needed(before, context);
    long[] removed = new long[2];
    store
        .garbage()
        .visit(
            before,
            needed,
            (lot, packsDone, packs) -> {
              context.checkCancelled();
              context.progress("Removing unused objects", packsDone, packs);
              Collection<String> gone = removal.remove(lot, before);
              removed[0] += gone.size();
              removed[1] += gone.stream().mapToLong(lot.sizes()::get).sum();
            });
    store.sweep(before);
    context.progress("Removing unused objects", 1, 1);
    context.log(
        String.format(
            Locale.ENGLISH,
            "%,d objects are needed; %,d unused ones were removed, %,d bytes.",
            needed.size(),
            removed[0],
            removed[1]));
  }

  private DigestSet needed(Instant before, WorkContext context) throws CancelledWorkException {
    context.progress("Asking which objects are needed", 0, 0);
    DigestSet needed = new DigestSet();
    for (BlobReferences feature : references) {
      context.checkCancelled();
      feature.dropUnused(before);
      feature.visit(needed::add);
    }
    return needed;
  }
}

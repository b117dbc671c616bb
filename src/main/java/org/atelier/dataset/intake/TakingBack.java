package org.atelier.dataset.intake;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.UUID;
import org.atelier.dataset.catalog.CatalogWrites;
import org.atelier.platform.work.CancelledWorkException;
import org.atelier.platform.work.WorkContext;
import org.atelier.platform.work.WorkHandler;

/**
 * Durable work: takes back what a cancelled import wrote, in transactions of bounded size, so that
 * people and other imports never wait long. Safe to repeat.
 */
@Singleton
class TakingBack implements WorkHandler {

  static final String KIND = "dataset-import-take-back";

  /** The most items that are deleted in one transaction. */
  static final int MOST_ITEMS = 5_000;

  private final Transactions transactions;
  private final Clock clock;

  TakingBack(Transactions transactions, Clock clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public int retries() {
    return 3;
  }

  @Override
  @Transactional(Transactional.TxType.NOT_SUPPORTED)
  public void run(WorkContext context) throws CancelledWorkException {
    UUID id = context.payload(ImportHandler.Payload.class).importId();
    ImportRow row = transactions.call(h -> ImportRepository.find(h, id)).orElseThrow();
    int from = row.firstOrdinal();
    int end = from;
    do {
      context.checkCancelled();
      context.progress("Taking back", from - row.firstOrdinal(), end - row.firstOrdinal());
      int first = from;
      end = transactions.call(h -> part(h, id, first));
      from += MOST_ITEMS;
    } while (from < end);
    context.progress("Taking back", end - row.firstOrdinal(), end - row.firstOrdinal());
  }

  /**
   * Takes back the items from an ordinal on, and ends the import with the last of them.
   *
   * @return the ordinal after the last one of the dataset
   */
  private int part(org.jdbi.v3.core.Handle h, UUID id, int first) {
    ImportRow seen = ImportRepository.find(h, id).orElseThrow();
    var dataset = CatalogWrites.lock(h, seen.projectId(), seen.datasetId());
    ImportRow row = ImportRepository.find(h, id).orElseThrow();
    if (!row.takingBack()) {
      return 0;
    }
    ImportRepository.takeBack(h, row, first, first + MOST_ITEMS);
    if (first + MOST_ITEMS >= dataset.nextOrdinal()) {
      ImportRepository.endTakenBack(h, row, clock.instant());
    }
    return dataset.nextOrdinal();
  }
}

package org.atelier.learning.rehearsal;

import jakarta.inject.Singleton;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.atelier.dataset.Datasets;
import org.atelier.dataset.LabelCount;
import org.atelier.learning.campaign.CampaignSettings;
import org.atelier.learning.pool.PoolItems;

/** Reads the known labels of a dataset version as class numbers in the pool's row order. */
@Singleton
class KnownTruth {

  private static final int MOST_CLASSES = 1000;

  private final Datasets datasets;

  KnownTruth(Datasets datasets) {
    this.datasets = datasets;
  }

  /**
   * Right labels.
   *
   * @param labels ascending class numbers by row, null in rows of deleted items
   * @param deleted rows whose items were deleted
   * @param classes names in order of the class numbers
   * @param multiLabel whether some item has none or several labels
   */
  record Truth(int[][] labels, Set<Integer> deleted, List<String> classes, boolean multiLabel) {}

  /**
   * @throws RehearsalRefusedException when an item has no known label, there are fewer than two or
   *     more than 1,000 different ones, or too few items for a model
   */
  Truth read(UUID project, RehearsalSettings settings, PoolItems items)
      throws RehearsalRefusedException {
    List<String> classes =
        datasets.labels(project, settings.datasetId(), settings.datasetVersion()).stream()
            .map(LabelCount::label)
            .sorted()
            .toList();
    if (classes.size() < 2 || classes.size() > MOST_CLASSES) {
      throw new RehearsalRefusedException(
          "A simulation needs 2 to 1,000 different known labels; this version has "
              + classes.size()
              + ".");
    }
    int[][] labels = new int[items.size()][];
    boolean[] several = new boolean[1];
    BitSet there = new BitSet(items.size());
    datasets.items(
        project,
        settings.datasetId(),
        settings.datasetVersion(),
        0,
        item -> {
          int row = items.row(item.id());
          if (row >= 0) {
            there.set(row);
          }
          if (row >= 0 && item.knownLabels() != null) {
            labels[row] = item.knownLabels().stream().mapToInt(classes::indexOf).sorted().toArray();
            several[0] |= labels[row].length != 1;
          }
        });
    long unknown = there.stream().filter(row -> labels[row] == null).count();
    if (unknown > 0) {
      throw new RehearsalRefusedException(
          "A simulation compares with labels that are known, and %,d of %,d items have none. Import them with a label column, or label them first."
              .formatted(unknown, there.cardinality()));
    }
    requireEnough(there.cardinality(), classes.size());
    Set<Integer> deleted = new HashSet<>();
    for (int row = there.nextClearBit(0); row < items.size(); row = there.nextClearBit(row + 1)) {
      deleted.add(row);
    }
    return new Truth(labels, deleted, classes, several[0]);
  }

  /** A job of fewer items learns nothing, so that there is nothing to simulate. */
  private static void requireEnough(int items, int classes) throws RehearsalRefusedException {
    Optional<String> tooFew = CampaignSettings.tooFew(items, classes);
    if (tooFew.isPresent()) {
      throw new RehearsalRefusedException(tooFew.get());
    }
  }
}

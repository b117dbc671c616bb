package org.atelier.learning.rehearsal;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.atelier.dataset.Datasets;
import org.atelier.learning.campaign.CampaignSettings;
import org.atelier.learning.pool.PoolItems;

/**
 * Reads the known labels of a dataset version as class numbers in the pool's row order: those that
 * came with the data or that people gave, never those of a machine.
 */
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
   * @param against what the labels are
   */
  record Truth(
      int[][] labels,
      Set<Integer> deleted,
      List<String> classes,
      boolean multiLabel,
      Against against) {}

  /**
   * What is measured against.
   *
   * @param imported items whose label came with the data
   * @param people items whose label people of a job gave
   * @param insteadOfMachine of both, items whose label in the version is a machine's, which does
   *     not count
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Against(int imported, int people, int insteadOfMachine) {}

  /**
   * @throws RehearsalRefusedException when an item has no label but a machine's, there are fewer
   *     than two or more than 1,000 different ones, or too few items for a model
   */
  Truth read(UUID project, RehearsalSettings settings, PoolItems items)
      throws RehearsalRefusedException {
    List<List<String>> names = new ArrayList<>(Collections.nCopies(items.size(), null));
    BitSet there = new BitSet(items.size());
    int[] counts = new int[4];
    datasets.trueLabels(
        project,
        settings.datasetId(),
        settings.datasetVersion(),
        item -> {
          int row = items.row(item.itemId());
          if (row >= 0) {
            there.set(row);
            names.set(row, item.labels());
            counts[item.labels() == null ? 3 : item.byPeople() ? 1 : 0]++;
            counts[2] += item.insteadOfMachine() ? 1 : 0;
          }
        });
    requireKnown(counts[3], there.cardinality(), counts[2] > 0);
    List<String> classes =
        names.stream().filter(Objects::nonNull).flatMap(List::stream).distinct().sorted().toList();
    if (classes.size() < 2 || classes.size() > MOST_CLASSES) {
      throw new RehearsalRefusedException(
          "A simulation needs 2 to 1,000 different known labels; this version has "
              + classes.size()
              + ".");
    }
    requireEnough(there.cardinality(), classes.size());
    Set<Integer> deleted = new HashSet<>();
    for (int row = there.nextClearBit(0); row < items.size(); row = there.nextClearBit(row + 1)) {
      deleted.add(row);
    }
    int[][] labels = numbers(names, classes);
    return new Truth(
        labels,
        deleted,
        classes,
        there.stream().anyMatch(row -> labels[row].length != 1),
        new Against(counts[0], counts[1], counts[2]));
  }

  private static int[][] numbers(List<List<String>> names, List<String> classes) {
    Map<String, Integer> numbers = new HashMap<>();
    classes.forEach(name -> numbers.put(name, numbers.size()));
    return names.stream()
        .map(of -> of == null ? null : of.stream().mapToInt(numbers::get).sorted().toArray())
        .toArray(int[][]::new);
  }

  private static void requireKnown(int unknown, int all, boolean machine)
      throws RehearsalRefusedException {
    if (unknown > 0) {
      throw new RehearsalRefusedException(
          (machine
                      ? "A simulation compares with labels that came with the data or that people gave, and %,d of %,d items have none but a machine's at most."
                      : "A simulation compares with labels that are known, and %,d of %,d items have none.")
                  .formatted(unknown, all)
              + " Import them with a label column, or label them first.");
    }
  }

  /** A job of fewer items learns nothing, so that there is nothing to simulate. */
  private static void requireEnough(int items, int classes) throws RehearsalRefusedException {
    Optional<String> tooFew = CampaignSettings.tooFew(items, classes);
    if (tooFew.isPresent()) {
      throw new RehearsalRefusedException(tooFew.get());
    }
  }
}

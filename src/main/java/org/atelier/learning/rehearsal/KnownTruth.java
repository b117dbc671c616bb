package org.atelier.learning.rehearsal;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import jakarta.inject.Singleton;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.atelier.dataset.Datasets;
import org.atelier.dataset.TrueLabel;
import org.atelier.learning.campaign.CampaignSettings;
import org.atelier.learning.pool.PoolItems;

/**
 * Reads the known labels of a dataset version as class numbers in the pool's row order: those that
 * came with the data or that people gave, never those of a machine.
 */
@Singleton
class KnownTruth {

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
    Reading reading = new Reading(items.size());
    datasets.trueLabels(
        project,
        settings.datasetId(),
        settings.datasetVersion(),
        item -> {
          int row = items.row(item.itemId());
          if (row >= 0) {
            reading.take(row, item);
          }
        });
    int all = reading.there.cardinality();
    requireKnown(reading.unknown, all, reading.insteadOfMachine > 0);
    if (!reading.numbering.fits()) {
      throw new RehearsalRefusedException(
          "A simulation needs 2 to 1,000 different labels; this version has %s."
              .formatted(reading.numbering.howMany()));
    }
    requireEnough(all, reading.numbering.size());
    return reading.truth();
  }

  /** What was read so far. */
  private static final class Reading {

    private final LabelNumbering numbering = new LabelNumbering();
    private final BitSet there;
    private final int[][] labels;
    private int imported;
    private int people;
    private int unknown;
    private int insteadOfMachine;

    private Reading(int rows) {
      there = new BitSet(rows);
      labels = new int[rows][];
    }

    private void take(int row, TrueLabel item) {
      there.set(row);
      if (item.labels() == null) {
        unknown++;
      } else if (item.byPeople()) {
        people++;
      } else {
        imported++;
      }
      insteadOfMachine += item.insteadOfMachine() ? 1 : 0;
      labels[row] = item.labels() == null ? null : numbering.numbers(item.labels());
    }

    private Truth truth() {
      List<String> classes = numbering.sort(labels);
      Set<Integer> deleted = new HashSet<>();
      for (int row = there.nextClearBit(0);
          row < labels.length;
          row = there.nextClearBit(row + 1)) {
        deleted.add(row);
      }
      boolean several = there.stream().anyMatch(row -> labels[row].length != 1);
      return new Truth(
          labels, deleted, classes, several, new Against(imported, people, insteadOfMachine));
    }
  }

  private static void requireKnown(int unknown, int all, boolean machine)
      throws RehearsalRefusedException {
    if (unknown > 0) {
      throw new RehearsalRefusedException(
          (machine
                      ? "A simulation compares with labels that came with the data or that people"
                          + " gave, and %,d of %,d items have none but a model's at most."
                      : "A simulation compares with labels that are known, and %,d of %,d items"
                          + " have none.")
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

package org.atelier.labeling;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * A job in a list.
 *
 * @param humanLabels items with a current human label
 * @param machineLabels items with a current machine label
 */
public record JobRow(
    UUID id,
    String title,
    JobState state,
    Instant stateSince,
    UUID datasetId,
    int datasetVersion,
    int items,
    int humanLabels,
    int machineLabels) {

  private static final List<JobState> URGENCY =
      List.of(
          JobState.RUNNING,
          JobState.FAILED,
          JobState.PAUSED,
          JobState.COMPLETING,
          JobState.DRAFT,
          JobState.COMPLETED,
          JobState.STOPPED);

  /** Running jobs first, then those that wait for somebody, drafts, and those that are over. */
  public static final Comparator<JobRow> BY_URGENCY =
      Comparator.comparingInt(row -> URGENCY.indexOf(row.state()));
}

package org.atelier.dataset.intake;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An import as people see it.
 *
 * @param datasetName the name of the dataset
 * @param workId the durable work that does it
 * @param state QUEUED, RUNNING, FAILED (see {@code continuable}), CANCELLED or DONE
 * @param message why it failed, or null
 * @param rowsDone number of the last row or line that is done; the next attempt goes on after it
 * @param bytesDone how much of the source was read, in the unit of {@code total}
 * @param total 0 while not known
 * @param added rows that became items
 * @param present rows that were there already
 * @param refused rows that could not be taken
 * @param leftOut files that are no pictures, or hidden, and that nothing was read from; those that
 *     operating systems leave behind do not count
 * @param leftOutNames the first of them by name, at most 100
 * @param labelsFile the file of the folder or archive that labels were read from, or null
 * @param labelsFileCandidates CSV files that could have been meant while none was read
 * @param version the version it made, null while it has made none
 * @param firstOrdinal the place that the first of its items has, or would have, in the dataset
 * @param finishedAt when it ended or stopped; null while it is open
 * @param takingBack whether it was cancelled and what it wrote is still there
 * @param stuck whether nothing takes that back any more, so that it has to be begun again
 * @param upload the upload it reads; null for a path on the server
 * @param continuable whether it failed and continuing can help: what was sent for it is there, and
 *     it did not fail by that
 * @param filesKeptUntil until when the files sent for a failed import stay; null when it has not
 *     failed or they are not there
 */
public record ImportView(
    UUID id,
    UUID datasetId,
    String datasetName,
    UUID workId,
    String sourceName,
    String state,
    String message,
    long rowsDone,
    long bytesDone,
    long total,
    int added,
    int present,
    int refused,
    int leftOut,
    List<String> leftOutNames,
    String labelsFile,
    List<String> labelsFileCandidates,
    Integer version,
    int firstOrdinal,
    Instant createdAt,
    Instant finishedAt,
    boolean takingBack,
    boolean stuck,
    UUID upload,
    boolean continuable,
    Instant filesKeptUntil) {

  public boolean open() {
    return state.equals("QUEUED") || state.equals("RUNNING");
  }

  public boolean failed() {
    return state.equals("FAILED");
  }

  /** The same when the files sent for it are not there any more. */
  ImportView withoutFiles() {
    return new ImportView(
        id,
        datasetId,
        datasetName,
        workId,
        sourceName,
        state,
        message,
        rowsDone,
        bytesDone,
        total,
        added,
        present,
        refused,
        leftOut,
        leftOutNames,
        labelsFile,
        labelsFileCandidates,
        version,
        firstOrdinal,
        createdAt,
        finishedAt,
        takingBack,
        stuck,
        upload,
        false,
        null);
  }

  /** Rows that were looked at, whatever came of them. */
  public long rowsRead() {
    return (long) added + present + refused;
  }

  /** Share of the source that was read, 0 to 1; null while not known. */
  public Double share() {
    return total <= 0 ? null : Math.min(1.0, (double) bytesDone / total);
  }

  /** {@link #share()} in percent, 0 while not known. */
  public double percent() {
    return share() == null ? 0 : 100 * share();
  }
}

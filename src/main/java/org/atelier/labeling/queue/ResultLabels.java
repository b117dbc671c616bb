package org.atelier.labeling.queue;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.atelier.dataset.ItemLabel;
import org.atelier.dataset.ItemLabels;
import org.jdbi.v3.core.Jdbi;

/** The current labels of a job as names, read in parts so that memory stays bounded. */
@Singleton
public class ResultLabels {

  private static final int PART = 10_000;

  private final Jdbi jdbi;

  ResultLabels(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  private record Row(UUID itemId, int ordinal, int[] classIndexes, ItemLabel.Source source) {}

  /**
   * Reads human and machine labels in order of ordinals, in the reader's transaction. Labels of a
   * completing job do not change, so the parts belong together.
   *
   * @param progress told after each part how many were read
   */
  public Iterable<ItemLabels> of(UUID jobId, List<String> classNames, LongConsumer progress) {
    return () -> new Parts(jobId, classNames, progress);
  }

  private List<Row> after(UUID jobId, int ordinal) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select item_id, ordinal, class_indexes, source from labeling.label
                    where job_id = :job and superseded_at is null and ordinal > :ordinal
                    order by ordinal limit :part
                    """)
                .bind("job", jobId)
                .bind("ordinal", ordinal)
                .bind("part", PART)
                .map(Rows.mapper(Row.class))
                .list());
  }

  private final class Parts implements Iterator<ItemLabels> {

    private final UUID jobId;
    private final List<String> names;
    private final LongConsumer progress;
    private List<Row> part = new ArrayList<>();
    private int at;
    private int ordinal = -1;
    private long done;
    private boolean ended;

    Parts(UUID jobId, List<String> names, LongConsumer progress) {
      this.jobId = jobId;
      this.names = names;
      this.progress = progress;
    }

    @Override
    public boolean hasNext() {
      if (at == part.size() && !ended) {
        part = after(jobId, ordinal);
        at = 0;
        ended = part.size() < PART;
        ordinal = part.isEmpty() ? ordinal : part.get(part.size() - 1).ordinal();
        done += part.size();
        progress.accept(done);
      }
      return at < part.size();
    }

    @Override
    public ItemLabels next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Row row = part.get(at++);
      return new ItemLabels(
          row.itemId(),
          Arrays.stream(row.classIndexes()).mapToObj(names::get).toList(),
          row.source(),
          jobId);
    }
  }
}

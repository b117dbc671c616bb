package org.atelier.labeling.queue;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/**
 * The counts of a job that the database keeps as rows change ({@code labeling.tally}), so that
 * nobody counts rows. Every method runs in the caller's transaction.
 */
@Singleton
class Tally {

  private static final long ALL = -1;

  private final Jdbi jdbi;

  Tally(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  private record Count(String kind, long key, long value) {}

  /**
   * How a job stands.
   *
   * @param open tasks that are with people
   * @param asked answers that open tasks still ask for
   * @param humanByClass by class index, classes without any left out
   */
  record Sums(
      long human,
      long machine,
      long open,
      long declined,
      long asked,
      long answers,
      long activeMillis,
      long openQuestions,
      Map<Integer, Long> humanByClass,
      Map<Integer, Long> machineByClass) {}

  /** Folds what was appended, then adds up; one row per kind, class and hour. */
  Sums of(UUID jobId) {
    fold(jobId);
    Map<String, Long> sums = new TreeMap<>();
    Map<Integer, Long> human = new TreeMap<>();
    Map<Integer, Long> machine = new TreeMap<>();
    for (Count count : counts(jobId)) {
      boolean ofClass = count.key() != ALL && (is(count, "H") || is(count, "M"));
      if (!ofClass) {
        sums.merge(count.kind(), count.value(), Long::sum);
      } else if (count.value() != 0) {
        (is(count, "H") ? human : machine).put((int) count.key(), count.value());
      }
    }
    return new Sums(
        sums.getOrDefault("H", 0L),
        sums.getOrDefault("M", 0L),
        sums.getOrDefault("O", 0L),
        sums.getOrDefault("D", 0L),
        sums.getOrDefault("S", 0L),
        sums.getOrDefault("A", 0L),
        sums.getOrDefault("T", 0L),
        sums.getOrDefault("Q", 0L),
        human,
        machine);
  }

  private static boolean is(Count count, String kind) {
    return count.kind().equals(kind);
  }

  /** Adds what was appended to the counts, unless somebody else is at it. */
  void fold(UUID jobId) {
    jdbi.useHandle(
        h ->
            h.createQuery("select labeling.fold_tally(:job)")
                .bind("job", jobId)
                .mapTo(String.class)
                .list());
  }

  private List<Count> counts(UUID jobId) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select kind, key, sum(value) as value from (
                      select kind, key, value from labeling.tally where job_id = :job
                      union all
                      select kind, key, value from labeling.tally_change where job_id = :job
                    ) t group by kind, key
                    """)
                .bind("job", jobId)
                .map(Rows.mapper(Count.class))
                .list());
  }
}

package org.atelier.labeling.queue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.atelier.labeling.JobNumbers;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Reads {@code labeling.tally} and current labels. */
@ApplicationScoped
class TallyReader implements JobNumbers {

  private static final int SECONDS_PER_HOUR = 3600;
  private static final long ALL = -1;

  private final Jdbi jdbi;

  TallyReader(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  private record Count(String kind, long key, long value) {}

  @Override
  @Transactional
  public Progress progress(UUID jobId) {
    return jdbi.withHandle(
        handle -> {
          Map<Integer, Long> human = new TreeMap<>();
          Map<Integer, Long> machine = new TreeMap<>();
          long[] sums = new long[4];
          for (Count count : counts(handle, jobId)) {
            switch (count.kind()) {
              case "H" -> sums[0] += put(human, count);
              case "M" -> sums[1] += put(machine, count);
              case "A" -> sums[2] += count.value();
              default -> sums[3] += count.value();
            }
          }
          return new Progress(
              sums[0],
              sums[1],
              tasks(handle, jobId, "OPEN"),
              tasks(handle, jobId, "DECLINED"),
              sums[2],
              sums[3],
              human,
              machine);
        });
  }

  /** Keeps a class's count; answers what it adds to the number of items. */
  private static long put(Map<Integer, Long> byClass, Count count) {
    if (count.key() == ALL) {
      return count.value();
    }
    if (count.value() != 0) {
      byClass.put((int) count.key(), count.value());
    }
    return 0;
  }

  private static List<Count> counts(Handle handle, UUID jobId) {
    handle
        .createQuery("select labeling.fold_tally(:job)")
        .bind("job", jobId)
        .mapTo(String.class)
        .list();
    return handle
        .createQuery(
            """
            select kind, key, sum(value) as value from (
              select kind, key, value from labeling.tally where job_id = :job
              union all
              select kind, key, value from labeling.tally_change where job_id = :job
            ) t group by kind, key
            """)
        .bind("job", jobId)
        .map(
            (row, context) ->
                new Count(row.getString("kind"), row.getLong("key"), row.getLong("value")))
        .list();
  }

  private static long tasks(Handle handle, UUID jobId, String state) {
    String sql =
        state.equals("OPEN")
            ? "select count(*) from labeling.task where job_id = :job and state = 'OPEN'"
            : "select count(*) from labeling.task where job_id = :job and state = 'DECLINED'";
    return handle.createQuery(sql).bind("job", jobId).mapTo(Long.class).one();
  }

  @Override
  @Transactional
  public List<Hour> hours(UUID jobId, Instant from) {
    long first = from.getEpochSecond() / SECONDS_PER_HOUR;
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select key, sum(value) filter (where kind = 'A') as answers,
                      sum(value) filter (where kind = 'T') as millis
                    from (
                      select kind, key, value from labeling.tally where job_id = :job
                      union all
                      select kind, key, value from labeling.tally_change where job_id = :job
                    ) t where kind in ('A', 'T') and key >= :first group by key order by key
                    """)
                .bind("job", jobId)
                .bind("first", first)
                .map(
                    (row, context) ->
                        new Hour(
                            Instant.ofEpochSecond(row.getLong("key") * SECONDS_PER_HOUR),
                            row.getLong("answers"),
                            row.getLong("millis")))
                .list());
  }

  @Override
  @Transactional
  public List<CurrentLabel> labels(UUID jobId, Collection<UUID> itemIds) {
    if (itemIds.isEmpty()) {
      return List.of();
    }
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select l.item_id, l.class_indexes, l.source, l.confidence, l.round, l.created_at
                    from unnest(:items) with ordinality i (id, place)
                    join labeling.label l on l.job_id = :job and l.item_id = i.id
                      and l.superseded_at is null
                    order by i.place
                    """)
                .bind("job", jobId)
                .bind("items", itemIds.toArray(UUID[]::new))
                .map((row, context) -> label(row))
                .list());
  }

  @Override
  @Transactional
  public List<CurrentLabel> newestMachineLabels(UUID jobId, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select item_id, class_indexes, source, confidence, round, created_at
                    from labeling.label
                    where job_id = :job and source = 'MACHINE' and superseded_at is null
                    order by round desc limit :limit
                    """)
                .bind("job", jobId)
                .bind("limit", Math.max(1, Math.min(500, limit)))
                .map((row, context) -> label(row))
                .list());
  }

  private static CurrentLabel label(ResultSet row) throws SQLException {
    Array array = row.getArray("class_indexes");
    Integer[] classes = (Integer[]) array.getArray();
    return new CurrentLabel(
        row.getObject("item_id", UUID.class),
        IntStream.range(0, classes.length).map(i -> classes[i]).toArray(),
        row.getString("source").equals("MACHINE"),
        row.getDouble("confidence"),
        row.getInt("round"),
        row.getTimestamp("created_at").toInstant());
  }
}

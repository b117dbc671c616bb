package org.atelier.labeling.queue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.atelier.labeling.JobNumbers;
import org.jdbi.v3.core.Jdbi;

/** Reads {@code labeling.tally} and current labels. */
@ApplicationScoped
class TallyReader implements JobNumbers {

  private static final int SECONDS_PER_HOUR = 3600;

  private final Jdbi jdbi;
  private final Tally tally;

  TallyReader(Jdbi jdbi, Tally tally) {
    this.jdbi = jdbi;
    this.tally = tally;
  }

  @Override
  @Transactional
  public Progress progress(UUID jobId) {
    Tally.Sums sums = tally.of(jobId);
    return new Progress(
        sums.human(),
        sums.machine(),
        sums.open(),
        sums.declined(),
        sums.answers(),
        sums.activeMillis(),
        sums.humanByClass(),
        sums.machineByClass());
  }

  @Override
  @Transactional
  public long simulatedAnswers(UUID jobId) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select count(*) from workforce.person p
                    join labeling.answer a on a.worker_id = p.id and a.job_id = :job
                      and a.undone_at is null and a.replaced_at is null
                    where p.simulated
                    """)
                .bind("job", jobId)
                .mapTo(Long.class)
                .one());
  }

  @Override
  @Transactional
  public List<Minute> minutes(UUID jobId, Instant from, Instant to) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select date_trunc('minute', received_at) as start, count(*) as answers
                    from labeling.answer
                    where job_id = :job and received_at >= :from and received_at < :to
                      and undone_at is null and replaced_at is null
                    group by 1 order by 1
                    """)
                .bind("job", jobId)
                .bind("from", from)
                .bind("to", to)
                .map(Rows.mapper(Minute.class))
                .list());
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
                      and not exists (select from labeling.task t where t.job_id = :job
                        and t.item_id = label.item_id and t.state = 'OPEN')
                    order by round desc limit :limit
                    """)
                .bind("job", jobId)
                .bind("limit", Math.max(1, Math.min(500, limit)))
                .map((row, context) -> label(row))
                .list());
  }

  @Override
  @Transactional
  public Set<UUID> withPeople(UUID jobId, Collection<UUID> itemIds) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select item_id from labeling.task
                    where job_id = :job and item_id = any(:items) and state = 'OPEN'
                    """)
                .bind("job", jobId)
                .bind("items", itemIds.toArray(UUID[]::new))
                .mapTo(UUID.class)
                .set());
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

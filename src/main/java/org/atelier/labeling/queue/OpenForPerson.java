package org.atelier.labeling.queue;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Jdbi;

/**
 * What one person could be given in a job: nobody is asked twice about an item. The head of the
 * queue is looked at, never all of it: of jobs with more tasks than that only the many are known.
 * Every method runs in the caller's transaction.
 */
@Singleton
class OpenForPerson {

  private static final int LOOKED_AT = 50_000;
  private static final Duration FRESH = Duration.ofSeconds(2);

  private static final String HEAD =
      """
      (select id from labeling.task
        where job_id = :job and state = 'OPEN' and taken < required
        order by priority, taken, position limit :looked) t
      """;

  /** Task by task, as leases may be far more than the tasks looked at. */
  private static final String FREE =
      "from "
          + HEAD
          + """
          where coalesce((
            select l.state not in ('ACTIVE', 'ANSWERED', 'DECLINED') from labeling.lease l
            where l.task_id = t.id and l.worker_id = :person), true)
          """;

  private static final String HELD =
      """
      from labeling.lease
      where worker_id = :person and job_id = :job and state = 'ACTIVE'
      """;

  private final Jdbi jdbi;
  private final OpenCounts openCounts;
  private final Clock clock;
  private final ConcurrentHashMap<Key, Count> counts = new ConcurrentHashMap<>();

  private record Key(UUID job, UUID person) {}

  private record Count(int open, Instant at) {}

  OpenForPerson(Jdbi jdbi, OpenCounts openCounts, Clock clock) {
    this.jdbi = jdbi;
    this.openCounts = openCounts;
    this.clock = clock;
  }

  /**
   * Tasks that the person holds or could be given, up to {@link OpenCounts#MOST}, at most two
   * seconds old.
   *
   * @param more whether the job has items that are not in the queue yet
   */
  int of(UUID jobId, UUID personId, boolean more) {
    Instant now = clock.instant();
    Key key = new Key(jobId, personId);
    Count known = counts.get(key);
    if (known != null && known.at().plus(FRESH).isAfter(now)) {
      return known.open();
    }
    if (counts.size() >= Pace.MANY) {
      counts.values().removeIf(one -> !one.at().plus(FRESH).isAfter(now));
    }
    Count fresh = new Count(count(jobId, personId, more), now);
    counts.put(key, fresh);
    return fresh.open();
  }

  private int count(UUID jobId, UUID personId, boolean more) {
    int open = openCounts.of(jobId);
    int free = number("select count(*) from (select " + FREE + " limit :most) f", jobId, personId);
    boolean many = open == OpenCounts.MOST && free < open && isLongerThanTheHead(jobId, personId);
    int held = number("select count(*) " + HELD, jobId, personId);
    int all = many ? OpenCounts.MOST : Math.min(OpenCounts.MOST, free + held);
    return all == 0 && more ? Math.max(1, open) : all;
  }

  private boolean isLongerThanTheHead(UUID jobId, UUID personId) {
    return number("select count(*) from " + HEAD, jobId, personId) == LOOKED_AT;
  }

  /** Whether {@link #of} is above zero, without counting. */
  boolean any(UUID jobId, UUID personId) {
    return number(
                "select (exists (select "
                    + FREE
                    + ") or exists (select "
                    + HELD
                    + ") or exists (select from labeling.job where id = :job"
                    + " and next_ordinal is not null))::int",
                jobId,
                personId)
            > 0
        || (openCounts.of(jobId) == OpenCounts.MOST && isLongerThanTheHead(jobId, personId));
  }

  private int number(String sql, UUID jobId, UUID personId) {
    return jdbi.withHandle(
        h ->
            h.createQuery(sql)
                .bind("job", jobId)
                .bind("person", personId)
                .bind("looked", LOOKED_AT)
                .bind("most", OpenCounts.MOST)
                .mapTo(Integer.class)
                .one());
  }
}

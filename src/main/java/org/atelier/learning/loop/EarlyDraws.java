package org.atelier.learning.loop;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.atelier.learning.certify.EarlyDesign;
import org.atelier.learning.pool.PoolItems;
import org.jdbi.v3.core.Jdbi;

/**
 * Draws without replacement from the items that were open when a step read what people had said, by
 * chances that an older model gave; people who would wait for the step are given the first of them.
 *
 * <p>Nothing that the step reads may have been handed out of the same order: it is forgotten before
 * a step reads, and offered after it has read.
 */
@Singleton
class EarlyDraws {

  private static final int MOST = 5_000;

  private final Jdbi jdbi;

  EarlyDraws(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * The seed of an order; another one for every time a step is begun, so that a step that was cut
   * off and is begun again has an order that nobody has seen a part of.
   */
  static long seed(long job, int step, Instant read) {
    return new SplittableRandom(job * 1_000_003 + step).nextLong()
        ^ new SplittableRandom(read.toEpochMilli()).nextLong();
  }

  /** Hands nothing out until the next {@link #offer}. */
  void forget(UUID jobId) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate("delete from learning.early_draws where job_id = :job")
                .bind("job", jobId)
                .execute());
  }

  /**
   * Offers the first draws from open items, at most 5,000.
   *
   * @param kinds kind of each, which decides how often it is drawn
   */
  void offer(UUID jobId, PoolItems items, int[] open, byte[] kinds, long seed) {
    UUID[] offered =
        Arrays.stream(EarlyDesign.order(kinds, MOST, seed))
            .mapToObj(place -> items.item(open[place]))
            .toArray(UUID[]::new);
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    "insert into learning.early_draws (job_id, items) values (:job, :items)")
                .bind("job", jobId)
                .bind("items", offered)
                .execute());
  }

  /** Hands out the next items, fewer when fewer are left; inside a transaction. */
  List<UUID> handOut(UUID jobId, int count) {
    if (count == 0) {
      return List.of();
    }
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    with before as (
                      select job_id, handed_out from learning.early_draws
                      where job_id = :job for update)
                    update learning.early_draws e
                    set handed_out = least(cardinality(e.items), b.handed_out + :count)
                    from before b where e.job_id = b.job_id
                    returning e.items[b.handed_out + 1 : e.handed_out]
                    """)
                .bind("job", jobId)
                .bind("count", count)
                .map((row, context) -> ids(row.getArray(1)))
                .findOne()
                .orElse(List.of()));
  }

  /** What was handed out since the newest offer, in its order. */
  List<UUID> handedOut(UUID jobId) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select items[1 : handed_out] from learning.early_draws where job_id = :job")
                .bind("job", jobId)
                .map((row, context) -> ids(row.getArray(1)))
                .findOne()
                .orElse(List.of()));
  }

  /** How many items were handed out since the newest offer. */
  int countHandedOut(UUID jobId) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select handed_out from learning.early_draws where job_id = :job")
                .bind("job", jobId)
                .mapTo(Integer.class)
                .findOne()
                .orElse(0));
  }

  private static List<UUID> ids(java.sql.Array array) throws java.sql.SQLException {
    List<UUID> ids = new ArrayList<>();
    for (Object id : (Object[]) array.getArray()) {
      ids.add((UUID) id);
    }
    return ids;
  }
}

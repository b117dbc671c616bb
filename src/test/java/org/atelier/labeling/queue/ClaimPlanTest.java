package org.atelier.labeling.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.atelier.labeling.TaskReason;
import org.atelier.platform.database.PostgresExtension;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ClaimPlanTest {

  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();

  private static final int ITEMS = 20_000;

  /**
   * The claim walks the queue's partial index and stops; it never reads or sorts the whole queue.
   */
  @Test
  void theClaimReadsOnlyTheHeadOfTheQueue() {
    QueueFixture fixture = new QueueFixture(POSTGRES.dataSource(), ITEMS);
    UUID job = fixture.job(1, 1);
    fixture.ask(job, 0, TaskReason.RANDOM_START, 0, ITEMS);
    Jdbi jdbi = fixture.transactions.jdbi();
    jdbi.useHandle(h -> h.execute("analyze labeling.task"));
    UUID person = fixture.labeler();
    String plan = fixture.transactions.thatDies(() -> explain(jdbi, job, person));
    assertTrue(plan.contains("Index Scan using task_queue"), plan);
    assertFalse(plan.contains("Seq Scan on task"), plan);
    assertFalse(plan.contains("Sort Key: t.priority"), plan);
    int blocks =
        plan.lines()
            .filter(line -> line.contains("Buffers: shared hit="))
            .mapToInt(line -> Integer.parseInt(line.replaceAll(".*shared hit=(\\d+).*", "$1")))
            .findFirst()
            .orElseThrow();
    assertTrue(blocks < 400, "touched blocks: " + blocks + "\n" + plan);
    assertEquals(5, fixture.claim(job, person, 5).tasks().size());
    fixture.transactions.close();
  }

  private static String explain(Jdbi jdbi, UUID job, UUID person) {
    UUID[] ids = {UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID()};
    List<String> lines =
        jdbi.withHandle(
            h ->
                h.createQuery("explain (analyze, buffers, timing off) " + LeaseRepository.CLAIM)
                    .bind("job", job)
                    .bind("worker", person)
                    .bind("count", 3)
                    .bind("now", Instant.parse("2026-11-23T08:00:00Z"))
                    .bind("until", Instant.parse("2026-11-23T08:10:00Z"))
                    .bind("ids", ids)
                    .mapTo(String.class)
                    .list());
    return String.join("\n", lines);
  }
}

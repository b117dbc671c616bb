package org.atelier.platform.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.atelier.platform.Ids;
import org.atelier.platform.database.PostgresExtension;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EventRepositoryTest {

  private static final Instant MARCH = Instant.parse("2026-03-01T00:00:00Z");
  private static final Instant APRIL = Instant.parse("2026-04-01T00:00:00Z");
  private static final Instant MAY = Instant.parse("2026-05-01T00:00:00Z");

  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();

  private Jdbi jdbi;
  private EventRepository events;

  @BeforeEach
  void open() {
    jdbi = POSTGRES.jdbi();
    events = new EventRepository(jdbi);
  }

  private void publish(UUID project, String type, Instant at) {
    jdbi.useHandle(
        h ->
            h.execute(
                "insert into platform.outbox (at, project_id, type, payload) values (?, ?, ?, '{}')",
                at,
                project,
                type));
  }

  /** Events are held back while an older transaction goes on anywhere on the server. */
  private List<EventRow> all(UUID project, String... types) throws InterruptedException {
    List<EventRow> rows = events.after(project, 0, 100);
    for (int look = 0; look < 3_600 && rows.size() < types.length; look++) {
      Thread.sleep(50);
      rows = events.after(project, 0, 100);
    }
    assertEquals(List.of(types), rows.stream().map(EventRow::type).toList());
    return rows;
  }

  @Test
  void oldEventsGoButTheNewestOfEachProjectStaysForThoseWhoReadOn() throws InterruptedException {
    UUID busy = Ids.next();
    UUID quiet = Ids.next();
    publish(busy, "one", MARCH);
    publish(busy, "two", MARCH);
    publish(quiet, "one", MARCH);
    publish(quiet, "two", MARCH);
    publish(null, "nobody's", MARCH);
    publish(busy, "three", MAY);
    long first = all(busy, "one", "two", "three").get(0).id();
    long place = all(quiet, "one", "two").get(1).id();

    long last = events.lastBefore(APRIL);
    for (long done = 0; done < last; ) {
      done = events.removeBefore(APRIL, done, last, 2);
    }

    all(busy, "three");
    all(quiet, "two");
    assertFalse(events.isKept(busy, first));
    assertTrue(events.isKept(quiet, place));
    assertFalse(events.isKept(busy, place), "it is another project's");
    assertEquals(List.of(), events.after(quiet, place, 100));
  }

  @Test
  void oldEventsAreReadOnceHoweverManyStepsTheirRemovalTakes() throws InterruptedException {
    UUID project = Ids.next();
    long inserted = number(INSERTED);
    jdbi.useHandle(
        h ->
            h.execute(
                """
                insert into platform.outbox (at, project_id, type, payload)
                select ?, ?, 'old', jsonb_build_object('text', repeat('x', 1800))
                from generate_series(1, 4000)
                """,
                MARCH,
                project));
    awaitCount(INSERTED, inserted + 4_000);
    long blocks = number("pg_relation_size('platform.outbox') / 8192");
    long removed = number(REMOVED);
    long before = number(TOUCHED);
    long last = events.lastBefore(APRIL);
    for (long done = 0; done < last; ) {
      done = events.removeBefore(APRIL, done, last, 20);
    }
    awaitCount(REMOVED, removed + 3_999);
    long touched = number(TOUCHED) - before;
    assertEquals(1, number("count(*) from platform.outbox where project_id = '" + project + "'"));
    // Each event is touched some times, and PostgreSQL may tidy up meanwhile; the 200 steps do not
    // go through the blocks before.
    assertTrue(touched >= 3_999, touched + " touched");
    assertTrue(touched < 4_000 * 8 + 10 * blocks, touched + " touched of " + blocks);
  }

  private static final String TOUCHED = statistic("heap_blks_hit + heap_blks_read", "statio");
  private static final String INSERTED = statistic("n_tup_ins", "stat");
  private static final String REMOVED = statistic("n_tup_del", "stat");

  private static String statistic(String what, String view) {
    return "(select %s from pg_%s_user_tables where schemaname = 'platform' and relname = 'outbox')"
        .formatted(what, view);
  }

  /** PostgreSQL counts what a connection did after the connection ends, all of it at once. */
  private void awaitCount(String what, long least) throws InterruptedException {
    for (int look = 0; look < 1_200 && number(what) < least; look++) {
      Thread.sleep(50);
    }
    assertTrue(number(what) >= least, what);
  }

  private long number(String what) {
    return jdbi.withHandle(h -> h.createQuery("select " + what).mapTo(Long.class).one());
  }
}

package org.atelier.labeling.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.atelier.labeling.QueueDepth;
import org.atelier.labeling.TaskReason;
import org.atelier.labeling.WorkQueue.LeasedTask;
import org.atelier.platform.database.PostgresExtension;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What people do again and again reads a few rows however large the job is. PostgreSQL itself says
 * how many rows a transaction read.
 */
class QueueReadsTest {

  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();

  private static final int ITEMS = 30_000;
  private static final int ANSWERED = 20_000;
  private static final int FEW = 400;

  private static QueueFixture fixture;
  private static UUID job;
  private static UUID ana;
  private static JobItems jobItems;
  private static OwnWork ownWork;

  @BeforeAll
  static void build() {
    fixture = new QueueFixture(POSTGRES.dataSource(), ITEMS);
    job = fixture.job(1, 1);
    fixture.ask(job, 0, TaskReason.RANDOM_START, 0, ITEMS);
    ana = fixture.labeler();
    answerMany();
    Jdbi jdbi = fixture.transactions.jdbi();
    jdbi.useHandle(h -> h.execute("analyze"));
    jobItems =
        new JobItems(
            jdbi,
            fixture.tally,
            fixture.repository,
            new Skills(jdbi, new Reconsolidation(jdbi, null, null, null), fixture.clock));
    ownWork =
        new OwnWork(
            jdbi,
            null,
            new OpenForPerson(
                jdbi,
                new OpenCounts(fixture.repository, fixture.tally, fixture.clock),
                fixture.clock),
            fixture.clock);
    fixture.in(() -> fixture.tally.of(job));
  }

  /** As if Ana had answered the first 20,000 items, one class in a thousand being rare. */
  private static void answerMany() {
    Map<String, Object> who = Map.of("job", job, "person", ana, "most", ANSWERED);
    fixture.in(
        () -> {
          fixture.update(
              """
              insert into labeling.lease (id, job_id, task_id, worker_id, state, leased_at,
                expires_at, ended_at)
              select gen_random_uuid(), :job, id, :person, 'ANSWERED', now(), now(), now()
              from labeling.task where job_id = :job and ordinal < :most
              """,
              who);
          fixture.update(
              """
              insert into labeling.answer (id, job_id, task_id, lease_id, worker_id, client_key,
                class_indexes, reason, active_millis, answered_at, received_at, surplus)
              select gen_random_uuid(), :job, task_id, id, :person, gen_random_uuid(), '{1}',
                'RANDOM_START', 100, now(), now(), false
              from labeling.lease where job_id = :job and worker_id = :person and :most > 0
              """,
              who);
          fixture.update(
              """
              insert into labeling.label (id, job_id, item_id, ordinal, class_indexes, mentioned,
                mentioned_confidences, source, confidence, answers, round, created_at)
              select gen_random_uuid(), :job, item_id, ordinal,
                array[case when ordinal % 1000 = 999 then 2 else 1 end], '{}', '{}', 'HUMAN', 0, 1,
                0, now()
              from labeling.task where job_id = :job and ordinal < :most and :person is not null
              """,
              who);
          return fixture.update(
              """
              update labeling.task set state = 'SETTLED', taken = 1, answered = 1
              where job_id = :job and ordinal < :most and :person is not null
              """,
              who);
        });
  }

  @AfterAll
  static void close() {
    fixture.transactions.close();
  }

  private static <T> T reading(String act, Supplier<T> body) {
    // What earlier transactions of the connection read is counted elsewhere from here on.
    fixture.in(
        () ->
            fixture
                .transactions
                .jdbi()
                .withHandle(h -> h.execute("select pg_stat_force_next_flush()")));
    return fixture.in(
        () -> {
          T result = body.get();
          long rows = rowsRead();
          assertTrue(rows < FEW, act + " read " + rows + " rows");
          return result;
        });
  }

  private static long rowsRead() {
    return fixture
        .transactions
        .jdbi()
        .withHandle(
            h ->
                h.createQuery(
                        """
                        select sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))
                        from pg_stat_xact_user_tables
                        where schemaname in ('labeling', 'dataset')
                        """)
                    .mapTo(Long.class)
                    .one());
  }

  @Test
  void claimingAndAnsweringReadAFewRows() {
    List<LeasedTask> tasks =
        reading("claim", () -> fixture.queue.claim(fixture.project, job, ana, 12, List.of()))
            .tasks();
    assertEquals(12, tasks.size());
    reading(
        "submit",
        () ->
            fixture.queue.submit(
                fixture.project, job, ana, QueueFixture.given(UUID.randomUUID(), tasks.get(0), 1)));
  }

  @Test
  void theNumbersOfTheWorkPageAndOfTheJobPageReadAFewRows() {
    assertTrue(reading("own counts", () -> ownWork.counts(job, ana)).answers() >= ANSWERED);
    assertTrue(reading("job counts", () -> jobItems.counts(job)).human() >= ANSWERED);
    assertTrue(reading("time sheet", () -> ownWork.days(fixture.project, ana)).size() >= 1);
  }

  @Test
  void theLoopsLookAtTheQueueReadsAFewRows() {
    // Tasks that nobody may answer are looked for in the first look of any two seconds.
    fixture.in(() -> fixture.bridge.queueDepth(job));
    QueueDepth depth = reading("look", () -> fixture.bridge.queueDepth(job));
    assertTrue(depth.settled() >= ANSWERED, depth::toString);
    assertTrue(depth.answers() >= ANSWERED, depth::toString);
  }

  @Test
  void whoeverLooksAtTheOpenJobsReadsWhatWasCountedAMomentAgo() {
    List<OwnWork.OpenJob> first = fixture.in(() -> ownWork.jobs(fixture.project, ana));
    List<OwnWork.OpenJob> second = reading("open jobs", () -> ownWork.jobs(fixture.project, ana));
    assertTrue(first.get(0).open() > 1_000);
    assertEquals(first.get(0).open(), second.get(0).open());
  }

  @Test
  void whetherThereIsWorkForAPersonIsReadFromAFewRows() {
    OpenForPerson openFor =
        new OpenForPerson(
            fixture.transactions.jdbi(),
            new OpenCounts(fixture.repository, fixture.tally, fixture.clock),
            fixture.clock);
    assertTrue(reading("any work", () -> openFor.any(job, ana)));
  }

  @Test
  void ownWorkReadsOnePage() {
    List<OwnWork.OwnAnswer> first =
        reading("own work", () -> ownWork.answers(fixture.project, ana, null, "", null));
    assertEquals(50, first.size());
    reading(
        "own work, second page",
        () -> ownWork.answers(fixture.project, ana, job, "", first.get(49).id()));
  }

  @Test
  void theListsOfItemsReadOnePage() {
    for (String state : new String[] {null, "HUMAN", "MACHINE", "OPEN", "DECLINED"}) {
      reading("items " + state, () -> jobItems.items(job, state, null, 9_000));
    }
    assertEquals(20, reading("rare label", () -> jobItems.items(job, null, 2, -1)).size());
    assertFalse(reading("open", () -> jobItems.items(job, "OPEN", null, -1)).isEmpty());
  }
}

package org.atelier.labeling.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.atelier.labeling.TaskReason;
import org.atelier.labeling.WorkQueue.LeasedTask;
import org.atelier.platform.database.PostgresExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class QueueConcurrencyTest {

  private static final int PEOPLE = 48;
  private static final int ITEMS = 400;

  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();

  /**
   * Forty-eight people claim, answer, repeat, release, undo and drop out at once. Afterwards every
   * item has exactly its three answers, by three people, and every count adds up.
   */
  @Test
  void fortyEightPeopleNeverShareASlot() throws Exception {
    QueueFixture fixture = new QueueFixture(POSTGRES.dataSource(), ITEMS);
    UUID job = fixture.job(3, 3);
    fixture.ask(job, 0, TaskReason.RANDOM_START, 0, ITEMS);
    ExecutorService pool = Executors.newFixedThreadPool(PEOPLE);
    List<Future<Integer>> outcomes = new ArrayList<>();
    for (int person = 0; person < PEOPLE; person++) {
      UUID id = fixture.labeler();
      Random random = new Random(person);
      outcomes.add(pool.submit(() -> work(fixture, job, id, random)));
    }
    int answered = 0;
    for (Future<Integer> outcome : outcomes) {
      answered += outcome.get();
    }
    pool.shutdown();
    assertEquals(3 * ITEMS, answered);
    assertEquals(0L, fixture.count(TASKS_NOT_ADDING_UP, job));
    assertEquals(0L, fixture.count(ITEMS_WITHOUT_THREE_PEOPLE, job));
    assertEquals(
        (long) ITEMS,
        fixture.count(
            "select count(*) from labeling.label where job_id = :job and superseded_at is null",
            job));
    fixture.transactions.close();
  }

  private static final String TASKS_NOT_ADDING_UP =
      """
      select count(*) from labeling.task t
      where job_id = :job and (state <> 'SETTLED' or taken <> 3 or answered <> 3
        or taken <> (select count(*) from labeling.lease l
          where l.task_id = t.id and l.state in ('ACTIVE', 'ANSWERED')))
      """;

  private static final String UNSETTLED =
      "select count(*) from labeling.task where job_id = :job and state <> 'SETTLED'";

  private static final String ITEMS_WITHOUT_THREE_PEOPLE =
      """
      select count(*) from (
        select t.id from labeling.task t
        left join labeling.answer a on a.task_id = t.id and a.undone_at is null
        where t.job_id = :job
        group by t.id
        having count(a.id) <> 3 or count(distinct a.worker_id) <> 3 or bool_or(a.surplus)) odd
      """;

  private static int work(QueueFixture fixture, UUID job, UUID person, Random random) {
    int answered = 0;
    long end = System.nanoTime() + 120_000_000_000L;
    while (System.nanoTime() < end) {
      List<LeasedTask> tasks = fixture.claim(job, person, 1 + random.nextInt(3)).tasks();
      if (tasks.isEmpty()) {
        if (fixture.count(UNSETTLED, job) == 0) {
          break;
        }
        pause();
        continue;
      }
      for (LeasedTask task : tasks) {
        answered += oneTask(fixture, job, person, task, random);
      }
    }
    return answered;
  }

  private static int oneTask(
      QueueFixture fixture, UUID job, UUID person, LeasedTask task, Random random) {
    int dice = random.nextInt(20);
    if (dice == 0) {
      fixture.in(() -> fixture.queue.release(fixture.project, job, person, List.of(task.lease())));
      return 0;
    }
    UUID key = UUID.randomUUID();
    if (dice == 1) {
      fixture.transactions.thatDies(
          () ->
              fixture.queue.submit(fixture.project, job, person, QueueFixture.given(key, task, 0)));
    }
    int label = random.nextInt(3) / 2;
    fixture.answer(job, person, key, task, label);
    if (dice == 2) {
      fixture.answer(job, person, key, task, label);
    }
    if (dice == 3) {
      LeasedTask again =
          fixture.in(() -> fixture.queue.undo(fixture.project, job, person, key)).orElseThrow();
      fixture.answer(job, person, again, label);
    }
    return 1;
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static final String SLOTS_WITHOUT_A_LEASE =
      """
      select count(*) from labeling.task t
      where job_id = :job and taken <> (select count(*) from labeling.lease l
        where l.task_id = t.id and l.state in ('ACTIVE', 'ANSWERED'))
      """;

  /**
   * Claims of one person that begin while another of them ends see other leases than there are when
   * they come to a task; much that the person has skipped makes them slow.
   */
  @Test
  void whoClaimsInSeveralTabsAtOnceTakesEachTaskOnce() throws Exception {
    int skipped = 6_000;
    QueueFixture fixture = new QueueFixture(POSTGRES.dataSource(), skipped + 40);
    UUID job = fixture.job(2, 2);
    fixture.ask(job, 0, TaskReason.RANDOM_START, 0, skipped + 40);
    UUID person = fixture.labeler();
    fixture.in(
        () ->
            fixture.update(
                """
                insert into labeling.lease
                  (id, job_id, task_id, worker_id, state, leased_at, expires_at)
                select gen_random_uuid(), job_id, id, :person, 'DECLINED', now(), now()
                from labeling.task where job_id = :job and ordinal < :skipped
                """,
                Map.of("person", person, "job", job, "skipped", skipped)));
    int tabs = 6;
    ExecutorService pool = Executors.newFixedThreadPool(tabs);
    for (int round = 0; round < 10; round++) {
      List<Callable<Object>> claims = new ArrayList<>();
      for (int tab = 0; tab < tabs; tab++) {
        int wait = 3 * tab;
        claims.add(
            () -> {
              Thread.sleep(wait);
              return fixture.claim(job, person, 4);
            });
      }
      for (Future<Object> claim : pool.invokeAll(claims)) {
        claim.get();
      }
      assertEquals(0L, fixture.count(SLOTS_WITHOUT_A_LEASE, job));
      fixture.clock.move(Duration.ofHours(1));
    }
    pool.shutdown();
    fixture.transactions.close();
  }

  /** Two requests with the same key at the same moment are one answer. */
  @Test
  void aRetryThatOvertakesItsFirstSendIsTheSameAnswer() throws Exception {
    QueueFixture fixture = new QueueFixture(POSTGRES.dataSource(), 40);
    UUID job = fixture.job(1, 1);
    fixture.ask(job, 0, TaskReason.RANDOM_START, 0, 40);
    UUID person = fixture.labeler();
    ExecutorService pool = Executors.newFixedThreadPool(8);
    for (int round = 0; round < 40; round++) {
      LeasedTask task = fixture.claimOne(job, person);
      UUID key = UUID.randomUUID();
      List<Callable<Object>> sends = new ArrayList<>();
      for (int send = 0; send < 8; send++) {
        sends.add(() -> fixture.answer(job, person, key, task, 1));
      }
      List<Future<Object>> receipts = pool.invokeAll(sends);
      for (Future<Object> receipt : receipts) {
        assertEquals(receipts.get(0).get(), receipt.get());
      }
    }
    pool.shutdown();
    assertEquals(
        40L, fixture.count("select count(*) from labeling.answer where job_id = :job", job));
    fixture.transactions.close();
  }
}

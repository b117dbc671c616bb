package org.atelier.labeling.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.atelier.labeling.JobNumbers;
import org.atelier.labeling.QueueDepth;
import org.atelier.labeling.TaskReason;
import org.atelier.labeling.WorkQueue.DeclineReason;
import org.atelier.labeling.WorkQueue.LeasedTask;
import org.atelier.labeling.WorkQueue.Receipt;
import org.atelier.platform.database.PostgresExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TallyTest {

  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();
  private static QueueFixture fixture;

  @BeforeAll
  static void build() {
    fixture = new QueueFixture(POSTGRES.dataSource(), 40);
  }

  @AfterAll
  static void close() {
    fixture.transactions.close();
  }

  /** After any acts the kept counts are those one gets by counting the rows. */
  @Test
  void keptCountsEqualCountedRows() {
    UUID job = fixture.job(2, 3);
    fixture.ask(job, 0, TaskReason.RANDOM_START, 0, 30);
    List<UUID> people = List.of(fixture.labeler(), fixture.labeler(), fixture.labeler());
    Random chance = new Random(7);
    for (int act = 0; act < 120; act++) {
      UUID person = people.get(chance.nextInt(3));
      List<LeasedTask> tasks = fixture.claim(job, person, 1).tasks();
      if (!tasks.isEmpty()) {
        act(job, person, tasks.get(0), chance);
      }
      if (act == 60) {
        fixture.in(() -> fixture.bridge.sendBack(job, 1, fixture.items.subList(0, 5)));
        fixture.in(() -> fixture.bridge.dequeue(job, fixture.items.subList(25, 30)));
        fixture.ask(job, 1, TaskReason.AUDIT, 26, 34);
      }
      if (act % 20 == 0) {
        compare(job);
      }
    }
    compare(job);
  }

  @Test
  void answersAreCountedByTheMinuteTheyCameIn() {
    UUID job = fixture.job(1, 1);
    fixture.ask(job, 0, TaskReason.RANDOM_START, 0, 4);
    UUID person = fixture.labeler();
    Instant minute = fixture.clock.instant().truncatedTo(ChronoUnit.MINUTES);
    fixture.answerNext(job, person, 1);
    fixture.answerNext(job, person, 1);
    fixture.clock.move(Duration.ofMinutes(3));
    fixture.answerNext(job, person, 1);
    fixture.in(
        () -> fixture.queue.undo(fixture.project, job, person, undone(job, person)).isPresent());
    fixture.answerNext(job, person, 1);
    TallyReader reader = new TallyReader(fixture.transactions.jdbi(), fixture.tally);
    assertEquals(
        List.of(
            new JobNumbers.Minute(minute, 2),
            new JobNumbers.Minute(minute.plus(Duration.ofMinutes(3)), 1)),
        fixture.in(() -> reader.minutes(job, minute, minute.plus(Duration.ofHours(1)))));
  }

  /** The key of the person's newest answer. */
  private static UUID undone(UUID job, UUID person) {
    return fixture
        .transactions
        .jdbi()
        .withHandle(
            h ->
                h.createQuery(
                        """
                        select client_key from labeling.answer
                        where job_id = :job and worker_id = :person order by id desc limit 1
                        """)
                    .bind("job", job)
                    .bind("person", person)
                    .mapTo(UUID.class)
                    .one());
  }

  /** A database of before gets its counts from the rows it has. */
  @Test
  void theMigrationCountsWhatIsThere() throws IOException {
    UUID job = fixture.job(2, 2);
    fixture.ask(job, 0, TaskReason.RANDOM_START, 0, 10);
    for (int person = 0; person < 2; person++) {
      UUID id = fixture.labeler();
      for (int item = 0; item < 4 - person; item++) {
        fixture.answerNext(job, id, 1);
      }
    }
    String script = "/db/migration/V0029__labeling_settled_counts.sql";
    String statements;
    try (InputStream in = TallyTest.class.getResourceAsStream(script)) {
      statements = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    fixture.in(
        () -> {
          fixture.update("delete from labeling.tally where kind in ('E', 'N')", Map.of());
          fixture.update("delete from labeling.tally_change where kind in ('E', 'N')", Map.of());
          return fixture.transactions.jdbi().withHandle(h -> h.execute(statements));
        });
    compare(job);
  }

  private static void act(UUID job, UUID person, LeasedTask task, Random chance) {
    int kind = chance.nextInt(8);
    if (kind == 0) {
      fixture.in(
          () -> {
            fixture.queue.decline(
                fixture.project, job, person, task.lease(), DeclineReason.UNSURE, null);
            return null;
          });
      return;
    }
    Receipt receipt = fixture.answer(job, person, task, chance.nextInt(3));
    if (kind == 1) {
      fixture.in(() -> fixture.queue.undo(fixture.project, job, person, receipt.key()));
    } else if (kind == 2) {
      fixture.in(
          () ->
              fixture.queue.correct(
                  fixture.project,
                  job,
                  person,
                  receipt.answer(),
                  UUID.randomUUID(),
                  new int[] {chance.nextInt(3)}));
    }
  }

  private static void compare(UUID job) {
    Tally.Sums sums = fixture.in(() -> fixture.tally.of(job));
    String tasks = "from labeling.task where job_id = :job and state = ";
    assertEquals(fixture.count("select count(*) " + tasks + "'OPEN'", job), sums.open());
    assertEquals(fixture.count("select count(*) " + tasks + "'DECLINED'", job), sums.declined());
    assertEquals(
        fixture.count("select coalesce(sum(required - answered), 0) " + tasks + "'OPEN'", job),
        sums.asked());
    String all = "from labeling.task where job_id = :job";
    assertEquals(
        new QueueDepth(
            sums.open(),
            fixture.count("select sum(taken - answered) " + all, job),
            fixture.count("select count(*) " + tasks + "'SETTLED'", job),
            sums.declined(),
            fixture.count("select sum(answered) " + all, job),
            fixture.count(
                "select count(*) from labeling.lease l join labeling.task t on t.id = l.task_id"
                    + " where l.job_id = :job and l.state = 'ACTIVE' and t.state = 'WITHDRAWN'",
                job),
            sums.asked(),
            Math.max(0, sums.answers() - fixture.count("select sum(answered) " + all, job))),
        fixture.in(() -> fixture.bridge.queueDepth(job)));
    String answers = "from labeling.answer where job_id = :job";
    String current = " and undone_at is null and replaced_at is null";
    assertEquals(fixture.count("select count(*) " + answers + current, job), sums.answers());
    assertEquals(
        fixture.count("select count(*) " + answers + current, job),
        fixture.count("select sum(answers) from labeling.worker_day where job_id = :job", job));
    assertEquals(
        fixture.count("select sum(active_millis) " + answers + " and replaced_at is null", job),
        fixture.count(
            "select sum(active_millis) from labeling.worker_day where job_id = :job", job));
  }

  @Test
  void everyNewHumanLabelIsInTheFeed() {
    UUID job = fixture.job(1, 1);
    fixture.ask(job, 4, TaskReason.RANDOM_START, 0, 2);
    UUID ana = fixture.labeler();
    fixture.answerNext(job, ana, 1);
    fixture.answerNext(job, ana, 2);
    String events =
        """
        select count(*) from platform.outbox
        where subject_id = :job and type = 'labels-consolidated'
        """;
    assertEquals(2, fixture.count(events, job));
    LeasedTask third = thirdTask(job, ana);
    fixture.transactions.thatDies(
        () ->
            fixture.queue.submit(
                fixture.project, job, ana, QueueFixture.given(UUID.randomUUID(), third, 1)));
    assertEquals(2, fixture.count(events, job), "a transaction that dies tells nothing");
  }

  private static LeasedTask thirdTask(UUID job, UUID person) {
    fixture.ask(job, 4, TaskReason.RANDOM_START, 2, 3);
    return fixture.claimOne(job, person);
  }
}

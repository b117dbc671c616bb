package org.atelier.labeling.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.atelier.labeling.TaskReason;
import org.atelier.platform.backup.TestBackup;
import org.atelier.platform.database.PostgresExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class BackupWhileAnsweringTest {

  private static final int PEOPLE = 4;
  private static final int ITEMS = 20_000;

  @RegisterExtension final PostgresExtension source = new PostgresExtension();
  @RegisterExtension final PostgresExtension target = PostgresExtension.empty();

  @TempDir Path folder;

  private final AtomicInteger acknowledged = new AtomicInteger();
  private final AtomicBoolean over = new AtomicBoolean();

  @Test
  void everyAnswerInTheBackupHasItsLeaseItsCountAndItsLabel() throws Exception {
    QueueFixture fixture = new QueueFixture(source.dataSource(), ITEMS);
    UUID job = fixture.job(1, 1);
    fixture.ask(job, 0, TaskReason.RANDOM_START, 0, ITEMS);
    ExecutorService pool = Executors.newFixedThreadPool(PEOPLE);
    List<Future<?>> people = new ArrayList<>();
    for (int at = 0; at < PEOPLE; at++) {
      UUID person = fixture.labeler();
      people.add(
          pool.submit(
              () -> {
                while (!over.get() && acknowledged.get() < ITEMS - PEOPLE) {
                  fixture.answerNext(job, person, 1);
                  acknowledged.incrementAndGet();
                }
              }));
    }
    long end = System.nanoTime() + 60_000_000_000L;
    while (acknowledged.get() < 20) {
      assertTrue(System.nanoTime() < end, "nobody answers");
      Thread.sleep(5);
    }
    int before = acknowledged.get();
    TestBackup backup = new TestBackup(folder);
    Path file = backup.take(source.dataSource());
    int after = acknowledged.get();
    over.set(true);
    pool.shutdown();
    for (Future<?> one : people) {
      one.get();
    }
    backup.restore(file, target.dataSource());

    long answers = count("select count(*) from labeling.answer");
    assertTrue(after > before, "nobody answered while the backup ran");
    assertTrue(answers >= before, "an acknowledged answer is missing");
    assertTrue(answers <= after + PEOPLE, "an answer came from nowhere");
    assertEquals(answers, count("select sum(answered) from labeling.task"));
    assertEquals(answers, count("select count(*) from labeling.task where state = 'SETTLED'"));
    assertEquals(answers, count("select count(*) from labeling.lease where state = 'ANSWERED'"));
    assertEquals(answers, count("select count(*) from labeling.label"));
    assertEquals(
        0,
        count(
            "select count(*) from labeling.task t where taken <> (select count(*)"
                + " from labeling.lease l where l.task_id = t.id"
                + " and l.state in ('ACTIVE', 'ANSWERED'))"));
  }

  private long count(String sql) {
    return target.jdbi().withHandle(h -> h.createQuery(sql).mapTo(Long.class).one());
  }
}

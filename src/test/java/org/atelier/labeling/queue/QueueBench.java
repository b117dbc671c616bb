package org.atelier.labeling.queue;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.atelier.labeling.TaskReason;
import org.atelier.labeling.WorkQueue.LeasedTask;
import org.atelier.platform.database.DataDirectory;
import org.atelier.platform.database.EmbeddedDatabase;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Measures claim and submit on a PostgreSQL with fsync on, without HTTP: the queue as the
 * application runs it, at saturation, with few and with many open tasks.
 *
 * <p>Arguments: folder for the data, seconds per run (20), threads (16), numbers of open tasks
 * (10000 1000000).
 */
final class QueueBench {

  private QueueBench() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20;
    int threads = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 16;
    int[] sizes =
        arguments.length > 3
            ? Arrays.stream(arguments).skip(3).mapToInt(Integer::parseInt).toArray()
            : new int[] {10_000, 1_000_000};
    Files.createDirectories(folder);
    try (DataDirectory directory = DataDirectory.open(folder);
        EmbeddedDatabase database =
            EmbeddedDatabase.start(
                directory, folder.resolve("bin"), new EmbeddedDatabase.Options(0, true))) {
      PGSimpleDataSource source = source(database);
      Flyway.configure().dataSource(source).load().migrate();
      for (int size : sizes) {
        measure(System.out, source, size, seconds, threads);
      }
    }
  }

  private static PGSimpleDataSource source(EmbeddedDatabase database) throws IOException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(database.jdbcUrl("postgres"));
    source.setUser("atelier");
    source.setPassword(database.password());
    return source;
  }

  private static void measure(
      PrintStream out, PGSimpleDataSource source, int size, int seconds, int threads)
      throws InterruptedException {
    QueueFixture fixture = new QueueFixture(source, size);
    UUID job = fixture.job(1, 1);
    fixture.ask(job, 0, TaskReason.RANDOM_START, 0, size);
    fixture.transactions.jdbi().useHandle(h -> h.execute("vacuum analyze labeling.task"));
    ConcurrentLinkedQueue<long[]> samples = new ConcurrentLinkedQueue<>();
    AtomicLong answered = new AtomicLong();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    for (int thread = 0; thread < threads; thread++) {
      UUID person = fixture.labeler();
      pool.submit(
          () -> {
            while (System.nanoTime() < end) {
              long begun = System.nanoTime();
              LeasedTask task = fixture.claimOne(job, person);
              long claimed = System.nanoTime();
              fixture.answer(job, person, task, 1);
              samples.add(new long[] {claimed - begun, System.nanoTime() - claimed});
              answered.incrementAndGet();
            }
            return null;
          });
    }
    pool.shutdown();
    pool.awaitTermination(seconds + 60L, TimeUnit.SECONDS);
    long twice =
        fixture.count(
            """
            select count(*) from (select task_id from labeling.answer where job_id = :job
              group by task_id having count(*) > 1) as doubled
            """,
            job);
    out.printf(
        Locale.ROOT,
        "%,d open tasks, %d threads, %d s: %.0f answers/s, claim p50 %.1f p99 %.1f ms, submit p50"
            + " %.1f p99 %.1f ms, tasks answered twice %d%n",
        size,
        threads,
        seconds,
        answered.get() / (double) seconds,
        millis(samples, 0, 0.5),
        millis(samples, 0, 0.99),
        millis(samples, 1, 0.5),
        millis(samples, 1, 0.99),
        twice);
    fixture.transactions.close();
  }

  private static double millis(ConcurrentLinkedQueue<long[]> samples, int column, double share) {
    long[] sorted = samples.stream().mapToLong(sample -> sample[column]).sorted().toArray();
    return sorted.length == 0 ? 0 : sorted[(int) (share * (sorted.length - 1))] / 1e6;
  }
}

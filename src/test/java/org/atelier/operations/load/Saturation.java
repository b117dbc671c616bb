package org.atelier.operations.load;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.atelier.labeling.queue.RawStatements;

/** Answers as fast as possible, bounded in number and time. */
final class Saturation {

  /** The work page claims this many at a time while it is never short of items. */
  private static final int CLAIMED_AT_ONCE = 5;

  private final PackagedApplication application;
  private final int most;
  private final long end;
  private final AtomicInteger begun = new AtomicInteger();
  private final Latencies latencies = new Latencies();

  Saturation(PackagedApplication application, int most, int seconds) {
    this.application = application;
    this.most = most;
    this.end = System.nanoTime() + seconds * 1_000_000_000L;
  }

  /**
   * What a run came to.
   *
   * @param latencies of submits, each from its begin
   * @param application processor time of the application in milliseconds, per answer
   * @param database the same of its PostgreSQL
   */
  record Rate(
      int answers, double perSecond, Latencies latencies, double application, double database) {}

  private boolean goesOn() {
    return System.nanoTime() < end && begun.incrementAndGet() <= most;
  }

  Rate overHttp(List<Labeler> labelers) throws Exception {
    List<Callable<Integer>> all = new ArrayList<>();
    for (Labeler labeler : labelers) {
      all.add(
          () -> {
            int kept = 0;
            while (labeler.hasWork() && goesOn()) {
              long begin = System.nanoTime();
              labeler.answer();
              latencies.add(System.nanoTime() - begin);
              kept++;
              if (labeler.needsMore()) {
                labeler.claim();
              }
            }
            return kept;
          });
    }
    return run(all);
  }

  Rate overJdbc(DataSource source, UUID job, List<UUID> people, int connections) throws Exception {
    List<Callable<Integer>> all = new ArrayList<>();
    List<RawStatements> open = new ArrayList<>();
    for (int at = 0; at < connections; at++) {
      RawStatements statements = new RawStatements(source.getConnection());
      UUID person = people.get(at % people.size());
      open.add(statements);
      all.add(() -> overJdbc(statements, job, person));
    }
    try {
      return run(all);
    } finally {
      for (RawStatements statements : open) {
        statements.close();
      }
    }
  }

  private int overJdbc(RawStatements statements, UUID job, UUID person) throws SQLException {
    Deque<RawStatements.Held> queue = new ArrayDeque<>();
    int kept = 0;
    while (goesOn()) {
      if (queue.isEmpty()) {
        queue.addAll(statements.claim(job, person, CLAIMED_AT_ONCE));
        if (queue.isEmpty()) {
          break;
        }
      }
      long begin = System.nanoTime();
      statements.submit(job, person, queue.removeFirst());
      latencies.add(System.nanoTime() - begin);
      kept++;
    }
    return kept;
  }

  private Rate run(List<Callable<Integer>> all) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(all.size());
    long before = application.processorMillis();
    long databaseBefore = application.databaseProcessorMillis();
    long start = System.nanoTime();
    int kept = 0;
    for (Future<Integer> result : threads.invokeAll(all)) {
      kept += result.get();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    threads.shutdown();
    double answers = Math.max(1, kept);
    return new Rate(
        kept,
        kept / seconds,
        latencies,
        (application.processorMillis() - before) / answers,
        (application.databaseProcessorMillis() - databaseBefore) / answers);
  }
}

package org.atelier.operations.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * Answers at fixed times, whatever became of earlier ones: a slow server makes later answers late,
 * and that counts against it.
 */
final class Timetable {

  private final int perSecond;
  private final int seconds;
  private final Latencies submits = new Latencies();
  private final Latencies claims = new Latencies();
  private final Latencies both = new Latencies();

  Timetable(int perSecond, int seconds) {
    this.perSecond = perSecond;
    this.seconds = seconds;
  }

  /**
   * @return answers the server acknowledged, which is all of them
   */
  int run(List<Labeler> labelers) throws Exception {
    long start = System.nanoTime() + 200_000_000L;
    ExecutorService threads = Executors.newFixedThreadPool(labelers.size());
    List<Future<Integer>> results = new ArrayList<>();
    for (int at = 0; at < labelers.size(); at++) {
      int first = at;
      Callable<Integer> work = () -> work(labelers.get(first), start, first, labelers.size());
      results.add(threads.submit(work));
    }
    threads.shutdown();
    int kept = 0;
    for (Future<Integer> result : results) {
      kept += result.get();
    }
    return kept;
  }

  private int work(Labeler labeler, long start, int first, int step) throws IOException {
    int kept = 0;
    for (int number = first; number < perSecond * seconds; number += step) {
      long due = start + number * 1_000_000_000L / perSecond;
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      labeler.answer();
      long answered = System.nanoTime();
      submits.add(answered - due);
      kept++;
      if (labeler.needsMore()) {
        labeler.claim();
        claims.add(System.nanoTime() - answered);
      }
      both.add(System.nanoTime() - due);
    }
    return kept;
  }

  String submits() {
    return submits.cells();
  }

  String claims() {
    return claims.cells();
  }

  String both() {
    return both.cells();
  }
}

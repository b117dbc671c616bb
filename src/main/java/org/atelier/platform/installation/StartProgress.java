package org.atelier.platform.installation;

import java.io.PrintStream;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Tells whoever started the server what it is doing, in plain lines, until it is ready. A step that
 * takes long is told again and again, so that silence never looks like a hang. Thread-safe.
 */
public final class StartProgress implements AutoCloseable {

  /** Seconds after which a step is told again. */
  private static final long AGAIN = 10;

  private final PrintStream out;
  private final long began = System.nanoTime();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "start-progress");
            thread.setDaemon(true);
            return thread;
          });
  private String step = "";
  private long told;
  private boolean ended;

  /** Begins to tell. */
  public StartProgress(PrintStream out) {
    this(out, AGAIN * 1_000);
  }

  StartProgress(PrintStream out, long againMillis) {
    this.out = out;
    out.println("  Atelier is starting.");
    out.flush();
    clock.scheduleWithFixedDelay(
        () -> again(TimeUnit.MILLISECONDS.toNanos(againMillis)),
        againMillis,
        Math.max(againMillis / 10, 1),
        TimeUnit.MILLISECONDS);
  }

  /**
   * A step begins.
   *
   * @param words such as "Database: unpacking"
   */
  public synchronized void step(String words) {
    if (!ended) {
      step = words;
      tell(words + " ...");
    }
  }

  private synchronized void again(long after) {
    if (!ended && !step.isEmpty() && System.nanoTime() - told >= after) {
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
      tell(step + " ... (" + seconds + " s so far)");
    }
  }

  private void tell(String line) {
    told = System.nanoTime();
    out.println("  " + line);
    out.flush();
  }

  /** Nothing more is told; again is harmless. */
  @Override
  public synchronized void close() {
    ended = true;
    clock.shutdown();
  }
}

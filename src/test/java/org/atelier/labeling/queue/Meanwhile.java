package org.atelier.labeling.queue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;

/** Something that another transaction does while the test's is under way. */
final class Meanwhile<T> {

  private static final int SECONDS = 60;

  private final Jdbi jdbi;
  private final Future<T> outcome;

  /**
   * @param jdbi with connections of its own
   */
  Meanwhile(Jdbi jdbi, Supplier<T> act) {
    this.jdbi = jdbi;
    this.outcome = CompletableFuture.supplyAsync(act);
  }

  /** Goes on when the other waits for a lock, or has ended; true when it waits. */
  boolean waits() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (!outcome.isDone() && System.nanoTime() < end) {
      if (isSomebodyWaiting()) {
        return true;
      }
      pause();
    }
    return false;
  }

  private boolean isSomebodyWaiting() {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select exists (select from pg_stat_activity
                      where datname = current_database() and wait_event_type = 'Lock')
                    """)
                .mapTo(Boolean.class)
                .one());
  }

  private static void pause() {
    try {
      Thread.sleep(10);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What came of it; fails as it failed, or when it does not end. */
  T outcome() {
    try {
      return outcome.get(SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }
}

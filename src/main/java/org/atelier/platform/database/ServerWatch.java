package org.atelier.platform.database;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Looks once a second whether the database server is alive and lets it be started again. After a
 * start that failed it waits longer, at most half a minute, and tries on.
 */
final class ServerWatch {

  /** Brings a dead server back; does nothing to a living one. */
  interface Revival {
    void run() throws IOException;
  }

  private static final Logger LOG = Logger.getLogger(ServerWatch.class);
  private static final long PAUSE_MILLIS = 1_000;
  private static final long LONGEST_PAUSE_MILLIS = 30_000;

  private final Thread thread;

  private ServerWatch(Revival revival) {
    thread = new Thread(() -> watch(revival), "embedded-database-watch");
    thread.setDaemon(true);
  }

  static ServerWatch begin(Revival revival) {
    ServerWatch watch = new ServerWatch(revival);
    watch.thread.start();
    return watch;
  }

  /** Ends the watch without waiting for it; an attempt under way may still finish. */
  void end() {
    thread.interrupt();
  }

  private static void watch(Revival revival) {
    long pause = PAUSE_MILLIS;
    while (!Thread.currentThread().isInterrupted()) {
      try {
        TimeUnit.MILLISECONDS.sleep(pause);
        revival.run();
        pause = PAUSE_MILLIS;
      } catch (InterruptedException ended) {
        return;
      } catch (IOException | DatabaseStartException failure) {
        pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
        LOG.errorf(
            "The embedded PostgreSQL does not start: %s Trying again in %d s.",
            failure.getMessage(), pause / 1000);
      }
    }
  }
}

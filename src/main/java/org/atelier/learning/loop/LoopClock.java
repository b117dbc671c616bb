package org.atelier.learning.loop;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Looks after the loops: soon after answers to a job arrived, and now and then after all, so that
 * nothing waits for a mark that was lost with a process.
 */
@Singleton
class LoopClock {

  private static final Logger LOG = Logger.getLogger(LoopClock.class);
  private static final long TICK_MILLIS = 500;
  private static final int TICKS_PER_ROUND = 20;

  private final LoopLooking looking;
  private final Set<UUID> marked = ConcurrentHashMap.newKeySet();
  private ScheduledExecutorService ticker;
  private int ticks;

  LoopClock(LoopLooking looking) {
    this.looking = looking;
  }

  void start(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER + 10) StartupEvent event) {
    ticker =
        Executors.newSingleThreadScheduledExecutor(
            runnable -> {
              Thread thread = new Thread(runnable, "learning-loop");
              thread.setDaemon(true);
              return thread;
            });
    ticker.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  void stop(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) ShutdownEvent event) {
    if (ticker != null) {
      ticker.shutdownNow();
    }
  }

  /** Notes that a job's loop may have something to do. */
  void mark(UUID jobId) {
    marked.add(jobId);
  }

  /** Nothing leaves it: an executor would never call it again. */
  private void tick() {
    try {
      if (ticks++ % TICKS_PER_ROUND == 0) {
        marked.addAll(looking.running());
      }
      for (UUID jobId : Set.copyOf(marked)) {
        marked.remove(jobId);
        look(jobId);
      }
    } catch (RuntimeException e) {
      LOG.warn("Learning loops cannot be looked after", e);
    } catch (Error e) {
      LOG.error("Learning loops cannot be looked after", e);
    }
  }

  /**
   * One job's trouble keeps no other waiting; the next round over all looks at it again, and the
   * next tick at one that somebody else held.
   */
  private void look(UUID jobId) {
    try {
      if (!looking.look(jobId)) {
        marked.add(jobId);
      }
    } catch (RuntimeException e) {
      LOG.warnf(e, "The learning loop of job %s cannot be looked after", jobId);
    } catch (Error e) {
      LOG.errorf(e, "The learning loop of job %s cannot be looked after", jobId);
    }
  }

  /** Looks as nobody in particular, since no request is under way. */
  @Singleton
  static class LoopLooking {

    private final LearningLoop loop;

    LoopLooking(LearningLoop loop) {
      this.loop = loop;
    }

    @ActivateRequestContext
    java.util.List<UUID> running() {
      return loop.running();
    }

    @ActivateRequestContext
    boolean look(UUID jobId) {
      return loop.look(jobId);
    }
  }
}

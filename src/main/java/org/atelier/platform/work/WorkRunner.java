package org.atelier.platform.work;

import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.atelier.platform.ProblemException;
import org.atelier.platform.database.DatabaseTrouble;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/** Runs single works and keeps their rows true, whatever their handlers do. */
final class WorkRunner {

  /** How an attempt ended, as far as the scheduler has to know. */
  enum Outcome {
    /** Done, failed or cancelled: nothing more to do. */
    FINISHED,
    /** The application ends, or others came first: to be run again as soon as there is room. */
    INTERRUPTED
  }

  private static final Logger LOG = Logger.getLogger(WorkRunner.class);
  private static final long PAUSE_MILLIS = 1_000;
  private static final String STOPPING = "The application is stopping";

  private final WorkRepository repository;
  private final Map<String, WorkHandler> handlers;
  private final Clock clock;
  private final Consumer<Runnable> transaction;
  private final Map<UUID, RunningWork> running = new ConcurrentHashMap<>();
  private volatile boolean stopping;

  /**
   * @param transaction runs what it is given in one transaction of the repository's connections
   */
  WorkRunner(
      WorkRepository repository,
      Map<String, WorkHandler> handlers,
      Clock clock,
      Consumer<Runnable> transaction) {
    this.transaction = transaction;
    this.repository = repository;
    this.handlers = Map.copyOf(handlers);
    this.clock = clock;
  }

  /**
   * Makes one attempt.
   *
   * @param instance under which it was scheduled; one that was scheduled again later comes to
   *     nothing
   * @throws RuntimeException when the database is lost; the scheduler then tries again
   */
  Outcome run(UUID id, String instance) {
    if (stopping) {
      return Outcome.INTERRUPTED;
    }
    var begun = repository.begin(id, instance, clock.instant());
    if (begun.isEmpty()) {
      return Outcome.FINISHED;
    }
    RunningWork work = new RunningWork(begun.get(), repository, clock);
    running.put(id, work);
    MDC.put("workId", id.toString());
    try {
      return attempt(begun.get(), work);
    } finally {
      MDC.remove("workId");
      running.remove(id);
    }
  }

  /**
   * Writes what running works reported and tells them what people asked for. Nothing leaves it: an
   * executor would never call it again.
   */
  void tick() {
    if (running.isEmpty()) {
      return;
    }
    try {
      running.values().forEach(RunningWork::flush);
      Set<UUID> cancelled = repository.cancelRequested(running.keySet());
      for (UUID id : cancelled) {
        RunningWork work = running.get(id);
        if (work != null) {
          work.stop("Cancelled by a person");
        }
      }
    } catch (RuntimeException e) {
      LOG.warn("Progress of running work cannot be written", e);
    } catch (Error e) {
      LOG.error("Progress of running work cannot be written", e);
    }
  }

  /** Asks everything that runs to stop; it continues with the next start. */
  void stop() {
    stopping = true;
    running.values().forEach(work -> work.stop(STOPPING));
  }

  int runningCount() {
    return running.size();
  }

  private Outcome attempt(WorkView view, RunningWork work) {
    LOG.infof("Work begins: %s (%s, attempt %d)", view.title(), view.kind(), view.attempt());
    try {
      if (view.attempt() > 1) {
        work.log("Begun again: attempt %,d.".formatted(view.attempt()));
      }
      run(handler(view.kind()), work);
      work.log("Done.");
      finish(work, WorkState.DONE, null);
      LOG.infof("Work is done: %s", view.title());
      return Outcome.FINISHED;
    } catch (MadeWayException e) {
      LOG.debugf("Work makes way: %s", view.title());
      finish(work, WorkState.QUEUED, null);
      return Outcome.INTERRUPTED;
    } catch (CancelledWorkException e) {
      return cancelled(view, work);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return cancelled(view, work);
    } catch (Exception | Error e) {
      if (isToBeRepeated(e)) {
        LOG.warnf("Work is interrupted, to be repeated: %s: %s", view.title(), explain(e));
        throw new WorkInterruptedException(view.title(), e);
      }
      if (e instanceof ProblemException && e.getCause() == null) {
        LOG.infof("Work failed: %s: %s", view.title(), e.getMessage());
      } else {
        LOG.errorf(e, "Work failed: %s", view.title());
      }
      return failed(view, work, explain(e));
    }
  }

  private void run(WorkHandler handler, RunningWork work) throws Exception {
    for (int tried = 1; ; tried++) {
      try {
        handler.run(work);
        return;
      } catch (CancelledWorkException
          | MadeWayException
          | InterruptedException
          | ProblemException e) {
        throw e;
      } catch (Exception e) {
        if (tried > handler.retries() || isToBeRepeated(e)) {
          throw e;
        }
        LOG.warnf(e, "Work failed and is tried again: %s", handler.kind());
        work.log("Failed: " + explain(e) + " Trying again.");
        Thread.sleep(tried * PAUSE_MILLIS);
      }
    }
  }

  private Outcome failed(WorkView view, RunningWork work, String why) {
    work.log("Failed: " + why);
    work.flush();
    try {
      // Together, so that nobody who learns of the failure finds a work that cannot be retried yet.
      transaction.accept(
          () -> {
            tell(view, work, why);
            ended(work, WorkState.FAILED, why);
          });
    } catch (RuntimeException | Error e) {
      if (isToBeRepeated(e)) {
        throw new WorkInterruptedException(view.title(), e);
      }
      LOG.errorf(
          e, "The failure of a work could not be told to those it concerns: %s", view.title());
      ended(work, WorkState.FAILED, why);
    }
    return Outcome.FINISHED;
  }

  private void tell(WorkView view, RunningWork work, String why) {
    WorkHandler handler = handlers.get(view.kind());
    if (handler != null) {
      handler.failed(work, why);
    }
  }

  private Outcome cancelled(WorkView view, RunningWork work) {
    if (stopping) {
      finish(work, WorkState.QUEUED, null);
      return Outcome.INTERRUPTED;
    }
    LOG.infof("Work was cancelled: %s", view.title());
    work.log("Cancelled.");
    finish(work, WorkState.CANCELLED, null);
    return Outcome.FINISHED;
  }

  private void finish(RunningWork work, WorkState state, String error) {
    work.flush();
    ended(work, state, error);
  }

  private void ended(RunningWork work, WorkState state, String error) {
    repository.finish(work.workId(), work.attempt(), state, error, clock.instant());
  }

  private WorkHandler handler(String kind) {
    WorkHandler handler = handlers.get(kind);
    if (handler == null) {
      throw new IllegalStateException("Nothing in this version does work of the kind " + kind);
    }
    return handler;
  }

  /** Problems speak to people; of other failures only the kind is told, the log has the rest. */
  private static String explain(Throwable failure) {
    if (failure instanceof ProblemException) {
      return failure.getMessage();
    }
    if (failure instanceof OutOfMemoryError) {
      return "The server did not have enough memory for it.";
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException && cause.getMessage() != null) {
        return "The database refused it: " + cause.getMessage().lines().findFirst().orElse("");
      }
    }
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  /** What a handler gives as a problem is its verdict, whatever the cause was. */
  private boolean isToBeRepeated(Throwable failure) {
    return stopping || !(failure instanceof ProblemException) && DatabaseTrouble.isAway(failure);
  }
}

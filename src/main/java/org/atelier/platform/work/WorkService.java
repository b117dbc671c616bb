package org.atelier.platform.work;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.arc.All;
import io.quarkus.arc.Arc;
import io.quarkus.arc.ManagedContext;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.LocalTime;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.atelier.platform.CurrentPerson;
import org.atelier.platform.Cursor;
import org.atelier.platform.Ids;
import org.atelier.platform.Person;
import org.atelier.platform.Slice;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;

/** Durable work over the database: takes it, runs it, tells how it goes. */
@ApplicationScoped
public class WorkService implements Work {

  private final WorkRepository repository;
  private final WorkLists lists;
  private final WorkUpkeep upkeep;
  private final Map<String, WorkHandler> handlers;
  private final CurrentPerson currentPerson;
  private final Clock clock;
  private final TransactionSynchronizationRegistry transactions;
  private final WorkRunner runner;
  private final WorkScheduler scheduler;
  private final boolean alone;

  WorkService(
      Jdbi jdbi,
      DataSource dataSource,
      ObjectMapper json,
      Clock clock,
      CurrentPerson currentPerson,
      TransactionSynchronizationRegistry transactions,
      @All List<WorkHandler> handlers,
      @All List<DailyTask> dailyTasks,
      @ConfigProperty(name = "atelier.work.threads", defaultValue = "4") int threads,
      @ConfigProperty(name = "atelier.database.embedded", defaultValue = "false") boolean alone) {
    this.repository = new WorkRepository(jdbi, json);
    this.lists = new WorkLists(jdbi);
    this.upkeep = new WorkUpkeep(jdbi);
    this.handlers = byKind(handlers);
    this.currentPerson = currentPerson;
    this.clock = clock;
    this.transactions = transactions;
    this.alone = alone;
    this.runner =
        new WorkRunner(
            repository, this.handlers, clock, work -> QuarkusTransaction.requiringNew().run(work));
    this.scheduler = new WorkScheduler(dataSource, runner, clock, threads, byName(dailyTasks));
  }

  /** With an embedded database nobody else runs: what is marked as picked belongs to the dead. */
  void start(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) StartupEvent event) {
    if (alone) {
      upkeep.releasePicked();
    }
    scheduler.start();
  }

  void stop(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) ShutdownEvent event) {
    scheduler.stop();
  }

  @Override
  @Transactional
  public UUID submit(WorkRequest request) {
    if (!handlers.containsKey(request.kind())) {
      throw new IllegalArgumentException("Nothing does work of the kind " + request.kind());
    }
    UUID id = Ids.next();
    String by = currentPerson.get().map(Person::displayName).orElse(null);
    repository.insert(id, request, by, clock.instant());
    schedule(id);
    return id;
  }

  /** Stops a work: a waiting one at once, a running one when its handler next asks. */
  @Transactional
  public void cancel(UUID id) {
    Optional<WorkState> before = repository.cancel(id, clock.instant());
    if (before.filter(state -> state == WorkState.QUEUED).isPresent()) {
      repository.unschedule(id);
    }
  }

  /** Queues a failed or cancelled work again; it continues from its checkpoint. */
  @Transactional
  public void retry(UUID id) {
    if (repository.retry(id)) {
      schedule(id);
    }
  }

  public Optional<WorkView> find(UUID id) {
    return repository.find(id);
  }

  /** The newest lines of the log, oldest first. */
  public List<WorkLogLine> log(UUID id, int newest) {
    return repository.log(id, newest);
  }

  /** Ids of the projects that have or had work. */
  public Collection<UUID> projectsWithWork() {
    return lists.projectsWithWork();
  }

  /**
   * Works of the given projects, newest first.
   *
   * @param installation whether to add works that belong to no project
   * @param cursor {@link Slice#next()} of the slice before, null for the first
   */
  public Slice<WorkView> list(
      Collection<UUID> projects, boolean installation, String cursor, int size) {
    return lists.list(projects, installation, Cursor.asPlainId(cursor), size);
  }

  /** The newest works of a kind about a subject, newest first. */
  public List<WorkView> about(String kind, UUID subject, int newest) {
    return lists.about(kind, subject, newest);
  }

  /** How many works of the given projects wait or run. */
  public int countUnfinished(Collection<UUID> projects, boolean installation) {
    return lists.countUnfinished(projects, installation);
  }

  /** How many works run in this process. */
  public int runningHere() {
    return runner.runningCount();
  }

  int removeFinishedBefore(java.time.Instant instant) {
    return upkeep.removeFinishedBefore(instant);
  }

  private void schedule(UUID id) {
    scheduler.schedule(id);
    if (transactions.getTransactionStatus() != Status.STATUS_ACTIVE) {
      scheduler.wake();
      return;
    }
    transactions.registerInterposedSynchronization(
        new Synchronization() {
          @Override
          public void beforeCompletion() {
            // Nothing to prepare.
          }

          @Override
          public void afterCompletion(int status) {
            scheduler.wake();
          }
        });
  }

  private static Map<String, WorkHandler> byKind(List<WorkHandler> handlers) {
    Map<String, WorkHandler> byKind = new LinkedHashMap<>();
    for (WorkHandler handler : handlers) {
      if (byKind.put(handler.kind(), inRequestContext(handler)) != null) {
        throw new IllegalStateException("Two handlers do work of the kind " + handler.kind());
      }
    }
    return byKind;
  }

  /** Services that ask who the current person is find nobody instead of no request. */
  private static WorkHandler inRequestContext(WorkHandler handler) {
    return new WorkHandler() {
      @Override
      public String kind() {
        return handler.kind();
      }

      @Override
      public int retries() {
        return handler.retries();
      }

      @Override
      public void run(WorkContext context) throws Exception {
        within(
            () -> {
              handler.run(context);
              return null;
            });
      }

      @Override
      public void failed(WorkContext context, String why) {
        try {
          within(
              () -> {
                handler.failed(context, why);
                return null;
              });
        } catch (RuntimeException e) {
          throw e;
        } catch (Exception e) {
          throw new IllegalStateException(e);
        }
      }
    };
  }

  private static void within(Callable<Void> body) throws Exception {
    ManagedContext request = Arc.container().requestContext();
    if (request.isActive()) {
      body.call();
      return;
    }
    request.activate();
    try {
      body.call();
    } finally {
      request.terminate();
    }
  }

  private static Map<String, Map.Entry<LocalTime, Runnable>> byName(List<DailyTask> tasks) {
    Map<String, Map.Entry<LocalTime, Runnable>> byName = new LinkedHashMap<>();
    for (DailyTask task : tasks) {
      byName.put(task.name(), Map.entry(task.at(), task::run));
    }
    return byName;
  }
}

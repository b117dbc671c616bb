package org.atelier.platform.work;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.serializer.JacksonSerializer;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Schedules;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.atelier.platform.Ids;

/**
 * Gives queued works to this process, one at a time per work over all processes on the database. A
 * work whose process died is given out again when its heartbeat stays away.
 */
final class WorkScheduler {

  private static final String TASK = "work";
  private static final String SEPARATOR = "/";
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);
  private static final int MISSED_HEARTBEATS = 4;
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
  private static final long TICK_MILLIS = 400;

  private final WorkRunner runner;
  private final Scheduler scheduler;
  private final CustomTask<Void> task;
  private final Clock clock;
  private final ScheduledExecutorService ticker;

  /**
   * @param threads works running at the same time in this process
   * @param daily what to call once a day at a time, by name
   */
  WorkScheduler(
      DataSource dataSource,
      WorkRunner runner,
      Clock clock,
      int threads,
      Map<String, Map.Entry<LocalTime, Runnable>> daily) {
    this.runner = runner;
    this.clock = clock;
    this.task = task(runner, clock);
    this.scheduler = scheduler(dataSource, threads, clock, daily);
    this.ticker =
        Executors.newSingleThreadScheduledExecutor(
            runnable -> {
              Thread thread = new Thread(runnable, "work-progress");
              thread.setDaemon(true);
              return thread;
            });
  }

  void start() {
    scheduler.start();
    ticker.scheduleWithFixedDelay(runner::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Asks running works to stop, waits a little and leaves the rest to the next start. */
  void stop() {
    runner.stop();
    scheduler.stop();
    ticker.shutdownNow();
  }

  /**
   * Queues a work in the caller's transaction, each time under a name of its own: the row of an
   * attempt that has just ended may still be there, and would swallow one of the same name.
   */
  void schedule(UUID id) {
    scheduler.schedule(task.instance(id + SEPARATOR + Ids.next()), clock.instant());
  }

  /** Looks for due work now instead of at the next poll. */
  void wake() {
    scheduler.triggerCheckForDueExecutions();
  }

  private Scheduler scheduler(
      DataSource dataSource,
      int threads,
      Clock clock,
      Map<String, Map.Entry<LocalTime, Runnable>> daily) {
    List<RecurringTask<Void>> recurring = new ArrayList<>();
    daily.forEach(
        (name, at) ->
            recurring.add(
                Tasks.recurring(name, Schedules.daily(at.getKey()))
                    .execute((instance, context) -> at.getValue().run())));
    List<Task<?>> known = List.of(task);
    return Scheduler.create(dataSource, known)
        .startTasks(recurring)
        .tableName("platform.scheduled_task")
        .serializer(new JacksonSerializer())
        .schedulerName(new SchedulerName.Fixed("atelier-" + Ids.next()))
        .threads(threads)
        .pollingInterval(Duration.ofSeconds(1))
        .pollUsingLockAndFetch(0.5, 1.0)
        .enableImmediateExecution()
        .heartbeatInterval(HEARTBEAT)
        .missedHeartbeatsLimit(MISSED_HEARTBEATS)
        .shutdownMaxWait(Duration.ofSeconds(10))
        .failureLogging(LogLevel.WARN, false)
        .clock(clock::instant)
        .build();
  }

  private static CustomTask<Void> task(WorkRunner runner, Clock clock) {
    FailureHandler<Void> repeat =
        (complete, operations) ->
            operations.reschedule(complete, clock.instant().plus(RETRY_AFTER));
    return Tasks.custom(TASK, Void.class)
        .onFailure(repeat)
        .onDeadExecutionRevive()
        .execute((instance, context) -> execute(runner, clock, instance));
  }

  private static CompletionHandler<Void> execute(
      WorkRunner runner, Clock clock, TaskInstance<Void> instance) {
    UUID id = UUID.fromString(instance.getId().split(SEPARATOR)[0]);
    WorkRunner.Outcome outcome = runner.run(id, instance.getId());
    return switch (outcome) {
      case FINISHED -> (complete, operations) -> operations.remove();
      case INTERRUPTED ->
          (complete, operations) -> operations.reschedule(complete, clock.instant());
    };
  }
}

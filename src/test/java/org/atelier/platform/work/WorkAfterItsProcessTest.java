package org.atelier.platform.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.atelier.platform.CommonProblem;
import org.atelier.platform.Ids;
import org.atelier.platform.ProblemException;
import org.junit.jupiter.api.Test;

/** Work that its process leaves behind, or that meets another attempt of itself. */
class WorkAfterItsProcessTest extends WorkScene {

  @Test
  void aRetryWhileTheEndedAttemptIsStillInTheScheduleIsNotLost() throws Exception {
    postgres
        .jdbi()
        .useHandle(
            handle -> {
              handle.execute(
                  """
                  create function linger() returns trigger language plpgsql as
                  $$ begin perform pg_sleep(1); return old; end $$
                  """);
              handle.execute(
                  """
                  create trigger linger before delete on platform.scheduled_task
                  for each row execute function linger()
                  """);
            });
    AtomicInteger runs = new AtomicInteger();
    start(
        context -> {
          if (runs.incrementAndGet() == 1) {
            throw new ProblemException(CommonProblem.INVALID_INPUT, "Not yet");
          }
        });
    UUID id = submit();
    await(id, WorkState.FAILED);
    assertTrue(repository.retry(id));
    scheduler.schedule(id);
    assertEquals(2, await(id, WorkState.DONE).attempt());
  }

  @Test
  void anAttemptThatWasScheduledAgainMeanwhileComesToNothing() {
    WorkRunner runner =
        new WorkRunner(repository, Map.of("test", handler(context -> {})), clock(), Runnable::run);
    scheduler = new WorkScheduler(postgres.dataSource(), runner, clock(), 1, Map.of());
    UUID id = submit();
    assertTrue(repository.begin(id, id + "/0", Instant.now()).isEmpty());
    assertTrue(repository.begin(id, id + "/z", Instant.now()).isPresent());
    repository.unschedule(id);
    List<String> scheduled =
        postgres
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery("select task_instance from platform.scheduled_task")
                        .mapTo(String.class)
                        .list());
    assertEquals(List.of(), scheduled);
  }

  @Test
  void stoppingTheApplicationLeavesTheWorkToTheNextStart() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    start(
        context -> {
          begun.countDown();
          while (true) {
            context.checkCancelled();
            Thread.sleep(10);
          }
        });
    UUID id = submit();
    assertTrue(begun.await(60, TimeUnit.SECONDS));

    scheduler.stop();
    assertEquals(WorkState.QUEUED, repository.find(id).orElseThrow().state());

    start(context -> context.log("continued"));
    assertEquals(2, await(id, WorkState.DONE).attempt());
  }

  @Test
  void workOfAKilledProcessRunsAgainAtOnceWhenItsPickIsReleased() throws Exception {
    WorkRunner runner =
        new WorkRunner(repository, Map.of("test", handler(context -> {})), clock(), Runnable::run);
    scheduler = new WorkScheduler(postgres.dataSource(), runner, clock(), 1, Map.of());
    UUID id = submit();
    repository.begin(id, id + "/z", Instant.now());
    postgres
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "update platform.scheduled_task set picked = true, picked_by = 'dead',"
                        + " last_heartbeat = now()"));

    assertEquals(1, new WorkUpkeep(postgres.jdbi()).releasePicked());
    scheduler.start();

    assertEquals(2, await(id, WorkState.DONE).attempt());
  }

  @Test
  void heartbeatThatStaysAwayRevivesTheWork() throws Exception {
    UUID id = Ids.next();
    start(context -> {});
    scheduler.stop();
    WorkRunner runner =
        new WorkRunner(repository, Map.of("test", handler(context -> {})), clock(), Runnable::run);
    scheduler = new WorkScheduler(postgres.dataSource(), runner, clock(), 1, Map.of());
    repository.insert(
        id,
        new WorkRequest(null, "test", null, "A test", new Payload("Anna")),
        null,
        clock().instant());
    repository.begin(id, id + "/z", Instant.now());
    scheduler.schedule(id);
    postgres
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "update platform.scheduled_task set picked = true, picked_by = 'dead',"
                        + " last_heartbeat = now() - interval '1 hour'"));

    scheduler.start();

    assertEquals(2, await(id, WorkState.DONE).attempt());
  }
}

package org.atelier.platform.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.atelier.platform.CommonProblem;
import org.atelier.platform.Ids;
import org.atelier.platform.ProblemException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.junit.jupiter.api.Test;

class WorkSchedulerTest extends WorkScene {

  @Test
  void workRunsWithItsPayloadAndReportsPhaseRateAndLog() throws Exception {
    start(
        context -> {
          context.log("Hello " + context.payload(Payload.class).name());
          context.progress("Counting", 0, 10);
          Thread.sleep(600);
          context.progress("Counting", 10, 10);
        });

    WorkView view = await(submit(), WorkState.DONE);

    assertEquals("Counting", view.phase());
    assertEquals(1.0, view.share());
    assertTrue(view.rate() > 0 && view.rate() < 17, "rate " + view.rate());
    assertNull(view.timeLeft());
    assertEquals(1, view.attempt());
    List<WorkLogLine> log = repository.log(view.id(), 10);
    assertEquals("Hello Anna", log.get(0).line());
  }

  @Test
  void failureKeepsItsReasonAndRetryContinuesFromTheCheckpoint() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    start(
        context -> {
          if (runs.incrementAndGet() == 1) {
            context.checkpoint("{\"row\": 7}");
            throw new ProblemException(CommonProblem.INVALID_INPUT, "Row 8 has no label");
          }
          context.log("from " + context.checkpoint().orElse("nothing"));
        });
    UUID id = submit();
    WorkView failed = await(id, WorkState.FAILED);
    assertEquals("Row 8 has no label", failed.error());

    assertTrue(repository.retry(id));
    scheduler.schedule(id);

    WorkView done = await(id, WorkState.DONE);
    assertEquals(2, done.attempt());
    assertNull(done.error());
    List<WorkLogLine> log = repository.log(id, 10);
    assertEquals("from {\"row\": 7}", log.get(log.size() - 2).line());
    assertEquals("Done.", log.get(log.size() - 1).line());
  }

  @Test
  void anErrorFailsTheWorkForGoodAndTellsItsHandler() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    AtomicReference<String> told = new AtomicReference<>();
    WorkHandler greedy =
        new WorkHandler() {
          @Override
          public String kind() {
            return "test";
          }

          @Override
          public void run(WorkContext context) {
            runs.incrementAndGet();
            throw new OutOfMemoryError("Java heap space");
          }

          @Override
          public void failed(WorkContext context, String why) {
            told.set(why);
            throw new StackOverflowError();
          }
        };
    start(greedy);

    WorkView failed = await(submit(), WorkState.FAILED);

    assertEquals("The server did not have enough memory for it.", failed.error());
    assertEquals(failed.error(), told.get());
    assertEquals(1, runs.get());
    assertEquals(1, failed.attempt());
  }

  @Test
  void workIsRunAgainWhenTheDatabaseHadNoConnectionForIt() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    start(
        context -> {
          switch (runs.incrementAndGet()) {
            case 1 -> throw new IllegalStateException(new SQLException("too many", "53300"));
            case 2 -> throw new IllegalStateException(new SQLException("Acquisition timeout"));
            default -> context.log("There it is again");
          }
        });

    assertEquals(3, await(submit(), WorkState.DONE).attempt());
  }

  @Test
  void aFailureToWriteProgressOnceKeepsNobodyFromCancelling() throws Exception {
    CountDownLatch hit = new CountDownLatch(1);
    DataSource database = postgres.dataSource();
    Jdbi breaking =
        Jdbi.create(
            () -> {
              if (Thread.currentThread().getName().equals("work-progress") && hit.getCount() > 0) {
                hit.countDown();
                throw new OutOfMemoryError("Java heap space");
              }
              return database.getConnection();
            });
    breaking.installPlugin(new PostgresPlugin());
    repository = new WorkRepository(breaking, new ObjectMapper());
    start(
        context -> {
          while (true) {
            context.checkCancelled();
            Thread.sleep(10);
          }
        });
    UUID id = submit();
    assertTrue(hit.await(60, TimeUnit.SECONDS));

    repository.cancel(id, Instant.now());

    await(id, WorkState.CANCELLED);
  }

  @Test
  void cancelStopsRunningWorkAtItsNextQuestion() throws Exception {
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

    assertEquals(WorkState.RUNNING, repository.cancel(id, Instant.now()).orElseThrow());

    await(id, WorkState.CANCELLED);
  }

  @Test
  void cancelledBeforeItsTurnItNeverRuns() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    WorkRunner runner =
        new WorkRunner(
            repository,
            Map.of("test", handler(context -> runs.incrementAndGet())),
            clock(),
            Runnable::run);
    scheduler = new WorkScheduler(postgres.dataSource(), runner, clock(), 1, Map.of());
    UUID id = submit();

    assertEquals(WorkState.QUEUED, repository.cancel(id, Instant.now()).orElseThrow());
    scheduler.start();
    TimeUnit.MILLISECONDS.sleep(500);

    assertEquals(WorkState.CANCELLED, repository.find(id).orElseThrow().state());
    assertEquals(0, runs.get());
  }

  @Test
  void workThatMakesWayLetsTheWaitingOnesRunAndGoesOn() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    WorkHandler patient =
        handler(
            context -> {
              if (!context.payload(Payload.class).name().equals("patient")) {
                over.countDown();
                return;
              }
              while (over.getCount() > 0) {
                context.makeWay();
                Thread.sleep(20);
              }
            });
    WorkRunner runner = new WorkRunner(repository, Map.of("test", patient), clock(), Runnable::run);
    scheduler = new WorkScheduler(postgres.dataSource(), runner, clock(), 1, Map.of());
    UUID first = Ids.next();
    repository.insert(
        first,
        new WorkRequest(null, "test", null, "Waits for the other", new Payload("patient")),
        null,
        clock().instant());
    scheduler.schedule(first);
    UUID second = submit();
    scheduler.start();

    await(second, WorkState.DONE);
    assertTrue(await(first, WorkState.DONE).attempt() > 1);
  }
}

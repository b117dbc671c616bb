package org.atelier.platform.work;

import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.atelier.platform.Ids;
import org.atelier.platform.database.PostgresExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A scheduler with one handler over a database of its own. */
abstract class WorkScene {

  @RegisterExtension final PostgresExtension postgres = new PostgresExtension();

  WorkRepository repository;
  WorkScheduler scheduler;

  record Payload(String name) {}

  interface Body {
    void run(WorkContext context) throws Exception;
  }

  @BeforeEach
  void open() {
    repository = new WorkRepository(postgres.jdbi(), new ObjectMapper());
  }

  @AfterEach
  void stop() {
    if (scheduler != null) {
      scheduler.stop();
    }
  }

  void start(Body body) {
    start(handler(body));
  }

  void start(WorkHandler handler) {
    WorkRunner runner = new WorkRunner(repository, Map.of("test", handler), clock(), Runnable::run);
    scheduler = new WorkScheduler(postgres.dataSource(), runner, clock(), 2, Map.of());
    scheduler.start();
  }

  UUID submit() {
    UUID id = Ids.next();
    repository.insert(
        id,
        new WorkRequest(null, "test", null, "A test", new Payload("Anna")),
        null,
        clock().instant());
    scheduler.schedule(id);
    return id;
  }

  WorkView await(UUID id, WorkState state) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
    while (System.nanoTime() < end) {
      WorkView view = repository.find(id).orElseThrow();
      if (view.state() == state) {
        return view;
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return fail("It is " + repository.find(id).orElseThrow());
  }

  static Clock clock() {
    return Clock.systemUTC();
  }

  static WorkHandler handler(Body body) {
    return new WorkHandler() {
      @Override
      public String kind() {
        return "test";
      }

      @Override
      public void run(WorkContext context) throws Exception {
        body.run(context);
      }
    };
  }
}

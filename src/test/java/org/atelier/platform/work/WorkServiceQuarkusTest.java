package org.atelier.platform.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.narayana.jta.QuarkusTransactionException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.atelier.platform.Ids;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class WorkServiceQuarkusTest {

  private static final UUID PROJECT = Ids.next();

  record Greeting(String name) {}

  /** Says hello in the log, or fails when told to. */
  @Singleton
  static class GreetingHandler implements WorkHandler {

    @Override
    public String kind() {
      return "greeting";
    }

    @Override
    public void run(WorkContext context) {
      context.log("Hello " + context.payload(Greeting.class).name());
    }
  }

  @Inject WorkService work;

  @Test
  void workBeginsAfterTheTransactionThatSubmittedIt() throws Exception {
    UUID id = QuarkusTransaction.requiringNew().call(() -> submit("Anna"));

    WorkView view = await(id, WorkState.DONE);

    assertEquals("Hello Anna", work.log(view.id(), 10).get(0).line());
  }

  @Test
  void workOfARolledBackTransactionNeverWas() throws Exception {
    UUID[] id = new UUID[1];
    assertThrows(
        QuarkusTransactionException.class,
        () ->
            QuarkusTransaction.requiringNew()
                .run(
                    () -> {
                      id[0] = submit("Nobody");
                      QuarkusTransaction.setRollbackOnly();
                    }));
    await(submit("Later"), WorkState.DONE);

    assertTrue(work.find(id[0]).isEmpty());
  }

  @Test
  void workOfAnUnknownKindIsRefusedWhenSubmitted() {
    assertThrows(
        IllegalArgumentException.class,
        () -> work.submit(new WorkRequest(PROJECT, "unknown", null, "Unknown", "")));
  }

  private UUID submit(String name) {
    return work.submit(
        new WorkRequest(PROJECT, "greeting", null, "Greet " + name, new Greeting(name)));
  }

  private WorkView await(UUID id, WorkState state) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
    while (System.nanoTime() < end) {
      WorkView view = work.find(id).orElseThrow();
      if (view.state() == state) {
        return view;
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return fail("It is " + work.find(id).orElseThrow());
  }
}

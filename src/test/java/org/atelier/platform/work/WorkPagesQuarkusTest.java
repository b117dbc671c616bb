package org.atelier.platform.work;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.atelier.platform.CommonProblem;
import org.atelier.platform.Ids;
import org.atelier.platform.ProblemException;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.atelier.workforce.TestPeople;
import org.atelier.workforce.TestPeople.Visitor;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class WorkPagesQuarkusTest {

  record Order(boolean fails) {}

  /** Counts for ever until cancelled, or fails at once. */
  @Singleton
  static class EndlessHandler implements WorkHandler {

    @Override
    public String kind() {
      return "endless";
    }

    @Override
    public void run(WorkContext context) throws Exception {
      if (context.payload(Order.class).fails()) {
        throw new ProblemException(CommonProblem.INVALID_INPUT, "Row 8 has no <label>.");
      }
      context.progress("Counting", 1234, 5000);
      while (true) {
        context.checkCancelled();
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
  }

  record Attempt(UUID key) {}

  /** Fails the first time it is tried and says so in its log. */
  @Singleton
  static class SecondTimeHandler implements WorkHandler {

    private final Set<UUID> tried = ConcurrentHashMap.newKeySet();

    @Override
    public String kind() {
      return "second-time";
    }

    @Override
    public void run(WorkContext context) {
      if (tried.add(context.payload(Attempt.class).key())) {
        context.log("The disk was <full>.");
        throw new ProblemException(CommonProblem.INVALID_INPUT, "Make room and try again.");
      }
      context.log("There was room.");
    }
  }

  @Inject WorkService work;
  @Inject TestPeople people;
  @Inject Jdbi jdbi;

  private Visitor manager;
  private ProjectRef project;

  @BeforeEach
  void arrive() {
    manager = people.visitor("Mara Manager");
    project = people.projectOf(manager);
  }

  @Test
  void whoHasNoWorkIsToldWhatThePageIsFor() {
    page(manager, "/work").then().statusCode(200).body(containsString("Nothing has run yet"));
    running(manager).then().body("count", equalTo(0));
  }

  @Test
  void runningWorkShowsItsProgressAndCanBeCancelled() throws Exception {
    UUID id = submit(false, "Import <Summer>");
    await(id, WorkState.RUNNING, "Counting");

    page(manager, "/work")
        .then()
        .statusCode(200)
        .body(containsString("Import &lt;Summer&gt;"))
        .body(containsString("1,234 of 5,000"))
        .body(containsString("hx-get=\"/work/rows\""));
    running(manager).then().body("count", equalTo(1));

    given()
        .auth()
        .oauth2(manager.token())
        .contentType("application/json")
        .post("/api/v1/projects/" + project.id() + "/work/" + id + "/cancel")
        .then()
        .statusCode(200);
    await(id, WorkState.CANCELLED, "Counting");
    page(manager, "/work/" + id)
        .then()
        .body(containsString("Cancelled"))
        .body(containsString("Try again"));
  }

  @Test
  void monitoringCountsTheWorkOfEveryProject() throws Exception {
    UUID id = submit(false, "Import");
    await(id, WorkState.RUNNING, "Counting");
    SimpleMeterRegistry registry = new SimpleMeterRegistry();

    new WorkMetrics(work, registry, jdbi).register(null);

    assertTrue(registry.get("atelier.work.unfinished").gauge().value() >= 1);
    work.cancel(id);
    await(id, WorkState.CANCELLED, "Counting");
  }

  @Test
  void failedWorkSaysWhyAsTextAndOffersToTryAgain() throws Exception {
    UUID id = submit(true, "Import");
    await(id, WorkState.FAILED, "");

    page(manager, "/work/" + id)
        .then()
        .statusCode(200)
        .body(containsString("Row 8 has no &lt;label&gt;."))
        .body(containsString("Try again"));
    given()
        .auth()
        .oauth2(manager.token())
        .get("/api/v1/projects/" + project.id() + "/work")
        .then()
        .statusCode(200)
        .body("rows", hasSize(1))
        .body("rows[0].state", equalTo("FAILED"));
  }

  @Test
  void workThatIsTriedAgainKeepsTheLogOfBothAttempts() throws Exception {
    UUID id =
        work.submit(
            new WorkRequest(project.id(), "second-time", null, "Copy", new Attempt(Ids.next())));
    await(id, WorkState.FAILED, "");

    Response page = page(manager, "/work/" + id);
    given()
        .redirects()
        .follow(false)
        .cookie(TestPeople.COOKIE, manager.session())
        .cookie("csrf-token", page.cookie("csrf-token"))
        .formParam(
            "csrf-token", page.htmlPath().getString("**.find { it.@name == 'csrf-token' }.@value"))
        .post("/work/" + id + "/retry")
        .then()
        .statusCode(303);
    await(id, WorkState.DONE, "");

    page(manager, "/work/" + id)
        .then()
        .body(containsString("The disk was &lt;full&gt;."))
        .body(containsString("There was room."));
    given()
        .auth()
        .oauth2(manager.token())
        .get("/api/v1/projects/" + project.id() + "/work/" + id + "/log")
        .then()
        .statusCode(200)
        .body("line", hasItems("The disk was <full>.", "There was room."));
  }

  @Test
  void workOfAnotherProjectDoesNotExistForAStranger() throws Exception {
    UUID id = submit(true, "Secret import");
    await(id, WorkState.FAILED, "");
    Visitor stranger = people.visitor("Sam Stranger");

    page(stranger, "/work").then().body(not(containsString("Secret import")));
    page(stranger, "/work/" + id).then().statusCode(404);
    given()
        .auth()
        .oauth2(stranger.token())
        .get("/api/v1/projects/" + project.id() + "/work/" + id)
        .then()
        .statusCode(404);
  }

  private UUID submit(boolean fails, String title) {
    return work.submit(new WorkRequest(project.id(), "endless", null, title, new Order(fails)));
  }

  private static Response page(Visitor visitor, String path) {
    return given()
        .redirects()
        .follow(false)
        .accept("text/html")
        .cookie(TestPeople.COOKIE, visitor.session())
        .get(path);
  }

  private static Response running(Visitor visitor) {
    return given()
        .accept("application/json")
        .cookie(TestPeople.COOKIE, visitor.session())
        .get("/work/running");
  }

  private void await(UUID id, WorkState state, String phase) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
    WorkView view = work.find(id).orElseThrow();
    while (System.nanoTime() < end && !(view.state() == state && view.phase().equals(phase))) {
      TimeUnit.MILLISECONDS.sleep(20);
      view = work.find(id).orElseThrow();
    }
    assertEquals(state, view.state());
    assertEquals(phase, view.phase());
  }
}

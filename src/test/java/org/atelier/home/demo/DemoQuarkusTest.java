package org.atelier.home.demo;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.atelier.labeling.JobState;
import org.atelier.labeling.JobView;
import org.atelier.labeling.Jobs;
import org.atelier.platform.Ids;
import org.atelier.platform.Person;
import org.atelier.platform.ProblemException;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.atelier.workforce.People;
import org.atelier.workforce.TestPeople;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class DemoQuarkusTest {

  private static final long LONGEST_WAIT = 240_000;
  private static final long STEP = 200;

  @Inject Demo demo;
  @Inject Jobs jobs;
  @Inject People people;
  @Inject TestPeople visitors;

  @Test
  void theDemoHasTwoRunningJobsAndIsMadeOnce() throws InterruptedException {
    Person administrator = administrator();
    demo.begin(administrator);
    await("the demo is complete", () -> demo.state() != null && demo.state().complete());

    Demo.State state = demo.state();
    JobView garments = jobs.job(state.projectId(), state.garmentsJob());
    JobView texts = jobs.job(state.projectId(), state.descriptionsJob());
    assertEquals(2_400, garments.items());
    assertEquals(10, garments.settings().labels().size());
    assertEquals(JobState.RUNNING, garments.state());
    assertEquals(4_000, texts.items());

    demo.begin(administrator());
    assertEquals(state, demo.state());
  }

  @Test
  void onlyAdministratorsMakeTheDemo() {
    TestPeople.Visitor visitor = visitors.visitor("Ines");
    Person person = new Person(visitor.personId(), visitor.email(), "Ines", false);
    assertThrows(ProblemException.class, () -> demo.begin(person));
    given()
        .cookie(TestPeople.COOKIE, visitor.session())
        .get("/demo")
        .then()
        .statusCode(200)
        .body(containsString("An administrator of this installation"));
  }

  private Person administrator() {
    People.NewAccount account =
        people.createAccount("a-" + Ids.next() + "@example.com", "Administrator", true);
    return new Person(account.id(), account.email(), "Administrator", true);
  }

  private static void await(String what, java.util.function.BooleanSupplier done)
      throws InterruptedException {
    for (long waited = 0; waited < LONGEST_WAIT; waited += STEP) {
      if (done.getAsBoolean()) {
        return;
      }
      Thread.sleep(STEP);
    }
    assertTrue(done.getAsBoolean(), "Never happened: " + what);
  }
}

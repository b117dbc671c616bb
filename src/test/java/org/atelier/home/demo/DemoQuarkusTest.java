package org.atelier.home.demo;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.List;
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
    TestPeople.Visitor ada = visitors.administrator("Ada");
    JsonPath begun = script(ada).post("/api/v1/demo").then().statusCode(202).extract().jsonPath();
    assertTrue(begun.getBoolean("exists") && begun.getBoolean("member"));
    await("the demo is complete", () -> demo.state() != null && demo.state().complete());

    Demo.State state = demo.state();
    JobView garments = jobs.job(state.projectId(), state.garmentsJob());
    JobView texts = jobs.job(state.projectId(), state.descriptionsJob());
    assertEquals(2_400, garments.items());
    assertEquals(10, garments.settings().labels().size());
    assertEquals(JobState.RUNNING, garments.state());
    assertEquals(4_000, texts.items());

    JsonPath told = script(ada).get("/api/v1/demo").jsonPath();
    assertTrue(told.getBoolean("ready") && told.getBoolean("complete"));
    assertEquals(state.projectId().toString(), told.getString("project"));
    assertEquals(state.garmentsJob().toString(), told.getString("garmentsJob"));
    assertEquals(state.descriptionsJob().toString(), told.getString("descriptionsJob"));
    script(ada).post("/api/v1/demo").then().statusCode(202);
    strangersLearnNothingOfTheDemoAndTokensGiveNoRoles();

    demo.begin(administrator());
    assertEquals(state, demo.state());
  }

  private void strangersLearnNothingOfTheDemoAndTokensGiveNoRoles() {
    TestPeople.Visitor bea = visitors.administrator("Bea");
    script(bea).post("/api/v1/demo").then().statusCode(403).body("code", equalTo("forbidden"));
    script(bea).post("/demo").then().statusCode(403);
    TestPeople.Visitor stranger = visitors.visitor("Stan");
    script(stranger).post("/api/v1/demo").then().statusCode(403);
    for (TestPeople.Visitor one : List.of(bea, stranger)) {
      script(one)
          .get("/api/v1/demo")
          .then()
          .statusCode(200)
          .body("exists", equalTo(true))
          .body("member", equalTo(false))
          .body("project", nullValue())
          .body("garmentsJob", nullValue());
    }
  }

  private static RequestSpecification script(TestPeople.Visitor visitor) {
    return given().auth().oauth2(visitor.token()).contentType("application/json");
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

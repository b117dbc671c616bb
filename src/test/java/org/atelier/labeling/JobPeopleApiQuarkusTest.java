package org.atelier.labeling;

import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.Role;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.atelier.workforce.People;
import org.junit.jupiter.api.Test;

/** What the tab of people shows, for scripts. */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class JobPeopleApiQuarkusTest extends LabelingScene {

  @Test
  void answersTimeAndAgreementOfEveryPersonAreThoseOfThePage() {
    UUID job = jobOfTwoAnswersPerItem();
    answerAll(job, labeler);
    answerAll(job, secondLabeler());
    boss.json(api(project, job))
        .then()
        .statusCode(200)
        .body("", hasSize(2))
        .body("[0].name", equalTo("Ana"))
        .body("[0].personId", notNullValue())
        .body("[0].answers", equalTo(6))
        .body("[0].activeMillis", equalTo(9000))
        .body("[0].lastAnswer", notNullValue())
        .body("[0].agreement.share.doubleValue()", closeTo(1, 1e-9))
        .body("[0].agreement.lower.doubleValue()", closeTo(0.61, 0.01))
        .body("[0].agreement.upper.doubleValue()", closeTo(1, 1e-9));
    boss.get(path(job) + "/people").then().body(containsString("100.0 % (61.0 % to 100.0 %)"));
  }

  @Test
  void whereNobodyAnswersAfterAnotherThereIsNoAgreementToTell() {
    UUID job = startedJob();
    boss.json(api(project, job)).then().statusCode(200).body("", hasSize(0));
    answerAll(job, labeler);
    boss.json(api(project, job))
        .then()
        .body("[0].answers", equalTo(6))
        .body("[0].agreement", nullValue());
  }

  @Test
  void onlyThoseWhoMayLookAtTheJobSeeItsPeople() {
    UUID job = startedJob();
    labeler.json(api(project, job)).then().statusCode(403);
    People.NewAccount stranger = account();
    ProjectRef theirs = people.createProject("q-" + stranger.id(), "Theirs", stranger.id());
    SignedIn browser = signIn(stranger);
    browser.json(api(project, job)).then().statusCode(404);
    browser.json(api(theirs, job)).then().statusCode(404);
  }

  private static String api(ProjectRef project, UUID job) {
    return "/api/v1/projects/" + project.id() + "/jobs/" + job + "/people";
  }

  private UUID jobOfTwoAnswersPerItem() {
    Map<String, String> fields = form("Collars", "Shirt\nCoat");
    fields.put("startNow", "on");
    fields.put("answersPerItem", "2");
    fields.put("mostAnswersPerItem", "2");
    String address = boss.form("/p/" + project.slug() + "/jobs", fields).header("Location");
    return UUID.fromString(address.substring(address.lastIndexOf('/') + 1));
  }

  private SignedIn secondLabeler() {
    People.NewAccount second = account();
    people.setRoles(project.id(), second.id(), Set.of(Role.LABELER));
    return signIn(second);
  }

  private void answerAll(UUID job, SignedIn who) {
    JsonPath claim =
        who.post(path(job) + "/work/claim", Map.of("count", 6, "held", List.of()))
            .then()
            .statusCode(200)
            .extract()
            .jsonPath();
    assertEquals(6, claim.getList("leases").size());
    for (int i = 0; i < 6; i++) {
      who.post(path(job) + "/work/answers", answer(claim, i, UUID.randomUUID(), 1))
          .then()
          .statusCode(200);
    }
  }
}

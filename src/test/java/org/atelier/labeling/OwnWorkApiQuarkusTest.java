package org.atelier.labeling;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.junit.jupiter.api.Test;

/** Questions and own work for scripts. */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class OwnWorkApiQuarkusTest extends LabelingScene {

  @Test
  void aQuestionIsAskedFoundAndAnswered() {
    UUID job = startedJob();
    JsonPath claim = claim(job, 2);
    String questions = api() + "/jobs/" + job + "/questions";
    labeler
        .post(questions, Map.of("lease", claim.getString("leases[0].lease"), "text", "A collar?"))
        .then()
        .statusCode(201);
    labeler.json(questions).then().statusCode(403);
    String question =
        boss.json(questions)
            .then()
            .statusCode(200)
            .body("rows", hasSize(1))
            .body("rows[0].text", equalTo("A collar?"))
            .body("rows[0].externalId", equalTo("e0"))
            .body("next", nullValue())
            .extract()
            .path("rows[0].id");
    labeler.put(questions + "/" + question, Map.of("answer", "Yes.")).then().statusCode(403);
    boss.put(questions + "/" + question, Map.of("answer", " "))
        .then()
        .statusCode(400)
        .body("field", equalTo("answer"));
    boss.put(questions + "/" + question, Map.of("answer", "Yes.")).then().statusCode(204);
    boss.json(questions).then().body("rows", hasSize(0));
    boss.json(questions + "?answered=true").then().body("rows[0].answer", equalTo("Yes."));
    labeler.json(api() + "/own-work/questions").then().body("rows[0].answer", equalTo("Yes."));
  }

  @Test
  void aQuestionNeedsALeaseOfOnesOwn() {
    UUID job = startedJob();
    String questions = api() + "/jobs/" + job + "/questions";
    labeler
        .post(questions, Map.of("text", "Which?"))
        .then()
        .statusCode(400)
        .body("field", equalTo("lease"));
    labeler
        .post(questions, Map.of("lease", UUID.randomUUID(), "text", "Which?"))
        .then()
        .statusCode(404)
        .body("code", equalTo("lease-not-found"));
  }

  @Test
  void ownAnswersAreListedAndCorrectedWhileTheirItemsAreOpen() {
    UUID job = startedJob();
    JsonPath claim = claim(job, 2);
    labeler
        .post(path(job) + "/work/answers", answer(claim, 0, UUID.randomUUID(), 1))
        .then()
        .statusCode(200);
    String own = api() + "/own-work";
    labeler
        .json(own + "/jobs")
        .then()
        .statusCode(200)
        .body("[0].title", equalTo("Collars"))
        .body("[0].mine", equalTo(1));
    String answer =
        labeler
            .json(own + "/answers?job=" + job + "&id=e")
            .then()
            .statusCode(200)
            .body("rows[0].externalId", equalTo("e0"))
            .body("rows[0].classIndexes", equalTo(List.of(1)))
            .body("rows[0].correctable", equalTo(true))
            .extract()
            .path("rows[0].id");
    boss.json(own + "/answers").then().body("rows", hasSize(0));
    Map<String, Object> correction = Map.of("key", UUID.randomUUID(), "classes", List.of(0));
    boss.put(own + "/answers/" + answer, correction).then().statusCode(404);
    labeler
        .put(own + "/answers/" + answer, Map.of("classes", List.of(0)))
        .then()
        .statusCode(400)
        .body("detail", containsString("key"));
    labeler.put(own + "/answers/" + answer, correction).then().statusCode(204);
    labeler.put(own + "/answers/" + answer, correction).then().statusCode(204);
    Map<String, Object> another = Map.of("key", UUID.randomUUID(), "classes", List.of(1));
    labeler
        .put(own + "/answers/" + answer, another)
        .then()
        .statusCode(409)
        .body("code", equalTo("correction-closed"));
    labeler.json(own + "/answers").then().body("rows[0].classIndexes", equalTo(List.of(0)));
    labeler.json(own + "/days").then().body("[0].jobTitle", equalTo("Collars"));
  }

  @Test
  void aCorrectionSentTwiceFromThePageIsOneCorrection() {
    UUID job = startedJob();
    JsonPath claim = claim(job, 1);
    labeler
        .post(path(job) + "/work/answers", answer(claim, 0, UUID.randomUUID(), 1))
        .then()
        .statusCode(200);
    String answer = labeler.json(api() + "/own-work/answers").path("rows[0].id");
    String page = "/p/" + project.slug() + "/work/mine/" + answer;
    Map<String, Object> fields = Map.of("classes", 0, "key", UUID.randomUUID().toString());
    labeler.form(page, fields).then().statusCode(303);
    labeler.form(page, fields).then().statusCode(303);
    labeler
        .json(api() + "/own-work/answers")
        .then()
        .body("rows", hasSize(1))
        .body("rows[0].classIndexes", equalTo(List.of(0)));
    labeler
        .form(page, Map.of("classes", 2, "key", UUID.randomUUID().toString()))
        .then()
        .statusCode(409);
  }

  @Test
  void aFieldNobodyReadsIsRefusedByNameWithThoseThereAre() {
    UUID job = startedJob();
    labeler
        .post(path(job) + "/work/claim", Map.of("count", 1, "held", List.of(), "coutn", 2))
        .then()
        .statusCode(400)
        .body("field", equalTo("coutn"))
        .body("detail", containsString("there is no such field here"))
        .body("detail", containsString("count"));
  }

  private String api() {
    return "/api/v1/projects/" + project.id();
  }
}

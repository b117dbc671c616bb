package org.atelier.labeling;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.UUID;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.junit.jupiter.api.Test;

/** The pages that a person who only labels sees, and what they say in plain words. */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class LabelerPagesQuarkusTest extends LabelingScene {

  @Test
  void theFirstPageOfALabelerLeadsToTheJobThatWaits() {
    String home = "/p/" + project.slug();
    labeler
        .get(home)
        .then()
        .statusCode(200)
        .body(containsString("Nothing waits for you at the moment"));
    UUID job = startedJob();
    labeler
        .get(home)
        .then()
        .statusCode(200)
        .body(containsString("A job waits for you."))
        .body(containsString("6 items wait"))
        .body(containsString("<a class=\"button primary\" href=\"" + path(job) + "/work\">"));
    boss.get(home).then().body(not(containsString("A job waits for you.")));
  }

  @Test
  void ownAnswersShowHowTheirTextsBegin() {
    UUID job = startedJob();
    JsonPath claim = claim(job, 1);
    labeler
        .post(path(job) + "/work/answers", answer(claim, 0, UUID.randomUUID(), 1))
        .then()
        .statusCode(200);
    labeler
        .get("/p/" + project.slug() + "/work/mine")
        .then()
        .statusCode(200)
        .body(containsString("<span class=\"begins\">&lt;b&gt;text&lt;/b&gt; 0</span>"));
  }

  @Test
  void aJobWithOneAnswerAndOneLabelPerItemSaysNothingOfTies() {
    UUID started = startedJob();
    boss.get(path(started))
        .then()
        .statusCode(200)
        .body(not(containsString("A tie goes")))
        .body(not(containsString("Started.")))
        .body(containsString("Started"));
  }
}

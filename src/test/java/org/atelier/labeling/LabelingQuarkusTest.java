package org.atelier.labeling;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.atelier.dataset.ItemRow;
import org.atelier.platform.Ids;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.atelier.workforce.People;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class LabelingQuarkusTest extends LabelingScene {

  @Test
  void aManagerCreatesAndStartsAJobInOneForm() {
    boss.get("/p/" + project.slug() + "/jobs/new")
        .then()
        .statusCode(200)
        .body(containsString("texts, version 1 (newest), 6 items"));
    UUID job = startedJob();
    boss.get(path(job))
        .then()
        .statusCode(200)
        .body(containsString("Running"))
        .body(containsString("6 of 6 items have no label yet"))
        .body(containsString("&lt;i&gt;Bag&lt;/i&gt;"))
        .body(not(containsString("<script>alert")));
    boss.get("/p/" + project.slug() + "/jobs").then().body(containsString("Collars"));
  }

  @Test
  void aLabelerClaimsAnswersUndoesSkipsAndAsks() {
    LocalDate day = LocalDate.now(ZoneOffset.UTC);
    UUID job = startedJob();
    String work = path(job) + "/work";
    String page = labeler.get(work).then().statusCode(200).extract().asString();
    assertTrue(page.contains("id=\"work-config\""));
    assertFalse(page.contains("<i>Bag</i>"));
    JsonPath claim = claim(job, 3);
    assertEquals("e0", claim.getString("leases[0].item.externalId"));
    assertEquals("<b>text</b> 0", claim.getString("leases[0].item.text"));
    assertEquals("Ours", claim.getString("leases[0].item.metadata.brand"));
    assertEquals("RUNNING", claim.getString("state"));
    assertEquals(3, claim.getInt("open"));
    UUID key = UUID.randomUUID();
    String first =
        labeler
            .post(work + "/answers", answer(claim, 0, key, 1))
            .then()
            .statusCode(200)
            .body("why.reason", equalTo("BY_HAND"))
            .body("surplus", equalTo(false))
            .extract()
            .asString();
    assertEquals(first, labeler.post(work + "/answers", answer(claim, 0, key, 1)).asString());
    labeler
        .post(work + "/answers", answer(claim, 0, key, 2))
        .then()
        .statusCode(409)
        .contentType("application/problem+json")
        .body("code", equalTo("key-reused"));
    labeler
        .post(work + "/answers", answer(claim, 1, UUID.randomUUID(), 9))
        .then()
        .statusCode(400)
        .body("code", equalTo("bad-classes"));
    labeler
        .post(work + "/undo", Map.of("key", key))
        .then()
        .statusCode(200)
        .body("undone", equalTo(true))
        .body("lease.lease", equalTo(claim.getString("leases[0].lease")));
    labeler.post(work + "/undo", Map.of("key", key)).then().body("lease", nullValue());
    String second = claim.getString("leases[1].lease");
    labeler
        .post(work + "/question", Map.of("lease", second, "text", "Is this a collar?"))
        .then()
        .statusCode(200);
    labeler
        .post(work + "/skip", Map.of("lease", second, "reason", "UNSURE", "activeMillis", 65_000))
        .then()
        .statusCode(200)
        .body("skipped", equalTo(true));
    labeler
        .post(work + "/skip", Map.of("lease", second, "reason", "UNSURE", "activeMillis", 65_000))
        .then()
        .statusCode(200);
    int active = labeler.json(work + "/summary").jsonPath().getInt("mine.activeMillisToday");
    String sheet = timeSheet();
    if (day.equals(LocalDate.now(ZoneOffset.UTC))) {
      assertEquals(65_000 + 1_500, active);
      assertTrue(sheet.contains(",0,66"), sheet);
    }
    String third = claim.getString("leases[2].lease");
    labeler
        .post(work + "/renew", Map.of("leases", List.of(third, second)))
        .then()
        .body("leases", hasSize(1))
        .body("lost", equalTo(List.of(second)));
    labeler
        .post(work + "/release", Map.of("leases", List.of(third)))
        .then()
        .body("released", equalTo(1));
    labeler
        .get("/p/" + project.slug() + "/work/mine")
        .then()
        .body(containsString("Is this a collar?"))
        .body(containsString("not answered yet"));
    String jobs = "/p/" + project.slug() + "/jobs";
    boss.get(jobs).then().body(containsString("<span>Jobs</span> <b class=\"news\">1<i"));
    answerQuestion(job);
    boss.get(jobs).then().body(not(containsString("<span>Jobs</span> <b")));
    answersAreToldUntilSeen(work, third);
    labeler
        .json(work + "/summary")
        .then()
        .statusCode(200)
        .body("questionsAnswered[0].answer", equalTo("Yes it is."))
        .body("mine.answers", equalTo(0));
  }

  private String timeSheet() {
    return given()
        .cookies(labeler.cookies())
        .get("/p/" + project.slug() + "/work/time-sheet.csv")
        .then()
        .statusCode(200)
        .extract()
        .asString();
  }

  private void answersAreToldUntilSeen(String work, String lease) {
    labeler.get("/p/" + project.slug() + "/work/mine").then().body(containsString("Yes it is."));
    String question =
        labeler
            .post(work + "/claim", Map.of("count", 1, "held", List.of()))
            .then()
            .body("questionsAnswered[0].answer", equalTo("Yes it is."))
            .extract()
            .path("questionsAnswered[0].question");
    labeler
        .post(work + "/renew", Map.of("leases", List.of(lease)))
        .then()
        .body("questionsAnswered", hasSize(1));
    labeler
        .post(work + "/claim", Map.of("count", 1, "held", List.of(), "seen", List.of(question)))
        .then()
        .body("questionsAnswered", hasSize(0));
  }

  private void answerQuestion(UUID job) {
    String questions =
        boss.get(path(job) + "/questions")
            .then()
            .statusCode(200)
            .body(containsString("Is this a collar?"))
            .extract()
            .asString();
    String marker = "/questions/";
    int at = questions.indexOf(marker) + marker.length();
    String id = questions.substring(at, at + 36);
    boss.form(path(job) + "/questions/" + id, Map.of("answer", "Yes it is."))
        .then()
        .statusCode(303);
  }

  @Test
  void everyPageOfAJobShowsWhatHappened() {
    LocalDate day = LocalDate.now(ZoneOffset.UTC);
    UUID job = startedJob();
    JsonPath claim = claim(job, 1);
    labeler
        .post(path(job) + "/work/answers", answer(claim, 0, UUID.randomUUID(), 1))
        .then()
        .statusCode(200);
    String item = claim.getString("leases[0].item.id");
    boss.get(path(job) + "/items")
        .then()
        .statusCode(200)
        .body(containsString("one answer"))
        .body(containsString("waiting"))
        .body(not(containsString("<b>text</b>")));
    boss.get(path(job) + "/items?state=HUMAN&label=1").then().body(containsString("e0"));
    boss.get(path(job) + "/items?state=HUMAN&label=0").then().body(containsString("Nothing here"));
    boss.get(path(job) + "/items/" + item)
        .then()
        .statusCode(200)
        .body(containsString("Coat"))
        .body(containsString("This job asks people for every item."));
    boss.get(path(job) + "/people").then().statusCode(200).body(containsString("Ana"));
    boss.get(path(job) + "/settings").then().statusCode(200).body(containsString("Clone"));
    boss.get(path(job) + "/nowhere").then().statusCode(404);
    String mine =
        labeler
            .get("/p/" + project.slug() + "/work/mine")
            .then()
            .statusCode(200)
            .body(containsString("Coat"))
            .extract()
            .asString();
    String marker = "/work/mine/";
    int at = mine.indexOf(marker) + marker.length();
    String correction = "/p/" + project.slug() + "/work/mine/" + mine.substring(at, at + 36);
    labeler.get(correction).then().statusCode(200).body(containsString("You said: Coat."));
    labeler
        .form(correction, Map.of("classes", "0", "key", UUID.randomUUID().toString()))
        .then()
        .statusCode(303);
    boss.get(path(job) + "/items/" + item)
        .then()
        .body(containsString("Shirt, said by people."))
        .body(containsString("replaced"));
    String sheet = timeSheet();
    assertTrue(sheet.contains("day,job,answers,active_seconds"), sheet);
    if (day.equals(LocalDate.now(ZoneOffset.UTC))) {
      assertTrue(sheet.contains(",Collars,1,1"), sheet);
    }
    labeler
        .get("/p/" + project.slug() + "/work")
        .then()
        .statusCode(200)
        .body(containsString("Collars"));
  }

  @Test
  void whatBelongsToAnotherProjectDoesNotExist() {
    UUID job = startedJob();
    JsonPath claim = claim(job, 1);
    People.NewAccount stranger = account();
    String theirs = "q-" + Ids.next().toString().substring(19);
    ProjectRef other = people.createProject(theirs, "Theirs", stranger.id());
    SignedIn browser = signIn(stranger);
    String detour = "/p/" + theirs + "/jobs/" + job;
    for (String place : List.of("", "/items", "/people", "/questions", "/settings", "/work")) {
      assertEquals(404, browser.get(detour + place).statusCode(), place);
      assertEquals(404, browser.get(path(job) + place).statusCode(), place);
    }
    assertEquals(404, browser.post(detour + "/work/claim", Map.of("count", 1)).statusCode());
    assertEquals(
        404,
        browser
            .post(detour + "/work/answers", answer(claim, 0, UUID.randomUUID(), 1))
            .statusCode());
    assertEquals(
        404, browser.json("/api/v1/projects/" + project.id() + "/jobs/" + job).statusCode());
    assertEquals(404, browser.json("/api/v1/projects/" + other.id() + "/jobs/" + job).statusCode());
    assertEquals(403, labeler.get(path(job)).statusCode());
    assertEquals(
        403,
        labeler
            .post("/api/v1/projects/" + project.id() + "/jobs/" + job + "/start", Map.of())
            .statusCode());
  }

  @Test
  void aCompletedJobLeavesALabelledVersionOfItsDataset() throws InterruptedException {
    UUID job = startedJob();
    for (int round = 0; round < 6; round++) {
      labeler
          .post(path(job) + "/work/answers", answer(claim(job, 1), 0, UUID.randomUUID(), round % 2))
          .then()
          .statusCode(200);
    }
    assertEquals(0, claim(job, 1).getList("leases").size());
    boss.form(path(job) + "/state", Map.of("act", "complete", "reason", "Done"))
        .then()
        .statusCode(303);
    for (int wait = 0; wait < 900; wait++) {
      if (jobs.job(project.id(), job).state() == JobState.COMPLETED) {
        break;
      }
      Thread.sleep(100);
    }
    JobView done = jobs.job(project.id(), job);
    assertEquals(JobState.COMPLETED, done.state());
    assertEquals(2, done.resultVersion());
    List<String> labels = new java.util.ArrayList<>();
    datasets.items(project.id(), dataset, 2, 0, (ItemRow row) -> labels.addAll(row.knownLabels()));
    assertEquals(List.of("Shirt", "Coat", "Shirt", "Coat", "Shirt", "Coat"), labels);
    assertEquals(6, datasets.version(project.id(), dataset, 2).labeledByPeople());
    boss.form(path(job) + "/state", Map.of("act", "stop", "reason", "no")).then().statusCode(409);
  }

  @Test
  void scriptsCreateJobsThroughTheApi() {
    String api = "/api/v1/projects/" + project.id() + "/jobs";
    String id =
        boss.post(
                api,
                Map.of(
                    "title",
                    "By script",
                    "datasetId",
                    dataset,
                    "labels",
                    List.of(Map.of("name", "a"), Map.of("name", "b"))))
            .then()
            .statusCode(201)
            .body("state", equalTo("DRAFT"))
            .extract()
            .path("id");
    boss.post(api, Map.of("title", "", "datasetId", dataset))
        .then()
        .statusCode(400)
        .body("field", equalTo("title"))
        .body("fields.labels", containsString("at least one"));
    boss.json(api + "/" + id)
        .then()
        .statusCode(200)
        .body("job.settings.labels", hasSize(2))
        .body("counts.human", equalTo(0));
    boss.json(api).then().body("rows", hasSize(1));
  }
}

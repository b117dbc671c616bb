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

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.atelier.dataset.Datasets;
import org.atelier.dataset.ItemRow;
import org.atelier.platform.Ids;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.Role;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.atelier.workforce.People;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class LabelingQuarkusTest {

  private static final String SESSION = "atelier-session";

  @Inject People people;
  @Inject Jobs jobs;
  @Inject Datasets datasets;
  @Inject Jdbi jdbi;

  private ProjectRef project;
  private UUID dataset;
  private Browser boss;
  private Browser labeler;

  /** A signed-in person with the token that changes need. */
  private record Browser(Map<String, String> cookies, String token) {

    Response get(String path) {
      return given().redirects().follow(false).accept("text/html").cookies(cookies).get(path);
    }

    Response json(String path) {
      return given().accept("application/json").cookies(cookies).get(path);
    }

    Response post(String path, Object body) {
      return given()
          .accept("application/json")
          .contentType("application/json")
          .cookies(cookies)
          .header("X-CSRF-TOKEN", token)
          .body(body)
          .post(path);
    }

    Response form(String path, Map<String, ?> fields) {
      return given()
          .redirects()
          .follow(false)
          .accept("text/html")
          .contentType("application/x-www-form-urlencoded; charset=utf-8")
          .cookies(cookies)
          .formParams(fields)
          .formParam("csrf-token", token)
          .post(path);
    }
  }

  @BeforeEach
  void prepare() {
    People.NewAccount owner = account();
    String slug = "p-" + Ids.next().toString().substring(19);
    project = people.createProject(slug, "Autumn", owner.id());
    dataset = texts(project.id(), 6);
    boss = signIn(owner);
    People.NewAccount worker = account();
    people.setRoles(project.id(), worker.id(), Set.of(Role.LABELER));
    labeler = signIn(worker);
  }

  private People.NewAccount account() {
    return people.createAccount("p-" + Ids.next() + "@example.com", "Ana", false);
  }

  private UUID texts(UUID projectId, int count) {
    UUID id = Ids.next();
    QuarkusTransaction.requiringNew()
        .run(
            () ->
                jdbi.useHandle(
                    h -> {
                      h.execute(
                          """
                          insert into dataset.dataset
                            (id, project_id, name, kind, created_at, latest_version, next_ordinal)
                          values (?, ?, 'texts', 'TEXT', now(), 1, ?)
                          """,
                          id,
                          projectId,
                          count);
                      h.execute(
                          """
                          insert into dataset.dataset_version (dataset_id, number, digest,
                            item_count, added, removed, labeled, note, created_at)
                          values (?, 1, 'd', ?, ?, 0, 0, '', now())
                          """,
                          id,
                          count,
                          count);
                      for (int n = 0; n < count; n++) {
                        h.execute(
                            """
                            insert into dataset.item (id, dataset_id, ordinal, external_id, kind,
                              text, metadata, added_in, digest)
                            values (?, ?, ?, ?, 'TEXT', ?, '{"brand":"Ours"}', 1, '')
                            """,
                            Ids.next(),
                            id,
                            n,
                            "e" + n,
                            "<b>text</b> " + n);
                      }
                    }));
    return id;
  }

  private Browser signIn(People.NewAccount account) {
    QuarkusTransaction.requiringNew()
        .run(
            () ->
                jdbi.useHandle(
                    h ->
                        h.execute(
                            """
                            update workforce.person set must_change_password = false
                            where id = ?
                            """,
                            account.id())));
    Response page = given().accept("text/html").get("/sign-in");
    String token = page.htmlPath().getString("**.find { it.@name == 'csrf-token' }.@value");
    Response signedIn =
        given()
            .redirects()
            .follow(false)
            .accept("text/html")
            .cookie("csrf-token", page.cookie("csrf-token"))
            .formParam("csrf-token", token)
            .formParam("email", account.email())
            .formParam("password", account.oneTimePassword())
            .post("/sign-in");
    assertEquals(303, signedIn.statusCode());
    Map<String, String> cookies = new java.util.HashMap<>(signedIn.cookies());
    cookies.put("csrf-token", page.cookie("csrf-token"));
    return new Browser(cookies, token);
  }

  private Map<String, String> form(String title, String labels) {
    Map<String, String> fields = new java.util.HashMap<>();
    fields.put("title", title);
    fields.put("dataset", dataset + "/1");
    fields.put("taskType", "SINGLE");
    fields.put("labels", labels);
    fields.put("instructions", "Look at the *collar*. <script>alert(1)</script>");
    fields.put("who", "everyone");
    fields.put("perItem", "1");
    fields.put("most", "1");
    fields.put("method", "majority");
    fields.put("submitOnChoice", "on");
    fields.put("leaseMinutes", "10");
    fields.put("graceSeconds", "10");
    fields.put("target", "95");
    fields.put("scope", "MACHINE");
    fields.put("risk", "5");
    fields.put("batchSize", "100");
    fields.put("currency", "EUR");
    return fields;
  }

  private UUID startedJob() {
    Map<String, String> fields = form("Collars", "Shirt\nCoat\n<i>Bag</i>");
    fields.put("startNow", "on");
    Response created = boss.form("/p/" + project.slug() + "/jobs", fields);
    assertEquals(303, created.statusCode(), created.body().asString());
    String address = created.header("Location");
    return UUID.fromString(address.substring(address.lastIndexOf('/') + 1));
  }

  private String path(UUID job) {
    return "/p/" + project.slug() + "/jobs/" + job;
  }

  private JsonPath claim(UUID job, int count) {
    return labeler
        .post(path(job) + "/work/claim", Map.of("count", count, "held", List.of()))
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  private static Map<String, Object> answer(JsonPath claim, int at, UUID key, int label) {
    return Map.of(
        "key",
        key,
        "lease",
        claim.getString("leases[" + at + "].lease"),
        "task",
        claim.getString("leases[" + at + "].task"),
        "classes",
        List.of(label),
        "activeMillis",
        1500,
        "answeredAt",
        "2026-11-23T08:00:00Z");
  }

  @Test
  void aManagerCreatesAndStartsAJobInOneForm() {
    boss.get("/p/" + project.slug() + "/jobs/new")
        .then()
        .statusCode(200)
        .body(containsString("texts, version 1, 6 items"));
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
  void aRefusedFormKeepsWhatWasTypedAndSaysWhatIsWrongBesideTheField() {
    Map<String, String> fields = form("", "Shirt\nShirt");
    fields.put("target", "ninety");
    boss.form("/p/" + project.slug() + "/jobs", fields)
        .then()
        .statusCode(400)
        .body(containsString("Give the job a title"))
        .body(containsString("is there twice"))
        .body(containsString("Write a number."))
        .body(containsString("value=\"ninety\""));
  }

  @Test
  void aLabelerClaimsAnswersUndoesSkipsAndAsks() {
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
        .post(work + "/skip", Map.of("lease", second, "reason", "UNSURE"))
        .then()
        .statusCode(200)
        .body("skipped", equalTo(true));
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
    answerQuestion(job);
    labeler
        .json(work + "/summary")
        .then()
        .statusCode(200)
        .body("questionsAnswered[0].answer", equalTo("Yes it is."))
        .body("mine.answers", equalTo(0));
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
    given()
        .cookies(labeler.cookies())
        .get("/p/" + project.slug() + "/work/time-sheet.csv")
        .then()
        .statusCode(200)
        .body(containsString("day,job,answers,active_seconds"))
        .body(containsString(",Collars,1,1"));
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
    Browser browser = signIn(stranger);
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
  void aStartedJobKeepsItsLabelSetAndNoticesTwoEditors() {
    UUID job = startedJob();
    int revision = jobs.job(project.id(), job).revision();
    Map<String, String> fields = form("Collars again", "Shirt\nCoat\n<i>Bag</i>");
    fields.put("revision", String.valueOf(revision));
    boss.form(path(job) + "/settings", fields).then().statusCode(303);
    boss.form(path(job) + "/settings", fields)
        .then()
        .statusCode(409)
        .body(containsString("Somebody changed the job while you did"));
    fields.put("revision", String.valueOf(revision + 1));
    fields.put("labels", "Shirt\nCoat");
    boss.form(path(job) + "/settings", fields)
        .then()
        .statusCode(409)
        .body(containsString("Clone the job"));
    assertEquals("Collars again", jobs.job(project.id(), job).settings().title());
    Response copied = boss.form(path(job) + "/copy", Map.of());
    assertEquals(303, copied.statusCode());
    boss.get(java.net.URI.create(copied.header("Location")).getPath())
        .then()
        .body(containsString("Collars again (copy)"));
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
    for (int wait = 0; wait < 100; wait++) {
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

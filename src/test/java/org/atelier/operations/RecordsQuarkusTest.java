package org.atelier.operations;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.atelier.platform.AuditTrail;
import org.atelier.platform.Ids;
import org.atelier.platform.Outbox;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.Role;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.atelier.workforce.People;
import org.atelier.workforce.TestPeople;
import org.atelier.workforce.TestPeople.Visitor;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The audit trail, the feed of events and the search box, as people and scripts use them. */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class RecordsQuarkusTest {

  /** Looks at the feed, a tenth of a second apart. */
  private static final int LOOKS = 1_800;

  private static final String ONES = "events.type.findAll { it.endsWith('One') }";

  @Inject TestPeople testPeople;
  @Inject People people;
  @Inject AuditTrail audit;
  @Inject Outbox outbox;
  @Inject Jdbi jdbi;
  @Inject DataSource database;

  private Visitor manager;
  private Visitor labeler;
  private Visitor stranger;
  private ProjectRef project;

  @BeforeEach
  void arrive() {
    manager = testPeople.visitor("Mara Manager");
    labeler = testPeople.visitor("Lena Labeler");
    stranger = testPeople.visitor("Sam Stranger");
    project = testPeople.projectOf(manager);
    people.setRoles(project.id(), labeler.personId(), java.util.Set.of(Role.LABELER));
  }

  @Test
  void theAuditPageShowsWhatHappenedNewestFirstAHundredAtATime() {
    UUID subject = Ids.next();
    for (int number = 1; number <= 101; number++) {
      record("thing-changed", number == 101 ? subject : Ids.next(), Map.of("number", number));
    }
    String first = Door.page(manager, path("/audit")).then().statusCode(200).extract().asString();

    assertTrue(first.contains("thing changed"));
    assertTrue(first.indexOf(number(101)) < first.indexOf(number(100)));
    assertTrue(!first.contains(number(1)));
    String older = first.replaceAll("(?s).*href=\"(/p/[^\"]*before=[^\"]*)\".*", "$1");
    Door.page(manager, older)
        .then()
        .statusCode(200)
        .body(containsString(number(1)))
        .body(not(containsString(number(101))));
    Door.page(manager, path("/audit?subject=" + subject))
        .then()
        .body(containsString(number(101)))
        .body(not(containsString(number(100))));
  }

  @Test
  void whatPeopleWroteIsShownAsTextInTheAudit() {
    record("thing-named", Ids.next(), Map.of("name", "<script>alert(1)</script>"));

    Door.page(manager, path("/audit"))
        .then()
        .body(containsString("&lt;script&gt;"))
        .body(not(containsString("<script>alert")));
  }

  @Test
  void theAuditIsForAuditorsAndAdministratorsOfTheProject() {
    Door.page(labeler, path("/audit")).then().statusCode(403);
    Door.page(labeler, path("/audit/export.csv")).then().statusCode(403);
    Door.page(stranger, path("/audit")).then().statusCode(404);
    Door.page(stranger, path("/audit/export.csv")).then().statusCode(404);
  }

  @Test
  void theAuditTravelsAsCsvOldestFirstWithOnlyTheRowsOfTheProject() {
    ProjectRef elsewhere = testPeople.projectOf(stranger);
    record("first-act", Ids.next(), Map.of("text", "a, \"quoted\"\nline"));
    QuarkusTransaction.requiringNew()
        .run(() -> audit.record(elsewhere.id(), "secret-act", "thing", Ids.next(), Map.of()));
    record("second-act", Ids.next(), Map.of());

    String csv =
        Door.page(manager, path("/audit/export.csv"))
            .then()
            .statusCode(200)
            .contentType(startsWith("text/csv"))
            .header("Content-Disposition", containsString(project.slug() + "-audit.csv"))
            .extract()
            .asString();

    List<List<String>> rows =
        CsvReader.builder().ofCsvRecord(csv).stream().map(row -> row.getFields()).toList();
    List<String> actions = rows.stream().map(row -> row.get(3)).toList();
    assertEquals("id", rows.get(0).get(0));
    assertTrue(actions.indexOf("first-act") < actions.indexOf("second-act"));
    assertTrue(!actions.contains("secret-act"));
    List<String> act = rows.get(actions.indexOf("first-act"));
    assertEquals("{\"text\": \"a, \\\"quoted\\\"\\nline\"}", act.get(6));
  }

  @Test
  void aFormulaInTheAuditReachesASpreadsheetAsText() {
    Visitor formula = testPeople.visitor("=HYPERLINK(\"http://evil.example\")");
    ProjectRef theirs = testPeople.projectOf(formula);

    Door.form(formula)
        .formParam("email", manager.email())
        .formParam("roles", "LABELER")
        .post("/p/" + theirs.slug() + "/members");
    String csv = Door.page(formula, "/p/" + theirs.slug() + "/audit/export.csv").asString();

    List<String> names =
        CsvReader.builder().ofCsvRecord(csv).stream().map(row -> row.getField(2)).toList();
    assertTrue(names.contains("'=HYPERLINK(\"http://evil.example\")"), csv);
  }

  @Test
  void theFeedGivesEveryEventOfTheProjectOnceHoweverItIsPaged() throws InterruptedException {
    ProjectRef elsewhere = testPeople.projectOf(stranger);
    publish(elsewhere.id(), "ItemHidden", 0);
    for (int number = 1; number <= 5; number++) {
      publish(project.id(), "ItemTold", number);
    }

    List<Integer> told = new ArrayList<>();
    long last = 0;
    for (int look = 0; look < LOOKS && told.size() < 5; look++) {
      JsonPath feed = feed(manager, last, 2);
      assertTrue(feed.getList("events").size() <= 2);
      if (feed.getList("events").isEmpty()) {
        Thread.sleep(100);
      }
      told.addAll(feed.getList("events.findAll { it.type == 'ItemTold' }.payload.number"));
      assertEquals(0, feed.getList("events.findAll { it.type == 'ItemHidden' }").size());
      last = feed.getLong("last");
    }

    assertEquals(List.of(1, 2, 3, 4, 5), told);
    assertEquals(last, feed(manager, last, 100).getLong("last"));
  }

  @Test
  void anEventWithASmallerIdThatIsCommittedLaterIsNotMissed() throws Exception {
    long before = feed(manager, 0, 1000).getLong("last");
    try (Connection early = database.getConnection();
        Connection late = database.getConnection()) {
      early.setAutoCommit(false);
      late.setAutoCommit(false);
      run(early, "select pg_current_xact_id()");
      run(late, insert("LateOne"));
      run(early, insert("EarlyOne"));
      early.commit();
      JsonPath first = feedWith("EarlyOne", before);
      assertEquals(List.of("EarlyOne"), first.getList(ONES));
      late.commit();

      JsonPath second = feedWith("LateOne", first.getLong("last"));
      assertEquals(List.of("LateOne"), second.getList(ONES));
    }
  }

  @Test
  void theFeedIsForThoseInCharge() {
    Door.script(labeler).get(events(0, 10)).then().statusCode(403);
    Door.script(stranger).get(events(0, 10)).then().statusCode(404);
    Door.script(manager).get(events(0, 1001)).then().statusCode(400);
    Door.script(manager).get(events(987_654_321_000L, 10)).then().statusCode(410);
  }

  @Test
  void theSearchFindsProjectsJobsAndDatasetsByNameAndById() {
    Map<String, String> ids = new ForeignObjects(jdbi, project.id(), manager.personId()).write();

    search(manager, "secret jo").then().body(containsString("/jobs/" + ids.get("job")));
    search(manager, ids.get("job")).then().body(containsString("/jobs/" + ids.get("job")));
    search(manager, ids.get("dataset"))
        .then()
        .body(containsString("/datasets/" + ids.get("dataset")));
    search(manager, project.slug()).then().body(containsString("/p/" + project.slug()));
  }

  @Test
  void theSearchShowsNothingOfOtherProjectsAndNoJobsToThoseWhoOnlyLabel() {
    Map<String, String> ids = new ForeignObjects(jdbi, project.id(), manager.personId()).write();
    for (String typed : List.of("secret jo", ids.get("job"), ids.get("dataset"), project.slug())) {
      search(stranger, typed)
          .then()
          .statusCode(200)
          .body(not(containsString("/p/" + project.slug())));
    }
    search(labeler, ids.get("job")).then().body(not(containsString(ids.get("job") + "\"")));
    search(labeler, project.slug()).then().body(containsString("/p/" + project.slug()));
  }

  @Test
  void theSearchFindsItemsByTheirNameAndAdministratorsFindPeople() {
    Map<String, String> ids = new ForeignObjects(jdbi, project.id(), manager.personId()).write();
    String name =
        jdbi.withHandle(
            h ->
                h.createQuery("select external_id from dataset.item where id = cast(:id as uuid)")
                    .bind("id", ids.get("item"))
                    .mapTo(String.class)
                    .one());
    search(manager, name).then().body(containsString("/items/" + ids.get("item")));
    search(stranger, name).then().body(not(containsString("/items/" + ids.get("item"))));
    Visitor administrator = testPeople.administrator("Ada Administrator");
    search(administrator, stranger.email()).then().body(containsString("/people?find="));
    search(manager, stranger.email()).then().body(not(containsString("/people?find=")));
    Door.page(administrator, "/people?find=" + stranger.email())
        .then()
        .statusCode(200)
        .body(containsString(stranger.email()));
    Door.page(administrator, "/people?find=nobody-is-called-so")
        .then()
        .body(containsString("Nobody is called so"));
  }

  @Test
  void scriptsFindWhatTheSearchBoxFindsAndNothingElse() {
    Map<String, String> ids = new ForeignObjects(jdbi, project.id(), manager.personId()).write();
    found(manager, "secret jo")
        .body("[0].kind", equalTo("Job"))
        .body("[0].name", equalTo("Secret job"))
        .body("[0].place", equalTo(project.name()))
        .body("[0].href", equalTo("/p/" + project.slug() + "/jobs/" + ids.get("job")));
    found(manager, ids.get("dataset")).body("[0].kind", equalTo("Dataset"));
    found(manager, "one").body("kind", hasItem("Item"));
    found(manager, project.slug()).body("kind", hasItem("Project"));
    found(manager, stranger.email()).body("", hasSize(0));
    found(testPeople.administrator("Ada Administrator"), stranger.email())
        .body("kind", equalTo(List.of("Person")));
    for (String text : List.of("secret jo", ids.get("job"), ids.get("dataset"), project.slug())) {
      found(stranger, text)
          .body("findAll { it.href.contains('/p/" + project.slug() + "') }", hasSize(0));
    }
    found(labeler, ids.get("job")).body("", hasSize(0));
    found(manager, "").body("", hasSize(0));
    found(manager, "x".repeat(3_000)).body("", hasSize(0));
    given().accept("application/json").get("/api/v1/search?q=secret").then().statusCode(401);
  }

  private static ValidatableResponse found(Visitor visitor, String text) {
    return Door.script(visitor).queryParam("q", text).get("/api/v1/search").then().statusCode(200);
  }

  @Test
  void theSearchTakesWildcardsAndMarkupAsTheyAreTyped() {
    new ForeignObjects(jdbi, project.id(), manager.personId()).write();

    search(manager, "%").then().body(not(containsString("Secret job")));
    search(manager, "<b>")
        .then()
        .body(containsString("&lt;b&gt;"))
        .body(not(containsString("“<b>")));
    Door.page(manager, "/search?q=" + "x".repeat(3_000)).then().statusCode(200);
    Door.page(manager, "/search").then().statusCode(200);
  }

  private io.restassured.response.Response search(Visitor visitor, String text) {
    return Door.browser(visitor).header("HX-Request", "true").queryParam("q", text).get("/search");
  }

  private void record(String action, UUID subject, Map<String, ?> details) {
    QuarkusTransaction.requiringNew()
        .run(() -> audit.record(project.id(), action, "thing", subject, details));
  }

  private void publish(UUID where, String type, int number) {
    QuarkusTransaction.requiringNew()
        .run(() -> outbox.publish(where, type, Ids.next(), Map.of("number", number)));
  }

  private String insert(String type) {
    return "insert into platform.outbox (at, project_id, type, payload) values (now(), '"
        + project.id()
        + "', '"
        + type
        + "', '{}')";
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private JsonPath feed(Visitor visitor, long after, int limit) {
    return Door.script(visitor)
        .get(events(after, limit))
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  /**
   * What is in the feed once an event is: while a transaction that is older than an event goes on
   * anywhere on the server, the event is held back.
   */
  private JsonPath feedWith(String type, long after) throws InterruptedException {
    JsonPath feed = feed(manager, after, 100);
    for (int look = 0; look < LOOKS && !feed.getList("events.type").contains(type); look++) {
      Thread.sleep(100);
      feed = feed(manager, after, 100);
    }
    return feed;
  }

  private String events(long after, int limit) {
    return "/api/v1/projects/" + project.id() + "/events?after=" + after + "&limit=" + limit;
  }

  private String path(String rest) {
    return "/p/" + project.slug() + rest;
  }

  /** The detail as a row of the audit page shows it. */
  private static String number(int number) {
    return "<span class=\"quiet\">number</span> " + number + "</td>";
  }
}

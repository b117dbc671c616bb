package org.atelier.learning.rehearsal;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.atelier.learning.loop.Forms;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.Role;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.atelier.platform.work.WorkState;
import org.atelier.workforce.TestPeople;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class RehearsalQuarkusTest extends RehearsalScene {

  @Test
  void aSimulationRunsFromTheFormToItsReportAndCost() {
    open();
    String dataset = imported(600, true);
    String location =
        Forms.send(owner, page(), page(), typed(dataset, Map.of()))
            .statusCode(303)
            .extract()
            .header("Location");
    UUID id = UUID.fromString(location.substring(location.lastIndexOf('/') + 1));
    page(page() + "/" + id).statusCode(200);
    await(() -> rehearsals.find(project.id(), id).report() != null);
    page(page() + "/" + id)
        .statusCode(200)
        .body(containsString("Saved by the model's labels"))
        .body(containsString("EUR"));
    page(page()).statusCode(200).body(containsString(id.toString()));
    String api = "/api/v1/projects/" + project.id() + "/simulations/" + id;
    script()
        .get(api)
        .then()
        .statusCode(200)
        .body("report.items", org.hamcrest.Matchers.equalTo(600))
        .body("report.human_answers", greaterThan(0))
        .body("report.rounds.size()", greaterThanOrEqualTo(1))
        .body("cost", notNullValue());
    script().get(api + "/curve").then().statusCode(200).body("series.size()", greaterThan(1));
    onlyTheProjectSeesIt(id);
  }

  @Test
  void aPromiseForTheWholeDatasetIsRehearsedWithSecondAnswersAsAJobAsksThem() {
    open();
    String dataset = imported(600, true);
    String location =
        Forms.send(owner, page(), page(), typed(dataset, Map.of("wholeDataset", "true")))
            .statusCode(303)
            .extract()
            .header("Location");
    UUID id = UUID.fromString(location.substring(location.lastIndexOf('/') + 1));
    await(() -> rehearsals.find(project.id(), id).report() != null);
    com.fasterxml.jackson.databind.JsonNode report = rehearsals.find(project.id(), id).report();
    long twice = report.at("/human_error/checked").asLong();
    assertTrue(twice > 0, report.toString());
    assertEquals(report.at("/human_labels").asLong() + twice, report.at("/human_answers").asLong());
    page(location).statusCode(200).body(containsString("Items that two people answered"));
  }

  @Test
  void whereAJobWouldPauseBecausePeopleDisagreeTheSimulationSaysSo() {
    open();
    String dataset = imported(600, true);
    Map<String, String> asked =
        Map.of("wholeDataset", "true", "target", "95", "labelerError", "40", "budget", "500");
    String location =
        Forms.send(owner, page(), page(), typed(dataset, asked))
            .statusCode(303)
            .extract()
            .header("Location");
    UUID id = UUID.fromString(location.substring(location.lastIndexOf('/') + 1));
    await(() -> rehearsals.find(project.id(), id).report() != null);
    page(location)
        .statusCode(200)
        .body(containsString("answers</b> a job would pause. People agree on"))
        .body(containsString("95.0 % of the whole dataset cannot be right then."));
  }

  private void onlyTheProjectSeesIt(UUID id) {
    ProjectRef other = people.projectOf(owner);
    page("/p/" + other.slug() + "/simulations/" + id).statusCode(404);
    TestPeople.Visitor stranger = people.visitor("Ines");
    given()
        .accept("text/html")
        .cookie(TestPeople.COOKIE, stranger.session())
        .get(page() + "/" + id)
        .then()
        .statusCode(404);
  }

  @Test
  void anAuditorReadsSimulationsAndStartsNone() {
    open();
    String dataset = imported(60, true);
    TestPeople.Visitor auditor = people.visitor("Ada");
    roles.setRoles(project.id(), auditor.personId(), Set.of(Role.AUDITOR));
    given()
        .accept("text/html")
        .cookie(TestPeople.COOKIE, auditor.session())
        .get(page())
        .then()
        .statusCode(200)
        .body(containsString("Nothing was simulated yet"))
        .body(not(containsString("<form method=\"post\" action=\"" + page())));
    Forms.send(auditor, "/account", page(), typed(dataset, Map.of())).statusCode(403);
  }

  @Test
  void aFieldThatNobodyReadsIsRefusedByNameAndOldSimulationsStayReadable() {
    open();
    String dataset = imported(60, true);
    String simulations = "/api/v1/projects/" + project.id() + "/simulations";
    Map<String, Object> settings = new HashMap<>();
    settings.put("datasetId", dataset.split("/")[0]);
    settings.put("datasetVersion", 1);
    settings.put("target", 0.9);
    settings.put("risk", 0.05);
    settings.put("answersPerItem", 1);
    settings.put("strategy", "margin");
    settings.put("price", 0);
    settings.put("budgett", 500);
    script()
        .contentType("application/json")
        .body(settings)
        .post(simulations)
        .then()
        .statusCode(400)
        .body("field", org.hamcrest.Matchers.equalTo("budgett"));
    settings.remove("budgett");
    String id =
        script()
            .contentType("application/json")
            .body(settings)
            .post(simulations)
            .then()
            .statusCode(201)
            .extract()
            .path("id");
    QuarkusTransaction.requiringNew()
        .run(
            () ->
                jdbi.useHandle(
                    h ->
                        h.execute(
                            "update learning.rehearsal set settings = settings || '{\"old\": 1}'"
                                + " where id = ?",
                            UUID.fromString(id))));
    script().get(simulations + "/" + id).then().statusCode(200);
  }

  @Test
  void aWrongFieldKeepsWhatWasTypedAndSaysWhatIsWrong() {
    open();
    String dataset = imported(60, true);
    refused(dataset, Map.of("target", "much"), "This is not a number that can be used here.");
    refused(dataset, Map.of("target", "120"), "Give an accuracy above 0 and below 100 %.");
    refused(dataset, Map.of("budget", "0"), "Give at least one answer, or nothing.");
    refused(dataset, Map.of("answersPerItem", "12"), "Give 1 to 9.");
    refused(dataset, Map.of("answersPerItem", "5"), "Give at least as many as every item gets");
    refused(dataset, Map.of("strategy", "by horoscope"), "Choose one of the listed strategies.");
  }

  @Test
  void everyWrongFieldIsNamedAtOnce() {
    open();
    Map<String, String> wrong =
        Map.of("target", "much", "budget", "0", "seed", "first", "answersPerItem", "12");
    Forms.send(owner, page(), page(), typed(imported(60, true), wrong))
        .statusCode(400)
        .body(containsString("id=\"target-problem\">This is not a number"))
        .body(containsString("id=\"budget-problem\">Give at least one answer, or nothing."))
        .body(containsString("id=\"answers-problem\">Give 1 to 9."))
        .body(containsString("id=\"seed-problem\">This is not a number"))
        .body(containsString("<details open>"));
  }

  private void refused(String dataset, Map<String, String> wrong, String sentence) {
    Map<String, String> typed = typed(dataset, wrong);
    typed.put("currency", "CHF");
    Forms.send(owner, page(), page(), typed)
        .statusCode(400)
        .body(containsString(sentence))
        .body(containsString("value=\"CHF\""));
  }

  @Test
  void dataWithoutKnownLabelsIsNotOfferedAndConfusionsOfUnknownLabelsAreRefusedByName() {
    open();
    imported(40, false);
    page(page()).statusCode(200).body(containsString("No dataset with known labels yet"));
    String dataset = imported(300, true);
    String location =
        Forms.send(owner, page(), page(), typed(dataset, Map.of("confusion", "red,purple,0.1")))
            .statusCode(303)
            .extract()
            .header("Location");
    UUID id = UUID.fromString(location.substring(location.lastIndexOf('/') + 1));
    await(() -> rehearsals.find(project.id(), id).refusal() != null);
    page(location).statusCode(200).body(containsString("red,purple,0.1"));
  }

  @Test
  void fewerItemsThanAModelNeedsAreRefusedWithTheirNumber() {
    open();
    String dataset = imported(60, true);
    String location =
        Forms.send(owner, page(), page(), typed(dataset, Map.of()))
            .statusCode(303)
            .extract()
            .header("Location");
    UUID id = UUID.fromString(location.substring(location.lastIndexOf('/') + 1));
    await(() -> rehearsals.find(project.id(), id).refusal() != null);
    page(location).statusCode(200).body(containsString("at least 300 items for these labels"));
  }

  @Test
  void aPriceWithoutEndAndConfusionsWithoutEndAreRefusedByName() {
    open();
    String dataset = imported(300, true);
    for (String price : List.of("1e999999999", "1e-999999999", "100000000", "-1")) {
      Forms.send(owner, page(), page(), typed(dataset, Map.of("price", price)))
          .statusCode(400)
          .body(containsString("at most four decimals"));
    }
    String endless = "red,blue,0\n".repeat(200_000);
    Forms.send(owner, page(), page(), typed(dataset, Map.of("confusion", endless)))
        .statusCode(413)
        .body(containsString("This is too large to be sent at once"));
  }

  @Test
  void aCancelledSimulationSaysSo() {
    open();
    String dataset = imported(30_000, true);
    Map<String, String> patient = Map.of("batch", "20", "budget", "25000", "target", "99.9");
    String location =
        Forms.send(owner, page(), page(), typed(dataset, patient))
            .statusCode(303)
            .extract()
            .header("Location");
    UUID id = UUID.fromString(location.substring(location.lastIndexOf('/') + 1));
    UUID workId = rehearsals.find(project.id(), id).workId();
    Forms.send(owner, "/work/" + workId, "/work/" + workId + "/cancel", Map.of());
    await(() -> works.find(workId).orElseThrow().state() == WorkState.CANCELLED);
    page(location).statusCode(200).body(containsString("was cancelled"));
  }
}

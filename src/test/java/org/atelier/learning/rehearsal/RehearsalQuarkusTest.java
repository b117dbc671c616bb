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
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.atelier.dataset.Datasets;
import org.atelier.dataset.ItemLabel;
import org.atelier.dataset.ItemLabels;
import org.atelier.learning.loop.Forms;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.Role;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.atelier.platform.work.WorkService;
import org.atelier.platform.work.WorkState;
import org.atelier.workforce.People;
import org.atelier.workforce.TestPeople;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class RehearsalQuarkusTest {

  private static final List<String> COLOURS = List.of("blue", "green", "red");

  @Inject Jdbi jdbi;
  @Inject Datasets datasets;
  @Inject Rehearsals rehearsals;
  @Inject WorkService works;
  @Inject TestPeople people;
  @Inject People roles;

  private TestPeople.Visitor owner;
  private ProjectRef project;

  private void open() {
    owner = people.visitor("Ana");
    project = people.projectOf(owner);
  }

  private String page() {
    return "/p/" + project.slug() + "/simulations";
  }

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
        .body(containsString("Saved by machine labels"))
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

  @Test
  void labelsOfAMachineAreNeverWhatASimulationMeasuresAgainst() {
    open();
    UUID dataset = UUID.fromString(imported(600, true).split("/")[0]);
    UUID unlabelled = UUID.fromString(imported(601, false).split("/")[0]);
    labelledByAMachine(dataset);
    labelledByAMachine(unlabelled);
    page(page())
        .body(containsString("version 2 (600 items; 600 labels of a machine, which do not count)"))
        .body(containsString("version 1 (600 items; 600 labels that came with the data)"))
        .body(not(containsString(unlabelled.toString())));
    Map<String, String> asked = Map.of("labelerError", "3", "budget", "450", "seed", "7");
    String location =
        Forms.send(owner, page(), page(), typed(dataset + "/2", asked))
            .statusCode(303)
            .extract()
            .header("Location");
    UUID id = UUID.fromString(location.substring(location.lastIndexOf('/') + 1));
    await(() -> rehearsals.find(project.id(), id).report() != null);
    com.fasterxml.jackson.databind.JsonNode report = rehearsals.find(project.id(), id).report();
    assertEquals(3, report.at("/classes").asInt());
    assertEquals(600, report.at("/measured_against/imported").asInt());
    assertEquals(600, report.at("/measured_against/instead_of_machine").asInt());
    page(location)
        .body(containsString("the 600 labels of a machine that this version has do not count"))
        .body(containsString("3 % of answers wrong"))
        .body(containsString("450 answers"))
        .body(containsString("seed 7"));
    page(page() + "?again=" + id)
        .body(containsString("value=\"" + dataset + "/2\" selected"))
        .body(containsString("name=\"labelerError\" inputmode=\"decimal\" value=\"3\""))
        .body(containsString("name=\"seed\" inputmode=\"numeric\" value=\"7\""));
    String refused =
        Forms.send(owner, page(), page(), typed(unlabelled + "/2", Map.of()))
            .statusCode(303)
            .extract()
            .header("Location");
    UUID second = UUID.fromString(refused.substring(refused.lastIndexOf('/') + 1));
    await(() -> rehearsals.find(project.id(), second).refusal() != null);
    page(refused).body(containsString("601 of 601 items have none but a machine&#39;s at most."));
  }

  /** Makes version 2, in which a machine gave every label, most of them wrong. */
  private void labelledByAMachine(UUID dataset) {
    List<ItemLabels> labels = new java.util.ArrayList<>();
    QuarkusTransaction.requiringNew()
        .run(
            () -> {
              datasets.items(
                  project.id(),
                  dataset,
                  1,
                  0,
                  item ->
                      labels.add(
                          new ItemLabels(
                              item.id(),
                              List.of(labels.size() % 2 == 0 ? "blue" : "violet"),
                              ItemLabel.Source.MACHINE,
                              UUID.randomUUID())));
              datasets.addLabeledVersion(project.id(), dataset, "Of a job", labels);
            });
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

  private static Map<String, String> typed(String dataset, Map<String, String> changed) {
    Map<String, String> typed = new HashMap<>();
    typed.put("dataset", dataset);
    typed.put("target", "90");
    typed.put("risk", "5");
    typed.put("budget", "");
    typed.put("batch", "");
    typed.put("answersPerItem", "1");
    typed.put("mostAnswersPerItem", "3");
    typed.put("labelerError", "0");
    typed.put("confusion", "");
    typed.put("strategy", "");
    typed.put("price", "0.08");
    typed.put("currency", "EUR");
    typed.put("seed", "1");
    typed.putAll(changed);
    return typed;
  }

  /** Imports texts, three words of which four in five are the colour; returns id/version. */
  private String imported(int rows, boolean labelled) {
    SplittableRandom random = new SplittableRandom(rows);
    StringBuilder csv = new StringBuilder("id,text,colour\n");
    for (int i = 0; i < rows; i++) {
      String colour = COLOURS.get(random.nextInt(COLOURS.size()));
      csv.append(i).append(',');
      for (int word = 0; word < 3; word++) {
        boolean own = random.nextInt(5) > 0;
        csv.append(own ? colour : COLOURS.get(random.nextInt(COLOURS.size()))).append(' ');
      }
      csv.append("piece").append(i).append(',').append(colour).append('\n');
    }
    byte[] bytes = csv.toString().getBytes(StandardCharsets.UTF_8);
    String api = "/api/v1/projects/" + project.id();
    String upload =
        script()
            .contentType("application/json")
            .body(Map.of("files", List.of(Map.of("name", "t.csv", "size", bytes.length))))
            .post(api + "/uploads")
            .then()
            .statusCode(200)
            .extract()
            .path("id");
    script()
        .contentType("application/octet-stream")
        .body(bytes)
        .put(api + "/uploads/" + upload + "/files/0?offset=0")
        .then()
        .statusCode(200);
    Map<String, Object> columns = new HashMap<>();
    columns.put("idColumn", "id");
    columns.put("textColumns", List.of("text"));
    if (labelled) {
      columns.put("labelColumn", "colour");
    }
    UUID made =
        UUID.fromString(
            script()
                .contentType("application/json")
                .body(
                    Map.of(
                        "name",
                        "Colours " + rows,
                        "kind",
                        "TEXT",
                        "description",
                        "",
                        "source",
                        Map.of("format", "CSV", "upload", upload, "text", columns)))
                .post(api + "/datasets")
                .then()
                .statusCode(202)
                .extract()
                .path("datasetId"));
    await(() -> datasets.datasets(project.id()).stream().anyMatch(d -> d.id().equals(made)));
    return made + "/1";
  }

  private RequestSpecification script() {
    return given().header("Authorization", "Bearer " + owner.token());
  }

  private ValidatableResponse page(String path) {
    return given().accept("text/html").cookie(TestPeople.COOKIE, owner.session()).get(path).then();
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + 180_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "this never happened");
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}

package org.atelier.dataset.web;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.atelier.workforce.TestPeople;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Items deleted while people label them. */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class DeletionQuarkusTest {

  @Inject TestPeople people;

  private TestImports imports;
  private String api;
  private String dataset;
  private String job;

  @BeforeEach
  void startJob() {
    TestPeople.Visitor owner = people.visitor("Ana");
    ProjectRef project = people.projectOf(owner);
    imports = new TestImports(owner, project);
    api = imports.api();
    byte[] csv = "id,text\n1,a\n2,b\n3,c\n4,d\n5,e\n".getBytes(StandardCharsets.UTF_8);
    dataset =
        imports
            .run(
                "Texts",
                "TEXT",
                Map.of("t.csv", csv),
                Map.of(
                    "format",
                    "CSV",
                    "text",
                    Map.of("idColumn", "id", "textColumns", List.of("text"))))
            .getString("datasetId");
    job =
        post(
                "/jobs",
                Map.of(
                    "title",
                    "Letters",
                    "datasetId",
                    dataset,
                    "datasetVersion",
                    1,
                    "labels",
                    List.of(Map.of("name", "yes"), Map.of("name", "no")),
                    "graceSeconds",
                    300, // so that it does not complete by itself
                    "learning",
                    false))
            .statusCode(201)
            .extract()
            .path("id");
    post("/jobs/" + job + "/start", Map.of()).statusCode(200);
  }

  @Test
  void runningJobGoesOnWithoutThemAndNothingShowsThemAgain() {
    List<Map<String, Object>> tasks = claim(2);
    Map<String, Object> answered = tasks.get(0);
    Map<String, Object> leased = tasks.get(1);
    answer(answered).statusCode(200);
    String answeredId = name(answered);
    String leasedId = name(leased);
    post(
            "/datasets/" + dataset + "/items/delete",
            Map.of("items", List.of(item(answered), item(leased)), "reason", "Right to erasure"))
        .statusCode(200)
        .body("version", equalTo(2));

    List<String> rest = new ArrayList<>();
    for (List<Map<String, Object>> more = claim(10); !more.isEmpty(); more = claim(10)) {
      for (Map<String, Object> task : more) {
        rest.add(name(task));
        answer(task).statusCode(200);
      }
    }
    rest.sort(String::compareTo);
    List<String> left = new ArrayList<>(List.of("1", "2", "3", "4", "5"));
    left.removeAll(List.of(answeredId, leasedId));
    assertEquals(left, rest);

    int late = answer(leased).extract().statusCode();
    assertEquals(true, late < 500, "an answer that comes late is no failure: " + late);
    post("/jobs/" + job + "/complete", Map.of("reason", "Done")).statusCode(200);
    awaitCompleted();

    String manifest =
        imports
            .bearer()
            .get(api + "/datasets/" + dataset + "/export?format=jsonl&labels=" + job)
            .then()
            .statusCode(200)
            .extract()
            .asString();
    assertEquals(3, manifest.lines().count(), manifest);
    for (String gone : List.of(answeredId, leasedId)) {
      assertFalse(manifest.contains("\"id\":\"" + gone + "\""), manifest);
    }
    JsonPath versions = imports.bearer().get(api + "/datasets/" + dataset + "/versions").jsonPath();
    assertEquals(2, versions.getInt("find { it.number == 2 }.removed"));
    assertEquals(2, versions.getInt("find { it.number == 1 }.erasedCount"));
    assertEquals(
        "2 items deleted: Right to erasure", versions.getString("find { it.number == 2 }.note"));
    imports
        .bearer()
        .get(api + "/datasets/" + dataset + "/versions/1/items")
        .then()
        .body("rows.size()", equalTo(3))
        .body(not(containsString("\"" + item(answered) + "\"")));
    imports.bearer().get(api + "/items/" + item(leased)).then().statusCode(404);
  }

  @Test
  void everyFormatForTextsIsExportedWhileTheJobRuns() {
    answer(claim(1).get(0)).statusCode(200);
    for (String format : List.of("manifest", "csv", "jsonl", "huggingface")) {
      String body =
          imports
              .bearer()
              .get(api + "/datasets/" + dataset + "/export?format=" + format + "&labels=" + job)
              .then()
              .statusCode(200)
              .header("Content-Disposition", containsString("attachment"))
              .extract()
              .asString();
      int lines = (int) body.lines().count();
      switch (format) {
        case "manifest" -> assertEquals(1, body.split("\"human-annotated\":\"yes\"").length - 1);
        case "csv" -> assertEquals(6, lines, body);
        case "jsonl" -> assertEquals(5, lines, body);
        default -> assertTrue(body.startsWith("PK"), "a ZIP");
      }
    }
  }

  private List<Map<String, Object>> claim(int count) {
    return post("/jobs/" + job + "/work/claim", Map.of("count", count, "held", List.of()))
        .statusCode(200)
        .extract()
        .path("leases");
  }

  private ValidatableResponse answer(Map<String, Object> task) {
    return post(
        "/jobs/" + job + "/work/answers",
        Map.of(
            "key", UUID.randomUUID().toString(),
            "lease", task.get("lease"),
            "task", task.get("task"),
            "classes", List.of(0),
            "activeMillis", 900));
  }

  private static String item(Map<String, Object> task) {
    return (String) ((Map<?, ?>) task.get("item")).get("id");
  }

  private static String name(Map<String, Object> task) {
    return (String) ((Map<?, ?>) task.get("item")).get("externalId");
  }

  private void awaitCompleted() {
    for (int i = 0; i < 1_200; i++) {
      String state = imports.bearer().get(api + "/jobs/" + job).path("job.state");
      if (state.equals("COMPLETED")) {
        return;
      }
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    throw new AssertionError("The job did not complete");
  }

  private ValidatableResponse post(String path, Object body) {
    return imports.bearer().contentType("application/json").body(body).post(api + path).then();
  }
}

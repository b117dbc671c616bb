package org.atelier.learning.rehearsal;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.atelier.dataset.Datasets;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.work.WorkService;
import org.atelier.workforce.People;
import org.atelier.workforce.TestPeople;
import org.jdbi.v3.core.Jdbi;

/** Simulations asked for by somebody with a project and imported texts. */
abstract class RehearsalScene {

  private static final List<String> COLOURS = List.of("blue", "green", "red");

  @Inject Jdbi jdbi;
  @Inject Datasets datasets;
  @Inject Rehearsals rehearsals;
  @Inject WorkService works;
  @Inject TestPeople people;
  @Inject People roles;

  TestPeople.Visitor owner;
  ProjectRef project;

  void open() {
    owner = people.visitor("Ana");
    project = people.projectOf(owner);
  }

  String page() {
    return "/p/" + project.slug() + "/simulations";
  }

  static Map<String, String> typed(String dataset, Map<String, String> changed) {
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
  String imported(int rows, boolean labelled) {
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

  RequestSpecification script() {
    return given().header("Authorization", "Bearer " + owner.token());
  }

  ValidatableResponse page(String path) {
    return given().accept("text/html").cookie(TestPeople.COOKIE, owner.session()).get(path).then();
  }

  static void await(BooleanSupplier condition) {
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

package org.atelier.learning.rehearsal;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.atelier.platform.Ids;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.atelier.workforce.TestPeople;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a script has to say to simulate, and what it is told. */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class RehearsalApiQuarkusTest {

  @Inject Jdbi jdbi;
  @Inject TestPeople people;

  private TestPeople.Visitor owner;
  private ProjectRef project;

  @BeforeEach
  void arrive() {
    owner = people.visitor("Ana");
    project = people.projectOf(owner);
  }

  @Test
  void theDatasetAloneIsSimulatedAsTheFormWouldItsNewestVersion() {
    start(Map.of("datasetId", dataset(2)))
        .statusCode(201)
        .body("settings.datasetVersion", equalTo(2))
        .body("settings.target", equalTo(0.95f))
        .body("settings.risk", equalTo(0.05f))
        .body("settings.wholeDataset", equalTo(false))
        .body("settings.answersPerItem", equalTo(1))
        .body("settings.labelerError", equalTo(0f))
        .body("settings.price", equalTo(0.08f))
        .body("settings.currency", equalTo("EUR"))
        .body("settings.seed", equalTo(1));
    start(Map.of("datasetId", dataset(2), "datasetVersion", 1, "target", 0.9))
        .statusCode(201)
        .body("settings.datasetVersion", equalTo(1))
        .body("settings.target", equalTo(0.9f));
  }

  @Test
  void allThatIsWrongInABodyIsToldAtOnce() {
    start(Map.of("target", 95, "risk", 0, "answersPerItem", 12, "price", -1, "strategy", "by luck"))
        .statusCode(400)
        .body("field", equalTo("datasetId"))
        .body("fields.datasetId", equalTo("Choose a dataset."))
        .body("fields.target", containsString("below 100 %"))
        .body("fields.risk", containsString("above 0"))
        .body("fields.answersPerItem", equalTo("Give 1 to 9."))
        .body("fields.price", containsString("at most four decimals"))
        .body("fields.strategy", containsString("listed strategies"))
        .body("fields.size()", equalTo(6));
    start("").statusCode(400).body("field", equalTo("body"));
    start(Map.of("datasetId", UUID.randomUUID())).statusCode(404);
  }

  @Test
  void theDescriptionOfTheApiSaysWhatIsNeededAndWhatIsTakenForTheRest() {
    String body = "components.schemas.RehearsalBody.";
    script()
        .get("/q/openapi?format=json")
        .then()
        .statusCode(200)
        .body(body + "required", equalTo(List.of("datasetId")))
        .body(body + "properties.target.default", equalTo(0.95f))
        .body(body + "properties.budget.description", containsString("600 items"));
  }

  private ValidatableResponse start(Object body) {
    return script()
        .contentType("application/json")
        .body(body)
        .post("/api/v1/projects/" + project.id() + "/simulations")
        .then();
  }

  private RequestSpecification script() {
    return given().header("Authorization", "Bearer " + owner.token());
  }

  /** A dataset with so many versions. */
  private UUID dataset(int versions) {
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
                          values (?, ?, ?, 'TEXT', now(), ?, 0)
                          """,
                          id,
                          project.id(),
                          "texts " + id,
                          versions);
                      h.execute(
                          """
                          insert into dataset.dataset_version (dataset_id, number, digest,
                            item_count, added, removed, labeled, note, created_at)
                          select ?, number, 'd', 0, 0, 0, 0, '', now()
                          from generate_series(1, ?) as number
                          """,
                          id,
                          versions);
                    }));
    return id;
  }
}

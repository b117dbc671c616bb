package org.atelier.dataset.web;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.atelier.dataset.export.ExportTurns;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.atelier.workforce.TestPeople;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class ManyExportsQuarkusTest {

  @Inject TestPeople people;
  @Inject ExportTurns turns;
  private TestImports imports;
  private String export;

  @BeforeEach
  void bringADataset() {
    TestPeople.Visitor owner = people.visitor("Ana");
    imports = new TestImports(owner, people.projectOf(owner));
    String dataset =
        imports
            .run(
                "Texts",
                "TEXT",
                Map.of("f.csv", "id,text\n1,one\n".getBytes(StandardCharsets.UTF_8)),
                Map.of(
                    "format",
                    "CSV",
                    "text",
                    Map.of("idColumn", "id", "textColumns", List.of("text"))))
            .getString("datasetId");
    export = imports.api() + "/datasets/" + dataset + "/export?format=";
  }

  @Test
  void whoAsksWhileAFewExportsAreReadIsToldWhenToComeAgain() {
    List<ExportTurns.Turn> taken = new ArrayList<>();
    for (int i = 0; i < ExportTurns.AT_ONCE; i++) {
      taken.add(turns.take());
    }
    get("csv")
        .then()
        .statusCode(429)
        .header("Retry-After", "30")
        .body("code", equalTo("too-many-requests"))
        .body("detail", containsString("in a moment"));
    taken.forEach(ExportTurns.Turn::leave);
    assertEquals(200, get("csv").statusCode());
  }

  @Test
  void exportsThatEndHoweverTheyEndGiveTheirTurnsBack() {
    for (int i = 0; i <= ExportTurns.AT_ONCE; i++) {
      assertEquals(200, get("csv").statusCode());
      assertEquals(400, get("coco").statusCode());
      assertEquals(200, imports.bearer().head(export + "csv").statusCode());
    }
  }

  private Response get(String format) {
    return imports.bearer().get(export + format);
  }
}

package org.atelier.dataset.web;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.Role;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.atelier.workforce.People;
import org.atelier.workforce.TestPeople;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an import reports besides its rows, and the samples, over the API. */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class LeftOutQuarkusTest {

  @Inject TestPeople people;
  @Inject People accounts;
  private TestPeople.Visitor owner;
  private ProjectRef project;
  private TestImports imports;

  @BeforeEach
  void openProject() {
    owner = people.visitor("Ana");
    project = people.projectOf(owner);
    imports = new TestImports(owner, project);
  }

  @Test
  void theReportNamesWhatWasLeftOutAndWhichLabelsFilesCouldBeMeant() throws IOException {
    JsonPath run = imports.run("Coats", "IMAGE", folder(), Map.of("format", "FOLDER"));
    assertEquals("DONE", run.getString("state"));
    assertEquals(0, run.getInt("refused"));
    assertEquals(3, run.getInt("leftOut"));
    assertEquals(
        List.of("first.csv", "notes.txt", "second.csv"), run.getList("leftOutNames", String.class));
    assertEquals(
        List.of("first.csv", "second.csv"), run.getList("labelsFileCandidates", String.class));
    assertNull(run.getString("labelsFile"));
    JsonPath named =
        imports.run(
            "Coats by name",
            "IMAGE",
            folder(),
            Map.of("format", "FOLDER", "pictures", Map.of("labelsFile", "second.csv")));
    assertEquals("second.csv", named.getString("labelsFile"));
    assertEquals(List.of("first.csv", "notes.txt"), named.getList("leftOutNames", String.class));
    assertEquals(List.of(), named.getList("labelsFileCandidates", String.class));
    String label =
        imports
            .bearer()
            .get(
                imports.api()
                    + "/datasets/"
                    + named.getString("datasetId")
                    + "/versions/1/items?limit=1")
            .jsonPath()
            .getString("rows[0].knownLabels[0]");
    assertEquals("Dress", label);
  }

  @Test
  void aLabelsFileThatIsNotThereIsRefusedBeforeTheImportBegins() throws IOException {
    AssertionError refused = null;
    try {
      imports.run(
          "Coats",
          "IMAGE",
          folder(),
          Map.of("format", "FOLDER", "pictures", Map.of("labelsFile", "none.csv")));
    } catch (AssertionError e) {
      refused = e;
    }
    assertTrue(refused != null && refused.getMessage().contains("400"), String.valueOf(refused));
    assertEquals(
        List.of(), imports.bearer().get(imports.api() + "/datasets").jsonPath().getList("$"));
  }

  @Test
  void samplesAreListedAndBroughtByManagersAlone() {
    imports
        .bearer()
        .get(imports.api() + "/samples")
        .then()
        .statusCode(200)
        .body("size()", equalTo(2))
        .body("[1].sample", equalTo("DESCRIPTIONS"))
        .body("[1].kind", equalTo("TEXT"));
    JsonPath run =
        imports
            .bearer()
            .contentType("application/json")
            .body(Map.of("sample", "DESCRIPTIONS"))
            .post(imports.api() + "/samples")
            .then()
            .statusCode(202)
            .extract()
            .jsonPath();
    assertEquals("descriptions.csv", run.getString("sourceName"));
    for (Map<String, Object> body : List.<Map<String, Object>>of(Map.of(), Map.of("sample", "X"))) {
      imports
          .bearer()
          .contentType("application/json")
          .body(body)
          .post(imports.api() + "/samples")
          .then()
          .statusCode(400)
          .body("field", equalTo("sample"));
    }
    TestPeople.Visitor reviewer = people.visitor("Rea");
    accounts.setRoles(project.id(), reviewer.personId(), Set.of(Role.REVIEWER));
    TestImports theirs = new TestImports(reviewer, project);
    theirs.bearer().get(theirs.api() + "/samples").then().statusCode(200);
    theirs
        .bearer()
        .contentType("application/json")
        .body(Map.of("sample", "DESCRIPTIONS"))
        .post(theirs.api() + "/samples")
        .then()
        .statusCode(403);
  }

  private static Map<String, byte[]> folder() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    BufferedImage image = new BufferedImage(20, 30, BufferedImage.TYPE_INT_RGB);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    files.put("a.png", out.toByteArray());
    for (Map.Entry<String, String> one :
        Map.of(
                "first.csv", "image,label\na.png,Coat\n",
                "second.csv", "image,label\na.png,Dress\n",
                "notes.txt", "to do",
                "Thumbs.db", "x")
            .entrySet()) {
      files.put(one.getKey(), one.getValue().getBytes(StandardCharsets.UTF_8));
    }
    return files;
  }
}

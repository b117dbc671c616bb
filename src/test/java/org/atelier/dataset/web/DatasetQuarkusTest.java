package org.atelier.dataset.web;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.atelier.dataset.Datasets;
import org.atelier.dataset.ItemLabels;
import org.atelier.dataset.ItemRow;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.atelier.platform.storage.ObjectStore;
import org.atelier.workforce.TestPeople;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class DatasetQuarkusTest {

  @Inject TestPeople people;
  @Inject Datasets datasets;
  @Inject ObjectStore objects;
  @Inject Jdbi jdbi;

  private TestPeople.Visitor owner;
  private ProjectRef project;
  private String api;

  @BeforeEach
  void openProject() {
    owner = people.visitor("Ana");
    project = people.projectOf(owner);
    api = "/api/v1/projects/" + project.id();
  }

  @Test
  void textsComeInByUploadInPartsAndAreFoundAgain() {
    byte[] csv =
        "id,text,label,brand\n1,<script>alert(1)</script>,Good,B\n2,,Good,B\n3,Soft blue coat,Bad,C\n"
            .getBytes(StandardCharsets.UTF_8);
    String upload = upload(Map.of("name", "reviews.csv", "size", csv.length));
    part(upload, 0, 0, Arrays.copyOf(csv, 20)).then().statusCode(200).body("received", equalTo(20));
    part(upload, 0, 5, new byte[3])
        .then()
        .statusCode(409)
        .body("code", equalTo("upload-offset-mismatch"))
        .body("received", equalTo(20));
    part(upload, 0, 20, Arrays.copyOfRange(csv, 20, csv.length)).then().statusCode(200);
    JsonPath run = finished(create("Reviews", "TEXT", source("CSV", upload)));
    assertEquals("DONE", run.getString("state"), run.prettify());
    assertEquals(2, run.getInt("added"));
    assertEquals(1, run.getInt("refused"));
    String dataset = run.getString("datasetId");
    bearer()
        .get(api + "/imports/" + run.getString("id") + "/refused.csv")
        .then()
        .statusCode(200)
        .contentType("text/csv")
        .body(equalTo("row,external_id,reason\r\n3,2,The text is empty\r\n"));
    found(dataset, "text", "blue").body("rows.externalId", equalTo(List.of("3")));
    found(dataset, "label", "Good").body("rows.externalId", equalTo(List.of("1")));
    bearer()
        .queryParam("key", "brand")
        .queryParam("value", "C")
        .get(api + "/datasets/" + dataset + "/versions/1/items")
        .then()
        .body("rows.externalId", equalTo(List.of("3")));
    for (String view : List.of("sheet", "table")) {
      page("/p/" + project.slug() + "/datasets/" + dataset + "?view=" + view)
          .body(containsString("&lt;script&gt;alert(1)&lt;/script&gt;"))
          .body(not(containsString("<script>alert(1)</script>")));
    }
    page("/p/" + project.slug() + "/datasets").body(containsString("Reviews"));
    page("/p/" + project.slug() + "/datasets/" + dataset + "/versions")
        .body(containsString("Imported reviews.csv"));
    page("/p/" + project.slug() + "/datasets/imports/" + run.getString("id"))
        .body(containsString("The text is empty"));
    page("/p/" + project.slug() + "/datasets/new").body(containsString("Folder of pictures"));
  }

  @Test
  void addingTakesOnlyWhatIsNewAndLabelsComeBackAsAVersion() {
    String dataset =
        finished(create("Words", "TEXT", source("CSV", whole("id,text,label\n1,a,\n2,b,\n"))))
            .getString("datasetId");
    JsonPath more =
        finished(
            given(bearer())
                .body(source("CSV", whole("id,text,label\n2,b,\n3,c,\n")))
                .post(api + "/datasets/" + dataset + "/imports")
                .then()
                .statusCode(202)
                .extract()
                .jsonPath());
    assertEquals(1, more.getInt("added"));
    assertEquals(1, more.getInt("present"));
    assertEquals(2, more.getInt("version"));
    UUID id = UUID.fromString(dataset);
    List<ItemRow> items = new ArrayList<>();
    datasets.items(project.id(), id, 2, 0, items::add);
    assertEquals(List.of("1", "2", "3"), items.stream().map(ItemRow::externalId).toList());
    int labeled =
        datasets.addLabeledVersion(
            project.id(),
            id,
            "Labels of a job",
            List.of(
                new ItemLabels(items.get(0).id(), List.of("x")),
                new ItemLabels(items.get(0).id(), List.of("y")),
                new ItemLabels(UUID.randomUUID(), List.of("z"))));
    assertEquals(3, labeled);
    assertEquals(1, datasets.version(project.id(), id, 3).labeled());
    List<ItemRow> after = new ArrayList<>();
    datasets.items(project.id(), id, 3, 0, after::add);
    assertEquals(List.of("y"), after.get(0).knownLabels());
    List<ItemRow> before = new ArrayList<>();
    datasets.items(project.id(), id, 2, 1, before::add);
    assertEquals(2, before.size());
    assertEquals(null, before.get(0).knownLabels());
    assertFalse(
        datasets
            .version(project.id(), id, 2)
            .digest()
            .equals(datasets.version(project.id(), id, 3).digest()));
  }

  @Test
  void picturesAreServedSandboxedAndVanishWhenDeleted() throws Exception {
    byte[] picture = picture();
    String upload =
        upload(
            List.of(
                Map.of("name", "red.png", "size", picture.length),
                Map.of("name", "labels.csv", "size", 22)));
    part(upload, 0, 0, picture).then().statusCode(200);
    part(upload, 1, 0, "image,label\nred.png,Red".getBytes(StandardCharsets.UTF_8))
        .then()
        .statusCode(413);
    part(upload, 1, 0, "image,label\nred.png,Re".getBytes(StandardCharsets.UTF_8))
        .then()
        .statusCode(200);
    JsonPath run = finished(create("Pictures", "IMAGE", source("FOLDER", upload)));
    assertEquals("DONE", run.getString("state"), run.prettify());
    String dataset = run.getString("datasetId");
    JsonPath items = found(dataset, "label", "Re").extract().jsonPath();
    String item = items.getString("rows[0].id");
    String sha256 = items.getString("rows[0].views[0].sha256");
    String blob = "/p/" + project.slug() + "/blobs/" + sha256;
    bearer()
        .get(blob + "?size=96")
        .then()
        .statusCode(200)
        .contentType("image/jpeg")
        .header("Content-Security-Policy", containsString("sandbox"))
        .header("X-Content-Type-Options", "nosniff")
        .header("Cache-Control", containsString("immutable"));
    bearer().get(blob).then().statusCode(200).contentType("image/png");
    bearer().header("If-None-Match", "\"" + sha256 + "\"").get(blob).then().statusCode(304);
    bearer().get(blob + "?size=97").then().statusCode(400);
    TestPeople.Visitor stranger = people.visitor("Eve");
    given().auth().oauth2(stranger.token()).get(blob).then().statusCode(404);
    ProjectRef other = people.projectOf(stranger);
    given()
        .auth()
        .oauth2(stranger.token())
        .get("/p/" + other.slug() + "/blobs/" + sha256)
        .then()
        .statusCode(404);
    given()
        .auth()
        .oauth2(stranger.token())
        .get("/api/v1/projects/" + other.id() + "/datasets/" + dataset)
        .then()
        .statusCode(404);
    String thumbnail =
        jdbi.withHandle(
            h ->
                h.createQuery("select thumbnail_sha256 from dataset.thumbnail where sha256 = ?")
                    .bind(0, sha256)
                    .mapTo(String.class)
                    .one());
    assertTrue(objects.stat(thumbnail).isPresent());
    page("/p/" + project.slug() + "/datasets/" + dataset).body(containsString(sha256));
    page("/p/" + project.slug() + "/datasets/" + dataset + "/items/" + item)
        .body(containsString("Delete this item for good"));
    bearer()
        .body(Map.of("items", List.of(item), "reason", "The person asked for it"))
        .post(api + "/datasets/" + dataset + "/items/delete")
        .then()
        .statusCode(200)
        .body("version", equalTo(2));
    bearer().get(blob).then().statusCode(404);
    bearer().get(blob + "?size=96").then().statusCode(404);
    assertTrue(becomesTrue(() -> objects.stat(thumbnail).isEmpty()), "the thumbnail is erased");
    bearer().get(api + "/items/" + item).then().statusCode(404);
    assertTrue(becomesTrue(() -> objects.stat(sha256).isEmpty()));
    page("/p/" + project.slug() + "/datasets/" + dataset + "/versions")
        .body(containsString("The person asked for it"));
    assertEquals(1, datasets.version(project.id(), UUID.fromString(dataset), 1).erasedCount());
    JsonPath again =
        finished(
            bearer()
                .body(source("FOLDER", uploadOf("red.png", picture)))
                .post(api + "/datasets/" + dataset + "/imports")
                .then()
                .statusCode(202)
                .extract()
                .jsonPath());
    assertEquals(0, again.getInt("added"), again.prettify());
    assertEquals(1, again.getInt("refused"));
  }

  @Test
  void wrongSourcesGiveClearAnswers() {
    JsonPath missing =
        finished(create("A", "TEXT", source("CSV", whole("id,words,label\n1,a,b\n"))));
    assertEquals("FAILED", missing.getString("state"));
    assertEquals(
        "f.csv: line 1: there is no column \"text\"; the columns are id, words, label",
        missing.getString("message"));
    JsonPath empty = finished(create("B", "TEXT", source("CSV", whole("id,text,label\n"))));
    assertEquals("The source is empty: there is no row in it.", empty.getString("message"));
    bearer()
        .post(api + "/imports/" + empty.getString("id") + "/cancel")
        .then()
        .statusCode(200)
        .body("state", equalTo("CANCELLED"));
    finished(create("Full", "TEXT", source("CSV", whole("id,text,label\n1,a,\n"))));
    bearer()
        .body(newDataset("full", "TEXT", source("CSV", whole("id,text,label\n1,a,\n"))))
        .post(api + "/datasets")
        .then()
        .statusCode(409)
        .body("code", equalTo("dataset-name-taken"));
    bearer()
        .body(newDataset("C", "IMAGE", Map.of("format", "FOLDER", "path", "/etc")))
        .post(api + "/datasets")
        .then()
        .statusCode(403)
        .body("code", equalTo("import-path-not-allowed"));
    bearer()
        .body(Map.of("files", List.of(Map.of("name", "../x.csv", "size", 1))))
        .post(api + "/uploads")
        .then()
        .statusCode(400);
  }

  private JsonPath create(String name, String kind, Map<String, Object> source) {
    return bearer()
        .body(newDataset(name, kind, source))
        .post(api + "/datasets")
        .then()
        .statusCode(202)
        .extract()
        .jsonPath();
  }

  private static Map<String, Object> newDataset(
      String name, String kind, Map<String, Object> source) {
    return Map.of("name", name, "kind", kind, "source", source);
  }

  private static Map<String, Object> source(String format, String upload) {
    return Map.of(
        "format",
        format,
        "upload",
        upload,
        "text",
        Map.of("idColumn", "id", "textColumns", List.of("text"), "labelColumn", "label"));
  }

  private String whole(String csv) {
    return uploadOf("f.csv", csv.getBytes(StandardCharsets.UTF_8));
  }

  private String uploadOf(String name, byte[] bytes) {
    String upload = upload(Map.of("name", name, "size", bytes.length));
    part(upload, 0, 0, bytes).then().statusCode(200);
    return upload;
  }

  private String upload(Map<String, Object> file) {
    return upload(List.of(file));
  }

  private String upload(List<Map<String, Object>> files) {
    return bearer()
        .body(Map.of("files", files))
        .post(api + "/uploads")
        .then()
        .statusCode(200)
        .extract()
        .path("id");
  }

  private io.restassured.response.Response part(
      String upload, int number, long offset, byte[] bytes) {
    return given()
        .auth()
        .oauth2(owner.token())
        .contentType("application/octet-stream")
        .body(bytes)
        .put(api + "/uploads/" + upload + "/files/" + number + "?offset=" + offset);
  }

  private JsonPath finished(JsonPath run) {
    String id = run.getString("id");
    JsonPath[] now = new JsonPath[1];
    becomesTrue(
        () -> {
          now[0] = bearer().get(api + "/imports/" + id).jsonPath();
          return !List.of("QUEUED", "RUNNING").contains(now[0].getString("state"));
        });
    return now[0];
  }

  private static boolean becomesTrue(java.util.function.BooleanSupplier condition) {
    for (int i = 0; i < 1_200; i++) {
      if (condition.getAsBoolean()) {
        return true;
      }
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    return false;
  }

  private io.restassured.response.ValidatableResponse found(
      String dataset, String field, String value) {
    return bearer()
        .queryParam(field, value)
        .get(api + "/datasets/" + dataset + "/versions/1/items")
        .then()
        .statusCode(200);
  }

  private io.restassured.response.ValidatableResponse page(String path) {
    return given()
        .accept("text/html")
        .cookie(TestPeople.COOKIE, owner.session())
        .get(path)
        .then()
        .statusCode(200);
  }

  private RequestSpecification bearer() {
    return given().auth().oauth2(owner.token()).contentType("application/json");
  }

  private static byte[] picture() throws IOException {
    BufferedImage image = new BufferedImage(300, 200, BufferedImage.TYPE_INT_RGB);
    image.setRGB(5, 5, 0xff0000);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertTrue(ImageIO.write(image, "png", out));
    return out.toByteArray();
  }
}

package org.atelier.dataset.web;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.atelier.workforce.TestPeople;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people bring that cannot be used: each gets its answer, and what is good goes in. */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class BadInputQuarkusTest {

  private static final String NASTY = "<img src=x onerror=alert(1)>";
  private static final Map<String, Object> COLUMNS =
      Map.of("idColumn", "id", "textColumns", List.of("text"), "labelColumn", "label");

  @Inject TestPeople people;

  @ConfigProperty(name = "atelier.data-dir")
  Path data;

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
  void damagedHugeAndForeignPicturesAreRefusedAndTheGoodOnesGoIn() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    byte[] good = picture("png", 1);
    files.put("a.png", good);
    files.put("broken.jpg", broken());
    files.put("cut.png", Arrays.copyOf(good, good.length / 2));
    files.put("huge.png", hugePng());
    files.put("page.jpg", bytes("<html><script>alert(1)</script></html>"));
    files.put(NASTY + ".png", picture("png", 2));
    JsonPath run = imports.run("Pictures", "IMAGE", files, Map.of("format", "FOLDER"));
    assertEquals("DONE", run.getString("state"), run.prettify());
    assertEquals(2, run.getInt("added"));
    List<String> refusals = imports.refusals(run);
    assertEquals(4, refusals.size(), refusals.toString());
    assertRefused(refusals, "broken.jpg: The JPEG file is damaged at byte 20");
    assertRefused(refusals, "cut.png: The picture is truncated");
    assertRefused(refusals, "huge.png: The picture has 100,000 × 100,000 pixels");
    assertRefused(refusals, "page.jpg: Not a JPEG, PNG, WebP or GIF picture");
    for (String address :
        List.of("?view=table", "?view=sheet", "/versions", "/export", "?q=%3Cimg&view=table")) {
      String page = page("/datasets/" + run.getString("datasetId") + address);
      assertFalse(page.contains(NASTY), address);
    }
    assertTrue(
        page("/datasets/" + run.getString("datasetId") + "?view=table")
            .contains("&lt;img src=x onerror=alert(1)&gt;"));
    assertFalse(page("/datasets/imports/" + run.getString("id")).contains("<script>alert"));
  }

  @Test
  void rotationIsAppliedAndNothingPrivateIsServed() throws IOException {
    byte[] plain = picture("jpg", 3);
    byte[] exif =
        bytes(
            "Exif\0\0MM\0*\0\0\0\10\0\1\1\22\0\3\0\0\0\1\0\6\0\0\0\0\0\0GPS 48.8566 2.3522 Ana's"
                + " phone");
    ByteArrayOutputStream turned = new ByteArrayOutputStream();
    turned.write(plain, 0, 2);
    turned.write(new byte[] {(byte) 0xff, (byte) 0xe1, 0, (byte) (exif.length + 2)});
    turned.write(exif);
    turned.write(plain, 2, plain.length - 2);
    JsonPath run =
        imports.run("Turned", "IMAGE", Map.of("a.jpg", turned.toByteArray()), format("FOLDER"));
    assertEquals(1, run.getInt("added"), run.prettify());
    JsonPath items =
        imports
            .bearer()
            .get(imports.api() + "/datasets/" + run.getString("datasetId") + "/versions/1/items")
            .jsonPath();
    assertEquals(20, items.getInt("rows[0].views[0].width"));
    assertEquals(30, items.getInt("rows[0].views[0].height"));
    String sha256 = items.getString("rows[0].views[0].sha256");
    String served =
        new String(
            imports.bearer().get("/p/" + project.slug() + "/blobs/" + sha256).asByteArray(),
            StandardCharsets.ISO_8859_1);
    assertFalse(served.contains("Exif") || served.contains("GPS") || served.contains("Ana"));
  }

  @Test
  void archivesThatClimbOutOrExplodeDoNoHarm() throws IOException {
    byte[] climbing =
        zip(Map.of("../../evil.png", picture("png", 4), "fine.png", picture("png", 5)));
    JsonPath run = imports.run("Climbing", "IMAGE", Map.of("a.zip", climbing), format("ZIP"));
    assertEquals(1, run.getInt("added"), run.prettify());
    assertRefused(imports.refusals(run), "The name leads out of the archive");
    byte[] bomb = zip(Map.of("zeros.png", new byte[40_000_000]));
    assertTrue(bomb.length < 100_000);
    JsonPath exploding = imports.run("Bomb", "IMAGE", Map.of("b.zip", bomb), format("ZIP"));
    assertEquals("FAILED", exploding.getString("state"), exploding.prettify());
    assertTrue(exploding.getString("message").contains("bomb"), exploding.getString("message"));
  }

  @Test
  void tablesThatCannotBeReadAreToldWithTheirPlace() {
    assertFails(
        "a.csv: line 1: there is no column \"text\"; the columns are id, words",
        Map.of("a.csv", bytes("id,words,label\n1,a,b\n".replace(",label", ""))),
        "CSV");
    byte[] latin = "id,text,label\n1,caf\u00e9,b\n".getBytes(StandardCharsets.ISO_8859_1);
    JsonPath wrong = imports.run("Latin", "TEXT", Map.of("l.csv", latin), table("CSV"));
    assertEquals("FAILED", wrong.getString("state"));
    assertTrue(wrong.getString("message").startsWith("l.csv: line 2"), wrong.getString("message"));
    assertTrue(wrong.getString("message").contains("UTF-8"), wrong.getString("message"));
    assertFails(
        "The source is empty: there is no row in it.",
        Map.of("e.csv", bytes("id,text,label\n")),
        "CSV");
    assertFails(
        "The source is empty: there is no row in it.", Map.of("e.jsonl", bytes("")), "JSONL");
  }

  @Test
  void anImportWhoseFilesARestoreDidNotBringBackAsksForThemAgain() throws IOException {
    JsonPath run = imports.run("Restored", "TEXT", Map.of("e.jsonl", bytes("")), table("JSONL"));
    assertFalse(run.getString("filesKeptUntil") == null, run.prettify());
    Path lost = data.resolve("uploads").resolve(run.getString("upload"));
    Files.delete(lost.resolve("0"));
    Files.delete(lost);
    String address = imports.api() + "/imports/" + run.getString("id");
    imports.bearer().contentType("application/json").post(address + "/resume");
    JsonPath again = imports.ended(run.getString("id"));
    assertEquals("FAILED", again.getString("state"), again.prettify());
    assertEquals(
        "The files sent for this are not here any more; a backup does not hold them. Bring them"
            + " again.",
        again.getString("message"));
    assertEquals(null, again.getString("filesKeptUntil"));
    assertFalse(again.getBoolean("continuable"));
    String shown = page("/datasets/imports/" + run.getString("id"));
    assertTrue(shown.contains("Bring the files again"), shown);
    assertFalse(shown.contains("/resume"), shown);
  }

  @Test
  void rowsThatCannotBeTakenAreToldOneByOne() {
    Map<String, Object> source = new LinkedHashMap<>(table("CSV"));
    source.put("allowedLabels", List.of("Good", "Bad"));
    String longLine = "x".repeat(2_000_000);
    JsonPath run =
        imports.run(
            "Rows",
            "TEXT",
            Map.of(
                "r.csv",
                bytes(
                    "id,text,label\n1,a,Good\n1,other,Good\n3,a,Good\n4,d,Odd\n5,"
                        + longLine
                        + ",Good\n6,"
                        + NASTY
                        + ",Bad\n")),
            source);
    assertEquals("DONE", run.getString("state"), run.prettify());
    assertEquals(2, run.getInt("added"));
    List<String> refusals = imports.refusals(run);
    assertEquals(4, refusals.size(), refusals.toString());
    assertRefused(refusals, "3: The id 1 is taken by an item with other content");
    assertRefused(refusals, "4: It has the same content as the item 1");
    assertRefused(refusals, "5: The label Odd is not in the label set");
    assertRefused(refusals, "6: The ");
    assertFalse(page("/datasets/" + run.getString("datasetId")).contains(NASTY));
  }

  @Test
  void idxFilesWhoseNumbersDoNotFitTakeNothingIn() {
    ByteBuffer images = ByteBuffer.allocate(16 + 3 * 4);
    images.putInt(0x803).putInt(4).putInt(2).putInt(2);
    JsonPath cut = imports.run("Cut", "IMAGE", Map.of("x-idx3", images.array()), format("IDX"));
    assertEquals("FAILED", cut.getString("state"), cut.prettify());
    assertTrue(cut.getString("message").startsWith("x-idx3: "), cut.getString("message"));
    images.putInt(4, 3);
    ByteBuffer labels = ByteBuffer.allocate(10).putInt(0x801).putInt(2);
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("x-idx3", images.array());
    files.put("x-idx1", labels.array());
    JsonPath other = imports.run("Other", "IMAGE", files, format("IDX"));
    assertEquals("FAILED", other.getString("state"), other.prettify());
    assertTrue(other.getString("message").contains("3"), other.getString("message"));
    assertEquals(0, other.getInt("added"));
  }

  @Test
  void requestSentAgainFindsItsImportAndAFruitlessOneMakesRoom() {
    String upload =
        imports
            .bearer()
            .contentType("application/json")
            .body(
                Map.of(
                    "files", List.of(Map.of("name", "a.csv", "size", 12)), "key", "k".repeat(20)))
            .post(imports.api() + "/uploads")
            .path("id");
    imports
        .bearer()
        .contentType("application/octet-stream")
        .body(bytes("id,text\n1,a\n"))
        .put(imports.api() + "/uploads/" + upload + "/files/0?offset=0")
        .then()
        .statusCode(200);
    Map<String, Object> wrong = Map.of("textColumns", List.of("words"));
    Map<String, Object> body =
        Map.of(
            "name",
            "Again",
            "kind",
            "TEXT",
            "source",
            Map.of("format", "CSV", "upload", upload, "text", wrong));
    String first = post(body);
    assertEquals(first, post(body), "the same request is the same import");
    String failed = ended(first);
    assertTrue(failed.contains("there is no column \"words\""), failed);
    Map<String, Object> right = Map.of("textColumns", List.of("text"));
    Map<String, Object> mended =
        Map.of(
            "name",
            "Again",
            "kind",
            "TEXT",
            "source",
            Map.of("format", "CSV", "upload", upload, "text", right));
    String second = post(mended);
    assertFalse(second.equals(first));
    assertTrue(ended(second).contains("\"state\":\"DONE\""));
  }

  private String post(Map<String, Object> body) {
    return imports
        .bearer()
        .contentType("application/json")
        .body(body)
        .post(imports.api() + "/datasets")
        .then()
        .statusCode(202)
        .extract()
        .path("id");
  }

  private String ended(String id) {
    for (int i = 0; i < 1_200; i++) {
      String run = imports.bearer().get(imports.api() + "/imports/" + id).asString();
      if (!run.contains("\"QUEUED\"") && !run.contains("\"RUNNING\"")) {
        return run.replace("\\\"", "\"");
      }
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    throw new AssertionError("The import did not end");
  }

  private void assertFails(String message, Map<String, byte[]> files, String format) {
    String name = "Fails " + files.keySet() + files.values().iterator().next().length;
    Map<String, Object> source = new LinkedHashMap<>(table(format));
    source.put("text", Map.of("textColumns", List.of("text")));
    JsonPath run = imports.run(name, "TEXT", files, source);
    assertEquals("FAILED", run.getString("state"), run.prettify());
    assertEquals(message, run.getString("message"));
    String shown = page("/datasets/imports/" + run.getString("id"));
    assertTrue(shown.contains("The import stopped"));
    assertFalse(shown.contains("/resume"), shown);
    assertTrue(shown.contains("/datasets/" + run.getString("datasetId") + "/add"), shown);
  }

  private static void assertRefused(List<String> refusals, String reason) {
    assertTrue(refusals.stream().anyMatch(line -> line.contains(reason)), refusals.toString());
  }

  private String page(String path) {
    return given()
        .accept("text/html")
        .cookie(TestPeople.COOKIE, owner.session())
        .get("/p/" + project.slug() + path)
        .then()
        .statusCode(200)
        .extract()
        .asString();
  }

  private static Map<String, Object> format(String format) {
    return Map.of("format", format);
  }

  private static Map<String, Object> table(String format) {
    return Map.of("format", format, "text", COLUMNS);
  }

  private static byte[] bytes(String text) {
    byte[] bytes = new byte[text.length()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) text.charAt(i);
    }
    return bytes;
  }

  private static byte[] picture(String format, int number) throws IOException {
    BufferedImage image = new BufferedImage(30, 20, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < 30; x++) {
      image.setRGB(x, number, 0xff0000 + x * 700);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertTrue(ImageIO.write(image, format, out));
    return out.toByteArray();
  }

  /** A JPEG whose tables are overwritten. */
  private static byte[] broken() throws IOException {
    byte[] file = picture("jpg", 6);
    Arrays.fill(file, 20, file.length / 2, (byte) 0x55);
    return file;
  }

  /** A PNG that says it has 100,000 × 100,000 pixels. */
  private static byte[] hugePng() throws IOException {
    byte[] file = picture("png", 7);
    ByteBuffer header = ByteBuffer.wrap(file);
    header.putInt(16, 100_000).putInt(20, 100_000);
    CRC32 crc = new CRC32();
    crc.update(file, 12, 17);
    header.putInt(29, (int) crc.getValue());
    return file;
  }

  private static byte[] zip(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
    return out.toByteArray();
  }
}

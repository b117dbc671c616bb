package org.atelier.labeling;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.FileChooser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.FilePayload;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.atelier.platform.web.AccessibilityTest;
import org.atelier.platform.web.Chromium;
import org.junit.jupiter.api.Test;

/** Pictures from a manager's own machine that show what a label means. */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class ExamplePicturesQuarkusTest extends LabelingScene {

  @TestHTTPResource("/")
  URL root;

  private Page page;

  @Test
  void aPictureIsUploadedInTheEditorAndSeenByTheLabeler() throws IOException {
    try (Chromium chromium = Chromium.launch();
        BrowserContext context = chromium.context()) {
      page = open(context, boss, "/p/" + project.slug() + "/jobs/new");
      page.fill("#title", "Collars");
      page.fill("#label-name-0", "Shirt");
      page.fill("#label-name-1", "Coat");
      page.locator(".label-more summary").first().click();
      upload(
          new FilePayload("shirt.jpg", "image/jpeg", spying(jpeg(640, 480))),
          new FilePayload("notes.png", "image/png", "no".getBytes(StandardCharsets.UTF_8)));
      assertThat(page.locator("[data-examples-problem]").first())
          .containsText("notes.png: Not a JPEG");
      assertThat(page.locator(".label-row").first().locator("[data-example] img")).hasCount(1);
      until("document.querySelector('[data-example] img').naturalWidth === 256");
      assertEquals(List.of(), AccessibilityTest.seriousBarriers(page));
      page.locator("button[name=startNow]").click();
      page.waitForURL("**/jobs/*-*");
      UUID job = UUID.fromString(page.url().replaceAll(".*/", ""));
      LabelDefinition shirt = jobs.job(project.id(), job).settings().labels().get(0);
      assertEquals(1, shirt.examplePictures().size());
      assertTheServedPictureTellsNothing(shirt.examplePictures().get(0));
      page.close();
      context.clearCookies();
      page = open(context, labeler, path(job) + "/work");
      assertThat(page.locator("#about .external-id")).hasText("e0");
      page.keyboard().press("d");
      assertThat(page.locator("#label-guide .guide-examples img")).hasCount(1);
      until("document.querySelector('.guide-examples img').naturalWidth === 256");
    }
  }

  private Page open(BrowserContext context, SignedIn person, String path) {
    context.addCookies(
        person.cookies().entrySet().stream()
            .map(one -> new Cookie(one.getKey(), one.getValue()).setUrl(root.toString()))
            .toList());
    Page opened = context.newPage();
    opened.navigate(root.toString().replaceAll("/$", "") + path);
    return opened;
  }

  private void upload(FilePayload... files) {
    FileChooser chooser =
        page.waitForFileChooser(() -> page.locator("[data-bring-examples]").first().click());
    chooser.setFiles(files);
  }

  private void until(String condition) {
    page.waitForFunction("() => { const is = " + condition + "; return is; }");
  }

  private void assertTheServedPictureTellsNothing(String digest) {
    Response served = boss.get("/p/" + project.slug() + "/blobs/" + digest);
    served
        .then()
        .statusCode(200)
        .header("Content-Type", "image/jpeg")
        .header("Content-Security-Policy", containsString("sandbox"))
        .header("X-Content-Type-Options", "nosniff");
    byte[] bytes = served.body().asByteArray();
    assertFalse(new String(bytes, StandardCharsets.ISO_8859_1).contains("52.5N"));
  }

  @Test
  void aScriptBringsAPictureAndNamesItUnderALabelAndACloneKeepsIt() throws IOException {
    String sha256 =
        bring(boss, jpeg(40, 30))
            .then()
            .statusCode(201)
            .body("mediaType", equalTo("image/jpeg"))
            .body("width", equalTo(40))
            .body("height", equalTo(30))
            .extract()
            .path("sha256");
    String api = "/api/v1/projects/" + project.id() + "/jobs";
    String job = boss.post(api, job(sha256)).then().statusCode(201).extract().path("id");
    boss.post(api + "/" + job + "/copy", Map.of("title", "Again"))
        .then()
        .statusCode(200)
        .body("settings.labels[0].examplePictures", equalTo(List.of(sha256)));
    boss.post(api, job("ab".repeat(32)))
        .then()
        .statusCode(400)
        .body("field", equalTo("labels.0.examples"))
        .body("detail", containsString("An example of “Shirt” is not in this project"));
    boss.post(api, job(sha256, sha256, sha256, sha256, sha256, sha256, sha256))
        .then()
        .statusCode(400)
        .body("detail", equalTo("Show at most 6 examples."));
  }

  @Test
  void whoMayNotManageJobsBringsNothingAndABadFileIsRefused() throws IOException {
    assertEquals(403, bring(labeler, jpeg(4, 3)).statusCode());
    bring(boss, new byte[0]).then().statusCode(400).body("field", equalTo("picture"));
    byte[] whole = jpeg(640, 480);
    bring(boss, java.util.Arrays.copyOf(whole, whole.length / 2))
        .then()
        .statusCode(400)
        .body("detail", containsString("Choose a JPEG, PNG, WebP or GIF"));
    SignedIn stranger = signIn(account());
    assertEquals(404, bring(stranger, jpeg(4, 3)).statusCode());
  }

  @Test
  void aManagerRemovesAPictureForGoodAndEveryJobSaysSo() throws IOException {
    String sha256 = bring(boss, jpeg(300, 200)).path("sha256");
    String api = "/api/v1/projects/" + project.id();
    String job = boss.post(api + "/jobs", job(sha256)).path("id");
    boss.post(api + "/jobs/" + job + "/start", Map.of()).then().statusCode(200);
    String clone = boss.post(api + "/jobs/" + job + "/copy", Map.of("title", "Again")).path("id");
    String page = "/p/" + project.slug() + "/jobs/example-pictures/" + sha256;
    boss.get(page).then().statusCode(200).body(containsString("label Shirt"));
    boss.get(settings(job)).then().body(containsString(page));
    boss.get(settings(clone)).then().body(containsString(page));
    boss.get("/p/" + project.slug() + "/blobs/" + sha256 + "?size=256").then().statusCode(200);

    String remove = api + "/example-pictures/" + sha256 + "/remove";
    labeler.post(remove, Map.of("reason", "not mine to say")).then().statusCode(403);
    assertEquals(403, labeler.get(page).statusCode());
    boss.post(remove, Map.of("reason", "x")).then().statusCode(400);
    boss.post(remove, Map.of("reason", "shows <b>a person</b>"))
        .then()
        .statusCode(200)
        .body("itemsShowingIt", equalTo(0));
    boss.post(remove, Map.of("reason", "once more")).then().statusCode(404);

    boss.get("/p/" + project.slug() + "/blobs/" + sha256).then().statusCode(404);
    boss.get("/p/" + project.slug() + "/blobs/" + sha256 + "?size=256").then().statusCode(404);
    boss.get(page).then().statusCode(200).body(containsString("shows &lt;b&gt;a person"));
    boss.get(settings(job)).then().body(containsString("removed on "));
    boss.get(settings(clone)).then().body(containsString("removed on "));
  }

  private String settings(String job) {
    return "/p/" + project.slug() + "/jobs/" + job + "/settings";
  }

  private Response bring(SignedIn person, byte[] bytes) {
    return given()
        .accept("application/json")
        .cookies(person.cookies())
        .header("X-CSRF-TOKEN", person.token())
        .contentType("application/octet-stream")
        .body(bytes)
        .post("/api/v1/projects/" + project.id() + "/example-pictures");
  }

  private Map<String, Object> job(String... pictures) {
    return Map.of(
        "title",
        "Collars",
        "datasetId",
        dataset,
        "labels",
        List.of(
            Map.of("name", "Shirt", "examplePictures", List.of(pictures)), Map.of("name", "Coat")));
  }

  private static byte[] jpeg(int width, int height) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < width; x++) {
      image.setRGB(x, x % height, 0xA8452B);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertTrue(ImageIO.write(image, "jpeg", bytes));
    return bytes.toByteArray();
  }

  /** With a comment that says where it was taken, behind the first two bytes. */
  private static byte[] spying(byte[] jpeg) throws IOException {
    byte[] comment = "taken at 52.5N 13.4E".getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(jpeg, 0, 2);
    bytes.write(0xFF);
    bytes.write(0xFE);
    bytes.write(0);
    bytes.write(comment.length + 2);
    bytes.write(comment);
    bytes.write(jpeg, 2, jpeg.length - 2);
    return bytes.toByteArray();
  }
}

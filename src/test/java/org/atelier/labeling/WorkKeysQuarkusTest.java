package org.atelier.labeling;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.ReducedMotion;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.imageio.ImageIO;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.atelier.platform.web.AccessibilityTest;
import org.atelier.platform.web.Chromium;
import org.junit.jupiter.api.Test;

/** Every key that the work page's list names, pressed in a browser on the running application. */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class WorkKeysQuarkusTest extends LabelingScene {

  private static final String LABELS =
      "Tops\n  Shirt\n  Coat\nDress\nSkirt\nBag\nSandal\nSneaker\nBoot\nScarf\nHat\nBelt\nGlove\nCape";
  private static final int DRESS = 3;
  private static final int GLOVE = 12;
  private static final int CAPE = 13;

  @TestHTTPResource("/")
  URL root;

  private Page page;
  private UUID job;

  @Test
  void everyKeyOfTheListDoesWhatTheListSays() {
    importTwoPicturesEach();
    job = severalLabelsJob();
    try (Chromium chromium = Chromium.launch();
        BrowserContext context = chromium.context()) {
      context.addCookies(
          labeler.cookies().entrySet().stream()
              .map(one -> new Cookie(one.getKey(), one.getValue()).setUrl(root.toString()))
              .toList());
      page = context.newPage();
      page.navigate(root.toString().replaceAll("/$", "") + path(job) + "/work");
      shows("e0");
      keysThatChooseAndSend();
      keysThatTakeBackAndTellWhy();
      keysThatGoAlongAndSearch();
      String token = lostToken();
      keysThatSkipAndAsk();
      assertFalse(List.of("", token).contains(token()));
      assertThat(page.locator("#refusals-open")).isHidden();
      keysThatLook();
      keysThatOpenPapers();
      anItemIsLargeEnoughToBeJudgedAgain();
    }
  }

  private void anItemIsLargeEnoughToBeJudgedAgain() {
    String job = page.url();
    page.navigate(job.substring(0, job.indexOf("/jobs/")) + "/work/mine");
    page.locator("a", new Page.LocatorOptions().setHasText("Correct")).first().click();
    Locator picture = page.locator(".columns .plate img").first();
    until(() -> picture.evaluate("one => one.naturalWidth > 0").equals(true));
    assertTrue(picture.boundingBox().width > 200);
  }

  private void keysThatChooseAndSend() {
    press("1");
    assertThat(page.locator(".panel .way")).containsText("Tops");
    press("Escape");
    assertThat(page.locator(".panel .way")).hasText("");
    press("2", "3", "3");
    assertThat(page.locator(".label[aria-pressed=true]")).hasCount(1);
    press("Enter");
    shows("e1");
    until(() -> said().equals(List.of("{" + DRESS + "}")));
    press("2", "-");
    shows("e2");
    until(() -> said().equals(List.of("{" + DRESS + "}", "{}")));
  }

  private void keysThatTakeBackAndTellWhy() {
    assertThat(page.locator("#why")).isEnabled();
    press("w");
    assertThat(page.locator("#why-text")).hasText(TaskReason.BY_HAND.sentence());
    press("u");
    shows("e1");
    until(() -> said().equals(List.of("{" + DRESS + "}")));
  }

  private void keysThatGoAlongAndSearch() {
    page.evaluate("document.activeElement.blur()");
    press("ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp", "Space", "Enter");
    shows("e2");
    until(() -> said().size() == 2);
    assertEquals("{" + DRESS + "}", said().get(1));
    press("/");
    page.keyboard().type("cape");
    press("Enter", "Enter");
    shows("e3");
    until(() -> said().size() == 3);
    assertEquals("{" + CAPE + "}", said().get(2));
  }

  /** What follows goes on with a new token, as nothing had happened. */
  private String lostToken() {
    String token = token();
    page.context().clearCookies(new BrowserContext.ClearCookiesOptions().setName("csrf-token"));
    assertNotEquals(token, token());
    return token;
  }

  private String token() {
    return page.context().cookies().stream()
        .filter(one -> one.name.equals("csrf-token"))
        .map(one -> one.value)
        .findFirst()
        .orElse("");
  }

  private void keysThatSkipAndAsk() {
    press("q");
    page.keyboard().type("Is this a cape?");
    press("Control+Enter");
    assertThat(page.locator("dialog#question")).isHidden();
    until(() -> column("select text from labeling.question").contains("Is this a cape?"));
    press("s");
    assertThat(page.locator("dialog#skip")).isVisible();
    press("2");
    shows("e4");
    until(() -> column("select decline_reason from labeling.lease").contains("BROKEN"));
    press("s", "4");
    page.keyboard().type("Seen before");
    press("Enter");
    shows("e5");
    until(() -> column("select decline_text from labeling.lease").contains("Seen before"));
    assertNotEquals(
        List.of("0"), column("select sum(skipped_millis)::text from labeling.worker_day"));
    press("a", "Enter");
    shows("e6");
    until(() -> said().size() == 4);
    assertEquals("{" + GLOVE + "}", said().get(3));
  }

  private void keysThatLook() {
    Locator view = page.locator(".views button[aria-pressed=true]");
    assertThat(view).hasAttribute("aria-label", "View front");
    press("v");
    assertThat(view).hasAttribute("aria-label", "View back");
    press("z");
    assertThat(page.locator("#stage")).hasClass("stage zoomed");
    Object before = look();
    press("ArrowRight");
    assertNotEquals(before, look());
    press("Escape");
    assertThat(page.locator("#stage")).hasClass("stage");
  }

  private Object look() {
    return page.evaluate("document.querySelector('#stage').outerHTML");
  }

  private void keysThatOpenPapers() {
    for (String[] one :
        List.of(
            new String[] {"?", "keys"},
            new String[] {"i", "instructions"},
            new String[] {"d", "label-guide"})) {
      press(one[0]);
      assertThat(page.locator("dialog#" + one[1])).isVisible();
      press("Escape");
      assertThat(page.locator("dialog#" + one[1])).isHidden();
    }
    press("d");
    assertThat(page.locator("#label-guide")).containsText("Closed in front");
    until(
        () ->
            page.evaluate("document.querySelector('.guide-examples img')?.naturalWidth > 0")
                .equals(true));
    for (ColorScheme theme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      for (int width : new int[] {1440, 390}) {
        page.emulateMedia(
            new EmulateMediaOptions().setColorScheme(theme).setReducedMotion(ReducedMotion.REDUCE));
        page.setViewportSize(width, 844);
        assertEquals(List.of(), AccessibilityTest.seriousBarriers(page));
      }
    }
  }

  private UUID severalLabelsJob() {
    Map<String, String> fields = form("Collars", LABELS);
    fields.put("taskType", "MULTI");
    fields.put("graceSeconds", "300");
    fields.remove("submitOnChoice");
    fields.put("startNow", "on");
    Response created = boss.form("/p/" + project.slug() + "/jobs", fields);
    assertEquals(303, created.statusCode(), created.body().asString());
    UUID id = UUID.fromString(created.header("Location").replaceAll(".*/", ""));
    sql(
        "update labeling.job_label set description = 'Closed in front', examples = array[(select id"
            + " from dataset.item where dataset_id = ? and ordinal = 0)] where job_id = ? and index"
            + " = 1",
        dataset,
        id);
    return id;
  }

  /** Imports seven items of two small pictures each, as a browser sends a folder. */
  private void importTwoPicturesEach() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (int item = 0; item < 7; item++) {
      files.put("e" + item + "__back.png", picture(item, Color.CYAN));
      files.put("e" + item + "__front.png", picture(item, Color.ORANGE));
    }
    String api = "/api/v1/projects/" + project.id();
    JsonPath begun =
        created(
            api + "/datasets",
            Map.of(
                "name",
                "Two sides",
                "kind",
                "IMAGE",
                "source",
                Map.of("format", "FOLDER", "upload", upload(api, files))));
    until(
        () ->
            "DONE"
                .equals(
                    boss.json(api + "/imports/" + begun.getString("id"))
                        .jsonPath()
                        .getString("state")));
    dataset = UUID.fromString(begun.getString("datasetId"));
  }

  private String upload(String api, Map<String, byte[]> files) {
    List<Map<String, Object>> announced = new ArrayList<>();
    files.forEach((name, bytes) -> announced.add(Map.of("name", name, "size", bytes.length)));
    String upload = created(api + "/uploads", Map.of("files", announced)).getString("id");
    int number = 0;
    for (byte[] bytes : files.values()) {
      given()
          .cookies(boss.cookies())
          .header("X-CSRF-TOKEN", boss.token())
          .contentType("application/octet-stream")
          .body(bytes)
          .put(api + "/uploads/" + upload + "/files/" + number++ + "?offset=0")
          .then()
          .statusCode(200);
    }
    return upload;
  }

  private JsonPath created(String address, Object body) {
    return boss.post(address, body).then().statusCode(lessThan(300)).extract().jsonPath();
  }

  private static byte[] picture(int item, Color color) {
    BufferedImage image = new BufferedImage(60, 75, BufferedImage.TYPE_INT_RGB);
    for (int at = 10; at < 50; at++) {
      image.setRGB(at, 10 * item + at / 5, color.getRGB());
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }

  /** What stands of the labeler's answers, oldest first. */
  private List<String> said() {
    return column("select class_indexes::text from labeling.answer", "and undone_at is null");
  }

  private List<String> column(String select) {
    return column(select, "");
  }

  private List<String> column(String select, String condition) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    select
                        + " where job_id = :job "
                        + condition
                        + (condition.isEmpty() ? "" : " order by id"))
                .bind("job", job)
                .mapTo(String.class)
                .list());
  }

  private void sql(String statement, Object... values) {
    QuarkusTransaction.requiringNew().run(() -> jdbi.useHandle(h -> h.execute(statement, values)));
  }

  private void press(String... keys) {
    for (String key : keys) {
      page.keyboard().press(key);
    }
  }

  private void shows(String externalId) {
    assertThat(page.locator("#about .external-id")).hasText(externalId);
  }

  private void until(BooleanSupplier condition) {
    long end = System.nanoTime() + 60_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertFalse(System.nanoTime() > end, () -> "waited in vain; stored: " + said());
      LockSupport.parkNanos(50_000_000);
    }
  }
}

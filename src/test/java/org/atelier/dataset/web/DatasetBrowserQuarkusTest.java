package org.atelier.dataset.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.JSHandle;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.atelier.platform.web.AccessibilityTest;
import org.atelier.platform.web.Chromium;
import org.atelier.workforce.TestPeople;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bringing data and looking at it, in a real browser against the real application. */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class DatasetBrowserQuarkusTest {

  private static final int WIDE = 1440;
  private static final int NARROW = 390;
  private static Chromium chromium;

  @Inject TestPeople people;
  @TempDir Path folder;
  private TestPeople.Visitor owner;
  private ProjectRef project;
  private TestImports imports;
  private BrowserContext context;
  private Page page;

  @BeforeAll
  static void launch() {
    chromium = Chromium.launch();
  }

  @AfterAll
  static void quit() {
    chromium.close();
  }

  @BeforeEach
  void signIn() {
    owner = people.visitor("Ana");
    project = people.projectOf(owner);
    imports = new TestImports(owner, project);
    context = context(ColorScheme.LIGHT, WIDE);
    page = context.newPage();
  }

  @AfterEach
  void leave() {
    context.close();
  }

  private BrowserContext context(ColorScheme theme, int width) {
    BrowserContext made =
        chromium.context(new NewContextOptions().setColorScheme(theme).setViewportSize(width, 900));
    made.addCookies(List.of(new Cookie(TestPeople.COOKIE, owner.session()).setUrl(url("/"))));
    return made;
  }

  private static String url(String path) {
    return "http://localhost:" + RestAssured.port + path;
  }

  private String datasets(String path) {
    return url("/p/" + project.slug() + "/datasets" + path);
  }

  @Test
  void tableIsChosenColumnsAreOfferedAndRefusedRowsReported() throws IOException {
    Path file = folder.resolve("reviews.csv");
    Files.writeString(
        file,
        "id,text,label,brand\n1,Soft coat,Good,Ours\n2,,Good,Ours\n3,Odd hat,Strange,Theirs\n");
    page.navigate(datasets("/new"));
    page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("Reviews");
    page.getByText("CSV of texts").click();
    page.locator("#files").setInputFiles(file);
    assertThat(page.locator("[data-columns]")).containsText("id, text, label, brand");
    assertThat(page.locator("#textColumns")).hasValue("text");
    page.getByText("Allow certain labels only").click();
    page.getByLabel("Allowed labels").fill("Good\nBad");
    page.locator("form[data-intake] [type=submit]").click();
    page.waitForURL(Pattern.compile(".*/datasets/imports/.*"));
    assertThat(page.locator("#import .state")).containsText("Done: 1 new item in version 1");
    assertThat(page.locator("#import tbody tr")).hasCount(2);
    assertThat(page.locator("#import tbody")).containsText("The text is empty");
    assertThat(page.locator("#import tbody"))
        .containsText("The label Strange is not in the label set");
    page.getByText("Have it labelled").click();
    assertThat(page.locator("#dataset option:checked")).containsText("Reviews, version 1");
    page.goBack();
    page.getByText("Look at the items").click();
    assertThat(page.locator(".sheet li")).hasCount(1);
  }

  @Test
  void picturesAreDroppedSeenLargeAndDeletedForGood() throws IOException {
    page.navigate(datasets("/new"));
    page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("Garments");
    page.getByText("Folder of pictures").click();
    JSHandle dropped =
        page.evaluateHandle(
            "files => { const all = new DataTransfer();"
                + " for (const [name, base64] of files) { const bytes ="
                + " Uint8Array.from(atob(base64), c => c.charCodeAt(0));"
                + " all.items.add(new File([bytes], name)); } return all; }",
            List.of(
                List.of("coat.png", base64(1)),
                List.of("hat.png", base64(2)),
                List.of("shoe.png", base64(3))));
    page.dispatchEvent("[data-drop]", "drop", Map.of("dataTransfer", dropped));
    assertThat(page.locator("[data-chosen]")).containsText("coat.png and 2 more");
    page.locator("form[data-intake] [type=submit]").click();
    assertThat(page.locator("#import .state")).containsText("Done: 3 new items");
    page.getByText("Look at the items").click();
    // Before the script is there the link leads to the item's page.
    page.waitForLoadState();
    page.locator(".sheet a[data-light]").first().click();
    Locator light = page.locator("dialog#light");
    assertThat(light).isVisible();
    assertThat(light.locator("h2")).hasText("coat.png");
    assertThat(light.getByText("Close")).isInViewport();
    assertThat(light.locator("a[rel=next]")).isInViewport();
    page.keyboard().press("ArrowRight");
    assertThat(light.locator("h2")).hasText("hat.png");
    page.keyboard().press("ArrowLeft");
    assertThat(light.locator("dl")).containsText("coat.png");
    page.keyboard().press("Escape");
    assertThat(light).isHidden();
    page.locator(".sheet a[data-light]").nth(1).click();
    light.getByText("Open as a page").click();
    String picture = page.locator(".item img").getAttribute("src");
    page.getByText("Delete this item for good").click();
    page.getByLabel("Reason").fill("Its owner asked for it");
    page.getByText("Delete for good", new Page.GetByTextOptions().setExact(true)).click();
    page.waitForURL(Pattern.compile(".*/versions"));
    assertThat(page.locator("table").last()).containsText("hat.png");
    assertThat(page.locator("table").last()).containsText("Its owner asked for it");
    assertThat(page.locator("table").first()).containsText("1 item deleted");
    assertEquals(404, page.request().get(url(picture)).status());
    page.navigate(page.url().replace("/versions", ""));
    assertThat(page.locator(".sheet li")).hasCount(2);
  }

  @Test
  void uploadGoesOnAfterLostConnectionAndAfterReload() throws IOException {
    Path file = folder.resolve("long.jsonl");
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 126; i++) {
      lines.append("{\"id\":\"").append(i).append("\",\"text\":\"");
      lines.append(("word" + i + " ").repeat(190_000 / ("word" + i + " ").length()));
      lines.append("\"}\n");
    }
    Files.writeString(file, lines);
    AtomicInteger parts = new AtomicInteger();
    page.route(
        Pattern.compile(".*/uploads/.*/files/.*"),
        route -> {
          int part = parts.incrementAndGet();
          if (part == 2) {
            route.abort();
          } else if (part > 3) {
            // The page is left while this one hangs.
            return;
          } else {
            route.resume();
          }
        });
    fillLong(file);
    assertThat(page.locator("[data-numbers]")).containsText("16 MB of");
    page.onDialog(dialog -> dialog.accept());
    page.reload();
    page.unroute(Pattern.compile(".*/uploads/.*/files/.*"));
    Set<String> rest = new HashSet<>();
    page.onRequest(
        request -> {
          if (request.url().contains("/files/")) {
            rest.add(request.url().replaceAll(".*offset=", ""));
          }
        });
    fillLong(file);
    assertThat(page.locator("#import .state")).containsText("Done: 126 new items");
    assertEquals(Set.of("" + 16 * 1024 * 1024), rest, "only the part that was missing is sent");
  }

  private void fillLong(Path file) {
    page.navigate(datasets("/new"));
    page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("Long");
    page.getByText("JSON Lines of texts").click();
    page.locator("#files").setInputFiles(file);
    page.locator("form[data-intake] [type=submit]").click();
  }

  @Test
  void tableIsSearchedByIdLabelAndDetailAndPaged() {
    String dataset = texts(250);
    page.navigate(datasets("/" + dataset + "?view=table"));
    Locator rows = page.locator("tbody tr");
    assertThat(rows).hasCount(100);
    page.locator("a[rel=next]").click();
    assertThat(rows.first()).containsText("item-100");
    page.locator("a[rel=next]").click();
    assertThat(rows).hasCount(50);
    assertThat(page.locator("a[rel=next]")).hasCount(0);
    search("q", "item-24");
    assertThat(rows).hasCount(11);
    search("label", "L3");
    assertThat(rows).hasCount(1);
    search("q", "");
    assertThat(rows).hasCount(25);
    search("key", "brand");
    search("value", "B1");
    assertThat(rows).hasCount(25);
    search("value", "B0");
    assertThat(page.locator(".empty")).containsText("Nothing fits");
    page.getByText("Show all").click();
    assertThat(page.locator(".sheet li")).hasCount(60);
  }

  private void search(String field, String value) {
    page.locator("#" + field).fill(value);
    page.locator("form.filters button").click();
  }

  @Test
  void placesForManifestsAreForAdministratorsAndShownToManagers() {
    page.navigate(datasets("/places"));
    assertThat(page.locator(".empty")).containsText("No place is allowed");
    assertThat(page.locator("#prefix")).hasCount(0);
  }

  @Test
  void aPlaceIsRefusedForEverythingThatIsWrongWithIt() {
    owner = people.administrator("Ada");
    project = people.projectOf(owner);
    try (BrowserContext administrator = context(ColorScheme.LIGHT, WIDE)) {
      Page places = administrator.newPage();
      places.navigate(datasets("/places"));
      places.fill("#prefix", "summer");
      places.fill("#location", "/nowhere");
      places.getByText("Allow", new Page.GetByTextOptions().setExact(true)).click();
      assertThat(places.locator("#prefix-problem")).containsText("ends in a slash");
      assertThat(places.locator("#location-problem")).containsText("atelier.dataset.import-roots");
      assertThat(places.locator("#prefix")).hasValue("summer");
      assertThat(places.locator("#location")).hasValue("/nowhere");
    }
  }

  @Test
  void everyPageHasNoSeriousBarriersInBothWidthsAndThemes() throws IOException {
    String texts = texts(30);
    String pictures = pictures();
    String run =
        imports
            .bearer()
            .get(imports.api() + "/datasets/" + texts + "/imports")
            .jsonPath()
            .getString("[0].id");
    String item =
        imports
            .bearer()
            .get(imports.api() + "/datasets/" + pictures + "/versions/1/items")
            .jsonPath()
            .getString("rows[0].id");
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("list", "");
    pages.put("new", "/new");
    pages.put("import", "/imports/" + run);
    pages.put("sheet", "/" + pictures);
    pages.put("texts", "/" + texts);
    pages.put("table", "/" + texts + "?view=table");
    pages.put("nothing", "/" + texts + "?q=nothing-like-it");
    pages.put("versions", "/" + texts + "/versions");
    pages.put("export", "/" + texts + "/export");
    pages.put("item", "/" + pictures + "/items/" + item);
    pages.put("places", "/places");
    for (ColorScheme theme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      for (int width : new int[] {WIDE, NARROW}) {
        try (BrowserContext other = context(theme, width)) {
          for (Map.Entry<String, String> one : pages.entrySet()) {
            look(other, one.getKey(), one.getValue(), theme, width);
          }
        }
      }
    }
  }

  private void look(
      BrowserContext other, String name, String address, ColorScheme theme, int width) {
    Page seen = other.newPage();
    seen.navigate(datasets(address));
    String what = name + " " + theme + " " + width;
    seen.screenshot(
        new Page.ScreenshotOptions()
            .setFullPage(true)
            .setPath(
                Path.of("target/screenshots/dataset", name + "-" + theme + "-" + width + ".png")));
    assertEquals(List.of(), AccessibilityTest.seriousBarriers(seen), what);
    int sideways =
        ((Number) seen.evaluate("Math.max(0, document.documentElement.scrollWidth - innerWidth)"))
            .intValue();
    assertEquals(0, sideways, what + " scrolls sideways");
    seen.close();
  }

  private String texts(int rows) {
    StringBuilder csv = new StringBuilder("id,text,label,brand\n");
    for (int i = 0; i < rows; i++) {
      csv.append("item-").append(i).append(",A soft coat number ").append(i);
      csv.append(",L").append(i % 10).append(",B").append(i % 2).append('\n');
    }
    return imports
        .run(
            "Texts",
            "TEXT",
            Map.of("texts.csv", csv.toString().getBytes()),
            Map.of(
                "format",
                "CSV",
                "text",
                Map.of("idColumn", "id", "textColumns", List.of("text"), "labelColumn", "label")))
        .getString("datasetId");
  }

  private String pictures() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (int i = 0; i < 14; i++) {
      files.put("coats/garment-" + i + ".png", picture(i));
    }
    return imports
        .run(
            "Garments",
            "IMAGE",
            files,
            Map.of("format", "FOLDER", "pictures", Map.of("labelsFromFolders", true)))
        .getString("datasetId");
  }

  private static String base64(int number) throws IOException {
    return java.util.Base64.getEncoder().encodeToString(picture(number));
  }

  private static byte[] picture(int number) throws IOException {
    BufferedImage image = new BufferedImage(240, 320, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setColor(new Color(0xe8e2d6));
    pen.fillRect(0, 0, 240, 320);
    pen.setColor(Color.getHSBColor(number / 14f, 0.5f, 0.7f));
    pen.fillRoundRect(60, 60 + number, 120, 200, 30, 30);
    pen.dispose();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertTrue(ImageIO.write(image, "png", out));
    return out.toByteArray();
  }
}

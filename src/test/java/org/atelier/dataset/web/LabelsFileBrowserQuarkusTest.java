package org.atelier.dataset.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.JSHandle;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.atelier.platform.web.AccessibilityTest;
import org.atelier.platform.web.Chromium;
import org.atelier.workforce.TestPeople;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever brings a folder of pictures names its labels file, and sees what was left out. */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class LabelsFileBrowserQuarkusTest {

  private static Chromium chromium;

  @Inject TestPeople people;
  private TestPeople.Visitor owner;
  private ProjectRef project;

  @BeforeAll
  static void launch() {
    chromium = Chromium.launch();
  }

  @AfterAll
  static void quit() {
    chromium.close();
  }

  @BeforeEach
  void openProject() {
    owner = people.visitor("Ana");
    project = people.projectOf(owner);
  }

  @Test
  void theLabelsFileIsNamedAndOneThatIsNotThereIsToldBesideTheField() throws IOException {
    try (BrowserContext context = context(ColorScheme.LIGHT, 1440)) {
      Page page = context.newPage();
      choose(page, "Coats");
      assertThat(page.locator("[data-chosen]")).containsText("1 hidden file is left out");
      assertThat(page.locator("[data-labels-found]"))
          .hasText("None is called labels.csv. Name the one that is meant: first.csv, second.csv");
      page.fill("#labelsFile", "third.csv");
      submit(page);
      assertThat(page.locator("[data-problem=labelsFile]"))
          .hasText("There is no file third.csv among those you chose.");
      page.fill("#labelsFile", "second.csv");
      submit(page);
      assertThat(page.locator("#import .state")).containsText("Done: 1 new item in version 1");
      assertThat(page.locator("dl.facts")).containsText("second.csv");
      assertThat(page.locator("#import details")).containsText("notes.txt");
      assertThat(page.locator("#import .notice")).hasCount(0);
    }
  }

  @Test
  void withoutALabelsFileTheReportSaysWhichCouldBeMeantOnEveryScreen() throws IOException {
    String report;
    try (BrowserContext context = context(ColorScheme.LIGHT, 1440)) {
      Page page = context.newPage();
      choose(page, "Unnamed");
      submit(page);
      assertThat(page.locator("#import .state")).containsText("Done");
      assertThat(page.locator("#import .notice")).containsText("first.csv, second.csv");
      report = page.url();
    }
    for (ColorScheme theme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      for (int width : new int[] {1440, 390}) {
        try (BrowserContext context = context(theme, width)) {
          Page page = context.newPage();
          page.navigate(report);
          look(page, "report-" + theme + "-" + width);
          choose(page, "Another");
          page.fill("#labelsFile", "third.csv");
          submit(page);
          assertThat(page.locator("[data-problem=labelsFile]")).isVisible();
          look(page, "labels-file-" + theme + "-" + width);
        }
      }
    }
  }

  private static void look(Page page, String name) {
    Path file = Path.of("target/screenshots/dataset", name + ".png");
    page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(file));
    assertEquals(List.of(), AccessibilityTest.seriousBarriers(page), name);
    Object sideways =
        page.evaluate("Math.max(0, document.documentElement.scrollWidth - innerWidth)");
    assertEquals(0, ((Number) sideways).intValue(), name + " scrolls sideways");
  }

  private void choose(Page page, String name) throws IOException {
    page.navigate(url("/p/" + project.slug() + "/datasets/new"));
    page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill(name);
    page.getByText("Folder of pictures").click();
    JSHandle dropped =
        page.evaluateHandle(
            "files => { const all = new DataTransfer();"
                + " for (const [name, base64] of files) { const bytes ="
                + " Uint8Array.from(atob(base64), c => c.charCodeAt(0));"
                + " all.items.add(new File([bytes], name)); } return all; }",
            List.of(
                List.of("coat.png", base64(picture())),
                List.of("first.csv", base64("image,label\ncoat.png,Coat\n")),
                List.of("second.csv", base64("image,label\ncoat.png,Dress\n")),
                List.of("notes.txt", base64("to do")),
                List.of(".DS_Store", base64("x")),
                List.of(".hidden.png", base64("x"))));
    page.dispatchEvent("[data-drop]", "drop", Map.of("dataTransfer", dropped));
  }

  private static void submit(Page page) {
    page.locator("form[data-intake] [type=submit]").click();
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

  private static String base64(String text) {
    return base64(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] picture() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertTrue(ImageIO.write(new BufferedImage(240, 320, BufferedImage.TYPE_INT_RGB), "png", out));
    return out.toByteArray();
  }
}

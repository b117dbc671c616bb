package org.atelier.labeling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.atelier.platform.web.AccessibilityTest;
import org.atelier.platform.web.Chromium;
import org.atelier.platform.web.FrontEnd;
import org.atelier.platform.web.PageTemplates;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The pages of jobs in a real browser, in both themes and widths. The system property
 * atelier.screenshots names a folder for pictures of them.
 */
class LabelingPagesTest {

  private static Chromium chromium;
  private static FrontEnd frontEnd;
  private static Map<String, Map.Entry<String, Map<String, Object>>> scenes;

  @BeforeAll
  static void start() throws Exception {
    chromium = Chromium.launch();
    frontEnd = FrontEnd.start();
    scenes = PageScenes.all();
    PageTemplates templates = new PageTemplates(PageScenes.frame());
    String style =
        "<style>" + Files.readString(Path.of("web/app/labeling/editor.css")) + "</style>";
    scenes.forEach(
        (name, page) ->
            frontEnd.serve(
                "/" + name,
                exchange ->
                    FrontEnd.answer(
                        exchange,
                        200,
                        "html",
                        (templates.render(page.getKey(), page.getValue()) + style)
                            .getBytes(StandardCharsets.UTF_8))));
  }

  @AfterAll
  static void stop() {
    frontEnd.close();
    chromium.close();
  }

  private static Page open(BrowserContext context, String name) {
    Page page = context.newPage();
    Response response = page.navigate(frontEnd.url("/" + name));
    assertEquals(200, response.status(), () -> name + ": " + response.text());
    page.waitForFunction("getComputedStyle(document.body).fontFamily.includes('Inter')");
    return page;
  }

  @ParameterizedTest
  @CsvSource({"LIGHT, 1440", "DARK, 1440", "LIGHT, 390", "DARK, 390"})
  void noPageHasSeriousBarriersOrIsWiderThanTheWindow(ColorScheme theme, int width) {
    List<String> wrong = new ArrayList<>();
    try (BrowserContext context =
        chromium.context(
            new NewContextOptions().setColorScheme(theme).setViewportSize(width, 900))) {
      for (String name : scenes.keySet()) {
        Page page = open(context, name);
        AccessibilityTest.seriousBarriers(page).forEach(line -> wrong.add(name + ": " + line));
        int wide = (Integer) page.evaluate("document.documentElement.scrollWidth");
        if (wide > width) {
          wrong.add(name + " is " + wide + " px wide");
        }
        String folder = System.getProperty("atelier.screenshots");
        if (folder != null) {
          Path file = Path.of(folder, name + "-" + theme + "-" + width + ".png");
          page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
        }
        page.close();
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void labelsAreTypedOneAfterTheOtherAndDraggedByTheirGrip() {
    NewContextOptions tall = new NewContextOptions().setViewportSize(1200, 1600);
    try (BrowserContext context = chromium.context(tall)) {
      Page page = open(context, "new");
      int rows = page.locator(".label-row").count();
      page.locator(".label-row").last().locator("[name=labelName]").click();
      page.keyboard().type("Cape");
      page.keyboard().press("Enter");
      page.keyboard().type("Poncho");
      assertEquals(rows + 2, page.locator(".label-row").count());
      assertEquals(
          "Name of label " + (rows + 2),
          page.locator("[name=labelName]").last().getAttribute("aria-label"));
      var grip = page.locator("[data-grip]").nth(rows).boundingBox();
      var first = page.locator(".label-row").first().boundingBox();
      page.mouse().move(grip.x + 5, grip.y + 5);
      page.mouse().down();
      page.mouse().move(first.x + 5, first.y + 3);
      page.mouse().move(first.x + 5, first.y + 2);
      page.mouse().up();
      Object names =
          page.evaluate("[...document.querySelectorAll('[name=labelName]')].map(i => i.value)");
      assertTrue(names.toString().startsWith("[Poncho, "), names.toString());
    }
  }

  @Test
  void startingADraftSendsItsSettingsAndLeavingThemUnsavedAsksFirst() {
    try (BrowserContext context = chromium.context()) {
      Page page = open(context, "draft");
      List<String> asked = new ArrayList<>();
      page.onDialog(
          dialog -> {
            asked.add(dialog.type());
            dialog.dismiss();
          });
      page.fill("#title", "Edited");
      page.locator("button", new Page.LocatorOptions().setHasText("Clone")).click();
      page.waitForCondition(() -> !asked.isEmpty());
      assertEquals(List.of("beforeunload"), asked);
      Request sent =
          page.waitForRequest("**/settings", () -> page.getByText("Save and start").click());
      assertTrue(sent.postData().contains("title=Edited"), sent.postData());
      assertTrue(sent.postData().contains("startNow=on"), sent.postData());
      assertEquals(1, asked.size());
    }
  }

  @Test
  void enterInADraftSavesItAndStartsNothing() {
    try (BrowserContext context = chromium.context()) {
      Page page = open(context, "draft");
      Request sent = page.waitForRequest("**/settings", () -> page.press("#title", "Enter"));
      assertFalse(sent.postData().contains("startNow"), sent.postData());
    }
  }

  @Test
  void settingsThatNobodyCanSaveCannotBeTypedInto() {
    try (BrowserContext context = chromium.context()) {
      Page page = open(context, "over");
      assertEquals(
          0, page.locator("#job-form :is(input:not([type=hidden]), select):enabled").count());
      assertEquals("tag", page.locator("#job-form [role=group] .tag").getAttribute("class"));
    }
  }
}

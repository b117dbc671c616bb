package org.atelier.labeling.workpage;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.atelier.platform.web.Chromium;
import org.atelier.platform.web.FrontEnd;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** The labeler's page, opened in a real browser on a sample job. */
abstract class WorkPageScene {

  private static Chromium chromium;

  final NewContextOptions options = new NewContextOptions();
  FrontEnd frontEnd;
  WorkServer server;
  BrowserContext context;
  Page page;

  @BeforeAll
  static void launch() {
    chromium = Chromium.launch();
  }

  @AfterAll
  static void quit() {
    chromium.close();
  }

  @AfterEach
  void close() {
    context.close();
    frontEnd.close();
  }

  final void open(SampleJob job) {
    try {
      frontEnd = FrontEnd.start();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    server = WorkPage.serve(frontEnd, job);
    context = chromium.context(options);
    page = context.newPage();
    page.onPageError(error -> System.err.println(error));
    page.navigate(frontEnd.url(WorkPage.PATH));
    shows("garment-0000");
    page.waitForFunction(
        "document.querySelectorAll('.slide').length >= 2 || document.body.dataset.way !== 'open'");
  }

  final void reload() {
    WorkPage.reload(page);
  }

  final void press(String... keys) {
    for (String key : keys) {
      page.keyboard().press(key);
    }
  }

  final void shows(String externalId) {
    assertThat(page.locator("#about .external-id")).hasText(externalId);
  }

  final void waitFor(BooleanSupplier condition) {
    long end = System.nanoTime() + 60_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertFalse(
          System.nanoTime() > end,
          () ->
              "waited in vain; farewells "
                  + server.farewells()
                  + " left "
                  + server.left()
                  + "; the page says: "
                  + page.locator("body").innerText());
      page.waitForTimeout(25);
    }
  }

  final void assertOneAnswerPerItem() {
    Set<Integer> items = new HashSet<>();
    for (JsonNode answer : server.answers()) {
      assertTrue(items.add(answer.get("item").asInt()), "two answers for " + answer.get("item"));
    }
  }
}

package org.atelier.platform.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every component of the style guide, in both themes and widths, in a real browser. */
public class AccessibilityTest {

  /**
   * Controls lower than 44 px; a field's own label belongs to it, links in sentences do not count.
   */
  private static final String TOO_SMALL =
      """
      [...document.querySelectorAll('main :is(.button, .check, td > a:only-child)')]
        .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 43.5)
        .map(e => e.outerHTML.slice(0, 100) + ' ' + e.getBoundingClientRect().height)
      """;

  private static Chromium chromium;
  private static FrontEnd frontEnd;

  @BeforeAll
  static void start() throws Exception {
    chromium = Chromium.launch();
    frontEnd = FrontEnd.start();
    FrontEndPreview.addStyleguide(frontEnd);
  }

  @AfterAll
  static void stop() {
    frontEnd.close();
    chromium.close();
  }

  @ParameterizedTest
  @CsvSource({"LIGHT,1440", "DARK,1440", "LIGHT,390", "DARK,390"})
  void componentsHaveNoSeriousBarriers(ColorScheme theme, int width) {
    try (BrowserContext context = context(theme, width)) {
      Page page = styleguide(context);
      assertEquals(List.of(), seriousBarriers(page));
      int sideways =
          ((Number) page.evaluate("Math.max(0, document.documentElement.scrollWidth - innerWidth)"))
              .intValue();
      assertEquals(0, sideways, "the page scrolls sideways");
    }
  }

  @Test
  void whatAFingerIsToHitIsAtLeast44PixelsHigh() {
    var phone = new NewContextOptions().setHasTouch(true).setIsMobile(true);
    try (BrowserContext context = chromium.context(phone.setViewportSize(390, 844))) {
      Page page = styleguide(context);
      assertEquals(List.of(), page.evaluate(TOO_SMALL));
      page.evaluate(
          "document.querySelector('main').insertAdjacentHTML('beforeend', `<table class=table>"
              + "<tr><td><a href=#>Correct</a></td><td><form><button class=button>End</button>"
              + "<label class=check><input type=checkbox> labeler</label></form></td></tr>`)");
      assertEquals(List.of(), page.evaluate(TOO_SMALL));
    }
  }

  @Test
  void chartsBecomeTablesWithTheSameNumbersAndLinks() {
    try (BrowserContext context = context(ColorScheme.LIGHT, 1440)) {
      Page page = styleguide(context);
      var matrix = page.locator("figure.chart[data-kind=matrix]");
      assertThat(matrix.locator("canvas")).isVisible();
      matrix.getByText("Show as table").click();
      assertThat(matrix.locator("tbody tr").nth(4)).containsText("Shirt61301027331");
      assertThat(matrix.locator("tbody tr").nth(4).locator("a").first())
          .hasAttribute("href", "#sheet?people=4&model=0");
      assertThat(page.locator(".no-data")).containsText("No data yet");
    }
  }

  @Test
  void everyChartIsDrawnWithoutAnError() {
    try (BrowserContext context = context(ColorScheme.LIGHT, 1440)) {
      List<String> errors = new ArrayList<>();
      context.onWebError(error -> errors.add(error.error()));
      Page page = styleguide(context);
      int charts =
          ((Number)
                  page.evaluate(
                      "[...document.querySelectorAll('figure.chart[data-chart]')].filter(one =>"
                          + " !one.querySelector('.no-data')).length"))
              .intValue();
      assertThat(page.locator("figure.chart[data-chart] canvas")).hasCount(charts);
      assertEquals(List.of(), errors);
    }
  }

  @Test
  void theThemeChosenStaysAndTheDestructiveButtonAsksForTheName() {
    try (BrowserContext context = context(ColorScheme.LIGHT, 1440)) {
      Page page = styleguide(context);
      page.locator("[data-theme-switch]").click();
      page.locator("[data-theme-switch]").click();
      page.reload();
      assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
      page.getByText("Open a dialog").click();
      var delete = page.locator("dialog[open] .danger");
      assertThat(delete).isDisabled();
      page.locator("#sample-confirm").fill("autumn");
      assertThat(delete).isEnabled();
      page.keyboard().press("Escape");
      page.keyboard().press("Control+k");
      assertThat(page.locator("dialog#search")).isVisible();
    }
  }

  /** What axe-core calls serious or critical, one line each. */
  public static List<String> seriousBarriers(Page page) {
    return new AxeBuilder(page)
        .analyze().getViolations().stream()
            .filter(rule -> List.of("serious", "critical").contains(rule.getImpact()))
            .map(AccessibilityTest::line)
            .toList();
  }

  private static String line(Rule rule) {
    String first =
        rule.getNodes().get(0).getHtml() + " " + rule.getNodes().get(0).getFailureSummary();
    return rule.getId() + " (" + rule.getNodes().size() + "): " + first.replaceAll("\\s+", " ");
  }

  private static BrowserContext context(ColorScheme theme, int width) {
    return chromium.context(
        new NewContextOptions().setColorScheme(theme).setViewportSize(width, 900));
  }

  private static Page styleguide(BrowserContext context) {
    Page page = context.newPage();
    page.navigate(frontEnd.url("/styleguide"));
    assertThat(page.locator("figure.chart canvas").first()).isVisible();
    return page;
  }
}

package org.atelier.labeling.workpage;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.options.ColorScheme;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.atelier.platform.web.AccessibilityTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The labeler's page in a real browser against the protocol's rules. */
class WorkPageTest extends WorkPageScene {

  @Test
  void keysAloneLabelUndoSkipAndAsk() {
    open(SampleJob.pictures(40));
    press("1", "2");
    shows("garment-0002");
    assertThat(page.locator("#last")).hasText("Trousers");
    press("u");
    shows("garment-0001");
    press("0");
    shows("garment-0002");
    press("s", "2");
    shows("garment-0003");
    press("q");
    page.keyboard().type("Is this a cape?");
    press("Control+Enter");
    assertThat(page.locator("dialog#question")).isHidden();
    press("v", "z");
    assertThat(page.locator("#stage")).hasClass("stage zoomed");
    press("Escape", "ArrowDown", "ArrowDown", "Enter");
    shows("garment-0004");
    waitFor(() -> server.answers().size() == 3);
    assertEquals(
        List.of(0, 9, 1), server.answers().stream().map(a -> a.at("/classes/0").asInt()).toList());
    assertEquals("BROKEN", server.skips().get(0).get("reason").asText());
    assertTrue(server.skips().get(0).get("activeMillis").asInt() > 0);
    assertEquals("Is this a cape?", server.questions().get(0).get("text").asText());
  }

  @Test
  void aDoubleClickAnswersOneItemAndNotTheNextOneUnseen() {
    open(SampleJob.pictures(10));
    page.waitForTimeout(400);
    page.locator(".label").nth(4).dblclick();
    shows("garment-0001");
    page.waitForTimeout(600);
    shows("garment-0001");
    page.locator(".label").nth(4).click();
    shows("garment-0002");
    waitFor(() -> server.answers().size() == 2);
  }

  @Test
  void aDoubleClickOnAGroupOpensItAndChoosesNothing() {
    open(new SampleJob("MULTI", "IMAGE", false, SampleJob.Labels.TREE, 10));
    page.waitForTimeout(400);
    page.locator(".label").first().dblclick();
    assertThat(page.locator(".labels button")).hasCount(15);
    assertThat(page.locator(".label[aria-pressed=true]")).hasCount(0);
  }

  @Test
  void aPointerOverALabelDoesNotLookLikeAChoice() {
    open(new SampleJob("SINGLE", "IMAGE", false, SampleJob.Labels.TEN, 10));
    page.waitForTimeout(400);
    page.locator(".label").nth(2).click();
    page.locator(".label").nth(5).hover();
    page.waitForTimeout(300);
    String look =
        "at => { const style = getComputedStyle(document.querySelectorAll('.label')[at]);"
            + " return style.borderColor + style.boxShadow; }";
    assertEquals(page.evaluate(look, 7), page.evaluate(look, 5));
    assertNotEquals(page.evaluate(look, 2), page.evaluate(look, 5));
  }

  @Test
  void theDialogOfKeysNamesThoseOfThisJobAndItem() {
    open(SampleJob.pictures(10));
    press("?");
    assertThat(page.locator("#keys [data-key=choose] dt")).hasText("1 2 3 4 5 6 7 8 9 0");
    assertThat(page.locator("#keys [data-key=none]")).isHidden();
    assertThat(page.locator("#keys [data-key=view]")).isVisible();
    assertThat(page.locator("#keys")).not().containsText("model");
    press("Escape", "1", "?");
    assertThat(page.locator("#keys [data-key=view]")).isHidden();
  }

  @Test
  void itemsThatAreHereCountAsOpenUntilTheyAreAnswered() {
    open(SampleJob.pictures(18));
    assertThat(page.locator("#count")).hasText("0 yours · 18 open");
    press("1", "2", "3");
    assertThat(page.locator("#count")).hasText("3 yours · 15 open");
    waitFor(() -> server.answers().size() == 3);
    press("u");
    assertThat(page.locator("#count")).hasText("2 yours · 16 open");
  }

  @Test
  void aFewLabelsShowTheirSearchWhenItIsAskedForAndHideItAgain() {
    open(SampleJob.pictures(40));
    assertThat(page.locator("#panel .search")).isHidden();
    press("/");
    assertThat(page.locator("#panel .search")).isFocused();
    page.keyboard().type("trous");
    assertThat(page.locator("#panel .label")).hasCount(1);
    press("Enter");
    shows("garment-0001");
    assertThat(page.locator("#last")).hasText("Trousers");
    assertThat(page.locator("#panel .search")).isHidden();
    press("/", "Escape");
    assertThat(page.locator("#panel .search")).isHidden();
    assertThat(page.locator("#panel .label")).hasCount(10);
  }

  @Test
  void aDigitChoosesWhatASearchFoundWhileItsFieldHasTheFocus() {
    open(SampleJob.pictures(40));
    press("/");
    page.keyboard().type("sh");
    assertThat(page.locator("#panel .label").nth(1).locator("kbd")).hasText("2");
    String second = page.locator("#panel .label").nth(1).locator(".name").innerText();
    press("2");
    shows("garment-0001");
    assertThat(page.locator("#last")).hasText(second);
  }

  @Test
  void theArrowsScrollTheMeaningsOfTheLabels() {
    open(SampleJob.pictures(40));
    page.setViewportSize(800, 300);
    press("d", "End");
    page.waitForFunction("document.querySelector('#label-guide .guide').scrollTop > 0");
    press("Escape");
    assertThat(page.locator("dialog#label-guide")).isHidden();
  }

  @Test
  void whyAnItemCameIsToldOnlyAfterTheAnswer() {
    open(SampleJob.pictures(40));
    assertThat(page.locator("#why")).isDisabled();
    press("4");
    assertThat(page.locator("#why")).isEnabled();
    assertThat(page.locator("#why-text")).isHidden();
    press("w");
    assertThat(page.locator("#why-text")).containsText("wavered between coat and shirt");
  }

  @Test
  void answersOfTheLeadAreToldOnceNewestFirstWhileThePageIsOpen() {
    open(SampleJob.pictures(80));
    server.reply("0007", "It is a coat.");
    server.reply("0008", "<b>It</b> is a dress.");
    workUntil(() -> page.locator("#letters-open").isVisible());
    assertThat(page.locator(".toast"))
        .hasText(
            "Your question about garment-0008 was answered: <b>It</b> is a dress. 1 more above.");
    assertThat(page.locator("#letters-open")).hasText("2 answers");
    page.locator("#letters-open").click();
    assertThat(page.locator("#letters article")).hasCount(2);
    assertThat(page.locator("#letters article").first()).containsText("You asked: What is 0008?");
    press("Escape");
    workUntil(() -> server.seen().size() == 2);
    server.reply("0009", "Neither.");
    workUntil(() -> page.locator("#letters article").count() == 3);
    assertThat(page.locator("#letters-open")).hasText("3 answers");
    assertThat(page.locator("#letters article").first()).containsText("Neither.");
    workUntil(() -> server.seen().size() == 3);
    assertEquals(Set.of("0007", "0008", "0009"), new HashSet<>(server.seen()));
    reload();
    assertThat(page.locator("#about .external-id")).not().isEmpty();
    assertThat(page.locator("#letters-open")).isHidden();
  }

  @Test
  void whatWasNotAcceptedIsListedUntilThePersonRemovesIt() {
    open(SampleJob.pictures(40));
    server.mood(WorkServer.Mood.ANSWER_REFUSED);
    press("3");
    assertThat(page.locator("#refusals-open")).hasText("1 answer was not accepted");
    press("2");
    assertThat(page.locator("#refusals-open")).hasText("2 answers were not accepted");
    server.mood(WorkServer.Mood.WELL);
    reload();
    assertThat(page.locator("#refusals-open")).hasText("2 answers were not accepted");
    page.locator("#refusals-open").click();
    com.microsoft.playwright.Locator first = page.locator("#refusals article").first();
    assertThat(first).containsText("garment-0000");
    assertThat(first).containsText("Pullover");
    assertThat(first).containsText("You have answered this item with another key.");
    assertEquals(List.of(), AccessibilityTest.seriousBarriers(page));
    first.getByText("Remove").click();
    assertThat(page.locator("#refusals-open")).hasText("1 answer was not accepted");
    page.locator("#refusals article").getByText("Remove").click();
    assertThat(page.locator("dialog#refusals")).isHidden();
    reload();
    assertThat(page.locator("#about .external-id")).isVisible();
    assertThat(page.locator("#refusals-open")).isHidden();
    assertEquals(0, server.answers().size());
  }

  @Test
  void noneOfTheLabelsCanBeSaidAgainstTheModelsOpinion() {
    open(new SampleJob("MULTI", "IMAGE", false, SampleJob.Labels.TEN, 10).showing(3));
    assertThat(page.locator("#none")).isVisible();
    assertThat(page.locator(".label.suggested .name")).hasText("Dress");
    press("-");
    shows("garment-0001");
    assertThat(page.locator("#last")).hasText("none of the labels");
    page.waitForTimeout(400);
    page.locator("#none").click();
    shows("garment-0002");
    press("2", "-");
    shows("garment-0003");
    press("Enter");
    waitFor(() -> server.answers().size() == 4);
    assertEquals(
        List.of("[]", "[]", "[]", "[3]"),
        server.answers().stream().map(answer -> answer.get("classes").toString()).toList());
  }

  @Test
  void enterWithNothingChosenOrSuggestedSaysWhatToDoAndSendsNothing() {
    open(new SampleJob("MULTI", "IMAGE", false, SampleJob.Labels.TEN, 10));
    press("Enter");
    assertThat(page.locator(".toasts[aria-live=polite]"))
        .hasText("Choose a label, or press − for none of these");
    shows("garment-0000");
    press("2", "2");
    page.locator("#submit").click();
    shows("garment-0000");
    press("-");
    shows("garment-0001");
    press("2", "Enter");
    waitFor(() -> server.answers().size() == 2);
    assertEquals(
        List.of("[]", "[1]"),
        server.answers().stream().map(answer -> answer.get("classes").toString()).toList());
  }

  @ParameterizedTest
  @EnumSource(names = {"LIGHT", "DARK"})
  void everyKeyCapStandsOutFromItsGround(ColorScheme theme) {
    options.setColorScheme(theme);
    open(new SampleJob("MULTI", "IMAGE", false, SampleJob.Labels.TEN, 10));
    assertThat(page.locator("#submit kbd")).hasText("↵");
    Object faint =
        page.evaluate(
            """
            () => {
              const numbers = color => color.match(/[\\d.]+/g).map(Number);
              const ground = e => {
                const color = numbers(getComputedStyle(e).backgroundColor);
                return color[3] === 0 ? ground(e.parentElement) : color;
              };
              const light = color => {
                const [r, g, b] = color.slice(0, 3).map(v => v / 255)
                    .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
                return 0.2126 * r + 0.7152 * g + 0.0722 * b;
              };
              const contrast = e => {
                const two = [light(numbers(getComputedStyle(e).color)), light(ground(e))];
                return (Math.max(...two) + 0.05) / (Math.min(...two) + 0.05);
              };
              return [...document.querySelectorAll('kbd')].filter(e => contrast(e) < 4.5)
                  .map(e => e.parentElement.id + ' ' + e.textContent + ' ' + contrast(e));
            }\
            """);
    assertEquals(List.of(), faint);
  }

  @Test
  void nothingMovesBetweenItems() {
    open(SampleJob.pictures(40));
    page.evaluate(
        "window.shift = 0; new PerformanceObserver(l => l.getEntries().forEach(e => window.shift +="
            + " e.value)).observe({type: 'layout-shift', buffered: false})");
    Object before = places();
    for (int item = 0; item < 8; item++) {
      press(String.valueOf(item % 9 + 1));
      shows("garment-000" + (item + 1));
    }
    page.evaluate(
        "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
    assertEquals(before, places());
    assertEquals(0.0, ((Number) page.evaluate("window.shift")).doubleValue());
  }

  @Test
  void htmlInItemsIsShownAsText() {
    open(new SampleJob("SINGLE", "TEXT", false, SampleJob.Labels.TEN, 30));
    assertThat(page.locator(".slide.current .item-text"))
        .hasText("<img src=x onerror=alert(1)> <b>bold</b>?");
    assertEquals(0, page.locator(".slide img").count());
    press("3");
    shows("garment-0000");
    press("Enter");
    shows("garment-0001");
    waitFor(() -> server.answers().size() == 1);
    assertEquals(2, server.answers().get(0).at("/classes/0").asInt());
  }

  @Test
  void moreLabelsThanKeysAreReachedByLevelsAndBySearch() {
    open(new SampleJob("MULTI", "IMAGE", false, SampleJob.Labels.TREE, 30));
    press("3");
    assertThat(page.locator(".way")).containsText("Shoes");
    press("2", "Escape", "/");
    page.keyboard().type("bag 7");
    press("Enter", "Enter");
    shows("garment-0001");
    waitFor(() -> server.answers().size() == 1);
    JsonNode classes = server.answers().get(0).get("classes");
    assertEquals("[34,55]", classes.toString());
    assertThat(page.locator(".labels button")).hasCount(4);
  }

  @Test
  void activeTimeIsSentAndTheEndIsToldGently() {
    open(SampleJob.pictures(40));
    page.waitForTimeout(300);
    press("1");
    waitFor(() -> server.answers().size() == 1);
    long millis = server.answers().get(0).get("activeMillis").asLong();
    assertTrue(millis >= 250 && millis < 30_000, "active " + millis);
    page.locator("#finish").click();
    assertThat(page.locator("dialog#done")).containsText("You answered 1 item");
    assertThat(page.locator("dialog#done")).containsText("Everything is safe on the server.");
  }

  @Test
  void theJobThatRanDrySaysSo() {
    open(SampleJob.pictures(2));
    press("1", "2");
    assertThat(page.locator("#rest h2")).hasText("Nothing to do right now");
    waitFor(() -> server.answers().size() == 2);
  }

  @ParameterizedTest
  @CsvSource({"LIGHT,1440", "DARK,1440", "LIGHT,390", "DARK,390"})
  void thePageHasNoSeriousBarriers(ColorScheme theme, int width) {
    options.setColorScheme(theme).setViewportSize(width, 844);
    open(SampleJob.pictures(40));
    assertEquals(List.of(), AccessibilityTest.seriousBarriers(page));
    for (String key : List.of("?", "s", "q", "i")) {
      press(key);
      assertThat(page.locator("dialog[open]")).isVisible();
      assertEquals(List.of(), AccessibilityTest.seriousBarriers(page));
      press("Escape");
      assertThat(page.locator("dialog[open]")).hasCount(0);
    }
  }

  private Object places() {
    return page.evaluate(
        "[...document.querySelectorAll('.label, #stage, .strip .button, #panel, #about,"
            + " .work-top')].map(e => { const b = e.getBoundingClientRect(); return [b.x, b.y,"
            + " b.width, b.height].join(); }).join(' ')");
  }

  /** Answers one item after the other: only when few items are left the page asks for more. */
  private void workUntil(BooleanSupplier condition) {
    for (int answers = 0; answers < 12 && !condition.getAsBoolean(); answers++) {
      press("1");
      page.waitForTimeout(100);
    }
    waitFor(condition);
  }
}

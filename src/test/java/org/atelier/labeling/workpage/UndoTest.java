package org.atelier.labeling.workpage;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.atelier.platform.web.Chromium;
import org.atelier.platform.web.FrontEnd;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is taken back while the way to the server is bad is taken back, wherever it got to. */
class UndoTest {

  private static final double MILLIS = 60_000;

  private static Chromium chromium;

  private FrontEnd frontEnd;
  private WorkServer server;
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
  void open() throws Exception {
    frontEnd = FrontEnd.start();
    server = WorkPage.serve(frontEnd, SampleJob.pictures(40));
    context = chromium.context();
    page = context.newPage();
    page.navigate(frontEnd.url(WorkPage.PATH));
    shows(page, "garment-0000");
  }

  @AfterEach
  void close() {
    context.close();
    frontEnd.close();
  }

  @Test
  void anAnswerWhoseSendingFailsMeanwhileComesBackToTheScreenAndIsNotSent() {
    List<Route> held = new ArrayList<>();
    page.route("**/answers", held::add);
    page.keyboard().press("1");
    waitFor(() -> !held.isEmpty());
    page.keyboard().press("u");
    held.get(0).abort();
    shows(page, "garment-0000");
    page.unroute("**/answers");
    page.keyboard().press("2");
    waitFor(() -> server.answers().size() == 1);
    assertEquals("[1]", server.answers().get(0).get("classes").toString());
    shows(page, "garment-0001");
    assertThat(page.locator("#refusals-open")).isHidden();
  }

  @Test
  void withoutALastAnswerUndoSaysWhyItDoesNothing() {
    page.keyboard().press("u");
    assertThat(page.locator(".toasts")).containsText("Nothing to undo");
    shows(page, "garment-0000");
  }

  @Test
  void anAnswerThatArrivedUnacknowledgedIsUndoneAtTheServerToo() {
    server.mood(WorkServer.Mood.ANSWER_LOST_AFTER_COMMIT);
    page.keyboard().press("1");
    waitFor(() -> server.answers().size() == 1);
    assertThat(page.locator("#status")).containsText("1 answer waits");
    page.keyboard().press("u");
    shows(page, "garment-0000");
    server.mood(WorkServer.Mood.WELL);
    waitFor(() -> server.answers().isEmpty());
    page.keyboard().press("2");
    waitFor(() -> server.answers().size() == 1);
    assertEquals("[1]", server.answers().get(0).get("classes").toString());
    assertThat(page.locator("#refusals-open")).isHidden();
  }

  @Test
  void anotherTabDoesNotSendWhatWasTakenBackHere() {
    page.keyboard().press("1");
    waitFor(() -> server.answers().size() == 1);
    WorkPage.goOffline(page);
    page.keyboard().press("2");
    assertThat(page.locator("#status")).containsText("1 answer waits");
    page.keyboard().press("3");
    assertThat(page.locator("#status")).containsText("2 answers wait");
    waitUntilStored(2);
    Page other = context.newPage();
    server.mood(WorkServer.Mood.DATABASE_LOST);
    context.setOffline(false);
    other.navigate(frontEnd.url(WorkPage.PATH));
    assertThat(other.locator("#status")).containsText("2 answers wait");
    page.keyboard().press("u");
    shows(page, "garment-0002");
    waitUntilStored(1);
    server.mood(WorkServer.Mood.WELL);
    waitFor(() -> server.answers().size() == 2);
    assertThat(other.locator(".way-state")).isHidden();
    assertThat(page.locator(".way-state")).isHidden();
    assertEquals(2, server.answers().size());
  }

  private void waitUntilStored(int answers) {
    waitFor(() -> WorkPage.stored(page) == answers);
  }

  private static void shows(Page page, String externalId) {
    assertThat(page.locator("#about .external-id"))
        .hasText(
            externalId,
            new com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions()
                .setTimeout(MILLIS));
  }

  private void waitFor(BooleanSupplier condition) {
    long end = System.nanoTime() + (long) MILLIS * 1_000_000;
    while (!condition.getAsBoolean()) {
      assertFalse(System.nanoTime() > end, "waited in vain");
      page.waitForTimeout(25);
    }
  }
}

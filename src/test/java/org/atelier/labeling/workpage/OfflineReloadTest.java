package org.atelier.labeling.workpage;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import java.util.function.BooleanSupplier;
import org.atelier.platform.web.Chromium;
import org.atelier.platform.web.FrontEnd;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The work page comes back without any network, for the person whose page it was. */
class OfflineReloadTest {

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
    shows("garment-0000");
    waitUntilKept();
  }

  @AfterEach
  void close() {
    context.close();
    frontEnd.close();
  }

  private void shows(String externalId) {
    assertThat(page.locator("#about .external-id")).hasText(externalId);
  }

  /** Polls by hand: a promise counts as true for {@link Page#waitForFunction}. */
  private void waitUntil(String promise, Object argument) {
    waitFor(() -> (Boolean) page.evaluate(promise, argument));
  }

  /** Waits until the worker serves, and the page, all scripts and ten pictures are kept. */
  private void waitUntilKept() {
    waitUntil(
        """
        async () => {
          const worker = (await navigator.serviceWorker.getRegistration())?.active;
          if (worker?.state !== 'activated') return false;
          const names = (await caches.keys()).filter(name => name.startsWith('atelier-work-'));
          if (names.length !== 1) return false;
          const kept = (await (await caches.open(names[0])).keys()).map(one => one.url);
          const scripts = performance.getEntriesByType('resource')
            .map(one => one.name).filter(name => /\\/app\\/|\\.(js|css)$/.test(name));
          return kept.includes(location.href) && scripts.every(one => kept.includes(one))
            && kept.filter(url => url.includes('/pictures/')).length >= 10;
        }\
        """,
        null);
  }

  /** Waits until so many answers are on the browser's disk. */
  private void waitUntilStored(int answers) {
    waitFor(() -> WorkPage.stored(page) == answers);
  }

  /** The browser's worker may learn later than the page that the network is back. */
  private boolean pageComesFromTheServer() {
    page.navigate(frontEnd.url(WorkPage.PATH));
    return page.content().contains(server.personId());
  }

  private void waitFor(BooleanSupplier condition) {
    long end = System.nanoTime() + 60_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertFalse(System.nanoTime() > end, () -> page.locator("body").innerText());
      page.waitForTimeout(25);
    }
  }

  @Test
  void aReloadWithoutNetworkGoesOnAndEveryAnswerArrivesOnce() {
    WorkPage.goOffline(page);
    page.keyboard().press("1");
    shows("garment-0001");
    waitUntilStored(1);
    WorkPage.reload(page);
    shows("garment-0001");
    assertThat(page.locator("#status")).containsText("1 answer waits in this browser");
    assertTrue(
        (Boolean)
            page.evaluate(
                "() => document.querySelector('.slide.current img').decode().then(() => true)"));
    page.keyboard().press("2");
    page.keyboard().press("3");
    waitUntilStored(3);
    WorkPage.reload(page);
    shows("garment-0003");
    assertThat(page.locator("#status")).containsText("3 answers wait in this browser");
    assertEquals(0, server.answers().size());
    context.setOffline(false);
    page.evaluate("window.dispatchEvent(new Event('online'))");
    waitFor(() -> server.answers().size() == 3);
    assertEquals(3, server.answerRequests());
    assertThat(page.locator(".way-state")).isHidden();
  }

  @Test
  void aServerWithoutItsDatabaseDoesNotTakeThePageAway() {
    server.mood(WorkServer.Mood.DATABASE_LOST);
    WorkPage.reload(page);
    shows("garment-0000");
    page.keyboard().press("4");
    assertThat(page.locator("#status")).containsText("1 answer waits in this browser");
    server.mood(WorkServer.Mood.WELL);
    waitFor(() -> server.answers().size() == 1);
  }

  @Test
  void aServerThatTakesRequestsAndSaysNothingDoesNotTakeThePageAway() {
    server.mood(WorkServer.Mood.SILENT);
    page.reload();
    shows("garment-0000");
    page.keyboard().press("2");
    shows("garment-0001");
    waitUntilStored(1);
    server.mood(WorkServer.Mood.WELL);
    waitFor(() -> server.answers().size() == 1);
  }

  @Test
  void itemsAnsweredWithoutNetworkDoNotComeBackWhenTheAnswersOvertakeTheNextClaim() {
    WorkPage.goOffline(page);
    for (int item = 1; item <= 6; item++) {
      page.keyboard().press("1");
      shows("garment-%04d".formatted(item));
    }
    waitUntilStored(6);
    WorkPage.reload(page);
    shows("garment-0006");
    server.mood(WorkServer.Mood.CLAIM_OVERTAKEN);
    page.waitForResponse(
        response -> response.url().endsWith("/claim") && response.ok(),
        () -> {
          context.setOffline(false);
          page.evaluate("window.dispatchEvent(new Event('online'))");
        });
    server.mood(WorkServer.Mood.WELL);
    waitFor(() -> server.answers().size() == 6);
    for (int item = 6; item < 25; item++) {
      shows("garment-%04d".formatted(item));
      page.keyboard().press("2");
    }
    shows("garment-0025");
  }

  @Test
  void anotherPersonFindsNothingOfTheFirst() {
    WorkPage.goOffline(page);
    page.keyboard().press("1");
    shows("garment-0001");
    server.mood(WorkServer.Mood.OTHER_PERSON);
    context.setOffline(false);
    waitFor(this::pageComesFromTheServer);
    waitUntil(
        """
        async () => {
          const worker = (await navigator.serviceWorker.getRegistration())?.active;
          if (worker?.state !== 'activated') return false;
          const names = (await caches.keys()).filter(name => name.startsWith('atelier-work-'));
          return names.every(name => name === 'atelier-work-somebody-else');
        }\
        """,
        null);
    assertThat(page.locator("#status")).not().containsText("waits");
    assertEquals(0, server.answers().size());
    WorkPage.goOffline(page);
    try {
      WorkPage.reload(page);
      assertThat(page.locator("#about .external-id")).not().containsText("garment");
    } catch (PlaywrightException unreachable) {
      // Nothing of that person is kept yet, so the browser says that there is no network.
      assertTrue(unreachable.getMessage().contains("ERR_"), unreachable.getMessage());
    }
  }
}

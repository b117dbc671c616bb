package org.atelier.labeling.workpage;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What the labeler's page keeps when network, database, session or person are lost. */
class WorkPageLossTest extends WorkPageScene {

  @Test
  void networkLossKeepsAnswersThroughAReloadAndSendsEachOnce() {
    open(SampleJob.pictures(40));
    press("1");
    waitFor(() -> server.answers().size() == 1);
    WorkPage.goOffline(page);
    press("2", "3", "4");
    assertThat(page.locator("#status")).containsText("Offline. 3 answers wait in this browser");
    assertEquals(1, server.answers().size());
    waitFor(() -> WorkPage.stored(page) == 3);
    server.mood(WorkServer.Mood.DATABASE_LOST);
    context.setOffline(false);
    reload();
    assertThat(page.locator("#status"))
        .containsText("The database cannot be reached. 3 answers wait in this browser");
    server.mood(WorkServer.Mood.WELL);
    waitFor(() -> server.answers().size() == 4);
    assertThat(page.locator(".way-state")).isHidden();
    shows("garment-0004");
    assertOneAnswerPerItem();
  }

  @Test
  void aBrowserWithoutRoomSaysThatAnswersAreInThisPageOnly() {
    open(SampleJob.pictures(40));
    page.evaluate(
        """
        () => {
          const put = IDBObjectStore.prototype.put;
          IDBObjectStore.prototype.put = function (...values) {
            if (this.name === 'outbox') throw new DOMException('No room.', 'QuotaExceededError');
            return put.apply(this, values);
          };
        }\
        """);
    WorkPage.goOffline(page);
    press("2", "3");
    assertThat(page.locator("#status"))
        .containsText("Offline. 2 answers wait in this page: do not close it");
    context.setOffline(false);
    page.evaluate("window.dispatchEvent(new Event('online'))");
    waitFor(() -> server.answers().size() == 2);
    assertThat(page.locator(".way-state")).isHidden();
    assertOneAnswerPerItem();
  }

  @Test
  void answersGoOnAndAreKeptWhenTheBrowserClosedTheirStore() {
    open(SampleJob.pictures(40));
    context.addInitScript(
        """
        (() => {
          const begin = IDBDatabase.prototype.transaction;
          let begun = 0;
          IDBDatabase.prototype.transaction = function (...values) {
            if (begun++ === 0) this.close();
            return begin.apply(this, values);
          };
        })();\
        """);
    reload();
    shows("garment-0000");
    WorkPage.goOffline(page);
    press("2", "3");
    assertThat(page.locator("#status")).containsText("Offline. 2 answers wait in this browser");
    waitFor(() -> WorkPage.stored(page) == 2);
  }

  @Test
  void whatSigningOutInAnotherTabRemovedDoesNotComeBack() {
    open(SampleJob.pictures(40));
    WorkPage.goOffline(page);
    page.evaluate(
        """
        () => new Promise((resolve, reject) => {
          const removing = indexedDB.deleteDatabase('atelier-work');
          removing.onsuccess = resolve;
          removing.onerror = reject;
          setTimeout(() => reject('the page does not let go of it'), 10_000);
        })\
        """);
    press("2");
    assertThat(page.locator("#status"))
        .containsText("Offline. 1 answer waits in this page: do not close it");
    assertEquals(
        false,
        page.evaluate(
            "() => indexedDB.databases().then(all => all.some(one => one.name === 'atelier-work'))"));
  }

  @Test
  void workBeginsWhereWhatAnEarlierPageLeftCannotBeRead() {
    open(SampleJob.pictures(40));
    context.addInitScript(
        "IDBIndex.prototype.getAll = () => { throw new DOMException('Lost.', 'UnknownError'); };");
    reload();
    shows("garment-0000");
    WorkPage.goOffline(page);
    press("2");
    assertThat(page.locator("#status"))
        .containsText("Offline. 1 answer waits in this page: do not close it");
  }

  @Test
  void aDatabaseLostWhileLabelingIsSaidAndNothingIsLost() {
    open(SampleJob.pictures(40));
    server.mood(WorkServer.Mood.DATABASE_LOST);
    press("1", "2", "3");
    assertThat(page.locator("#status")).containsText("3 answers wait in this browser");
    shows("garment-0003");
    server.mood(WorkServer.Mood.WELL);
    waitFor(() -> server.answers().size() == 3);
    assertOneAnswerPerItem();
  }

  @Test
  void answersThatWaitedAreCountedUntilTheLastIsAcknowledged() {
    open(SampleJob.pictures(40));
    server.mood(WorkServer.Mood.DATABASE_LOST);
    press("1", "2", "3", "4");
    assertThat(page.locator("#status")).containsText("4 answers wait in this browser");
    server.answersTake(700);
    server.mood(WorkServer.Mood.WELL);
    waitFor(() -> server.answers().size() >= 2);
    assertThat(page.locator("#status")).containsText("answers that waited here");
    assertThat(page.locator(".way-state .sending")).isVisible();
    waitFor(() -> server.answers().size() == 4);
    assertThat(page.locator(".way-state")).isHidden();
    press("5");
    assertThat(page.locator(".way-state")).isHidden();
    assertOneAnswerPerItem();
  }

  @Test
  void anAnswerWhoseAcknowledgementWasLostIsStoredOnce() {
    open(SampleJob.pictures(40));
    server.mood(WorkServer.Mood.ANSWER_LOST_AFTER_COMMIT);
    press("5");
    waitFor(() -> server.answerRequests() >= 2);
    server.mood(WorkServer.Mood.WELL);
    assertThat(page.locator(".way-state")).isHidden();
    assertEquals(1, server.answers().size());
    assertTrue(server.answerRequests() >= 2);
  }

  @Test
  void endOfTheSessionEatsNoAnswer() {
    open(SampleJob.pictures(40));
    server.mood(WorkServer.Mood.SIGNED_OUT);
    press("1", "2");
    assertThat(page.locator("#status")).containsText("Your session has ended. 2 answers wait");
    assertThat(page.locator("#sign-in")).isVisible();
    press("3");
    shows("garment-0003");
    server.signInAgain();
    page.evaluate("window.dispatchEvent(new Event('focus'))");
    waitFor(() -> server.answers().size() == 3);
    assertThat(page.locator(".way-state")).isHidden();
    assertOneAnswerPerItem();
  }

  @Test
  void aTokenThatIsGoneWhileThePageIsOpenCostsNoAnswer() {
    open(SampleJob.pictures(40));
    server.renewToken();
    press("1");
    waitFor(() -> server.answers().size() == 1);
    server.renewToken();
    press("2", "3");
    waitFor(() -> server.answers().size() == 3);
    assertThat(page.locator("#refusals-open")).isHidden();
    assertThat(page.locator(".way-state")).isHidden();
    assertOneAnswerPerItem();
  }

  @Test
  void answersWaitWhereNoTokenIsTaken() {
    open(SampleJob.pictures(40));
    server.mood(WorkServer.Mood.TOKEN_REFUSED);
    press("1");
    assertThat(page.locator("#status")).containsText("1 answer waits in this browser");
    page.waitForTimeout(1_000);
    assertTrue(server.tokensRefused() < 20, "tried " + server.tokensRefused() + " times");
    assertThat(page.locator("#refusals-open")).isHidden();
    server.mood(WorkServer.Mood.WELL);
    waitFor(() -> server.answers().size() == 1);
    assertThat(page.locator(".way-state")).isHidden();
  }

  @Test
  void answersOfOnePersonAreNeverSentAsAnother() {
    open(SampleJob.pictures(40));
    server.mood(WorkServer.Mood.OTHER_PERSON);
    press("1");
    assertThat(page.locator("#status"))
        .containsText("Somebody else is signed in now. 1 answer waits");
    page.evaluate("window.dispatchEvent(new Event('focus'))");
    page.waitForTimeout(700);
    assertEquals(0, server.answers().size());
    waitFor(() -> WorkPage.stored(page) == 1);
    reload();
    shows("");
    assertEquals(0, server.answers().size());
    server.mood(WorkServer.Mood.WELL);
    reload();
    waitFor(() -> server.answers().size() == 1);
  }

  @Test
  void undoOfAnAnswerThatHasNotLeftNeedsNoServer() {
    open(SampleJob.pictures(40));
    WorkPage.goOffline(page);
    press("1", "2");
    assertThat(page.locator("#status")).containsText("2 answers wait");
    press("u");
    shows("garment-0001");
    assertThat(page.locator("#status")).containsText("1 answer waits");
    context.setOffline(false);
    waitFor(() -> server.answers().size() == 1);
  }
}

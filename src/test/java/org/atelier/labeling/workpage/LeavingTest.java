package org.atelier.labeling.workpage;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.microsoft.playwright.Page;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A page that goes away tells of the items it holds, so that nobody waits for them. */
class LeavingTest extends WorkPageScene {

  @Test
  void whatAPageHeldThatWentAwayIsGivenUp() {
    open(SampleJob.pictures(40));
    press("1");
    waitFor(() -> server.answers().size() == 1);
    shows("garment-0001");
    String answered = server.answers().get(0).get("lease").asText();
    page.navigate("about:blank");
    waitFor(() -> !server.left().isEmpty());
    assertFalse(server.left().contains(answered), "what is answered is not held");
  }

  @Test
  void aPageThatIsLoadedAgainKeepsItsItems() {
    open(SampleJob.pictures(40));
    reload();
    shows("garment-0000");
    waitFor(() -> server.farewells() == 1 && server.left().isEmpty());
    press("2");
    waitFor(() -> server.answers().size() == 1);
  }

  @Test
  void aPageThatTheBrowserKeptHoldsItsItemsAgainHoweverLongItWasAway() {
    open(SampleJob.pictures(40));
    shows("garment-0000");
    page.clock().install();
    page.clock().fastForward(3_600_000);
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))");
    waitFor(() -> !server.left().isEmpty());
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
    waitFor(() -> server.left().isEmpty());
  }

  @Test
  void anotherTabOfThePersonKeepsWhatBothHeld() {
    open(SampleJob.pictures(40));
    Page other = context.newPage();
    other.navigate(frontEnd.url(WorkPage.PATH));
    assertThat(other.locator("#about .external-id")).hasText("garment-0000");
    page.close(new Page.CloseOptions().setRunBeforeUnload(false));
    page = other;
    waitFor(() -> server.farewells() == 1 && server.left().isEmpty());
    assertEquals(Set.of(), server.left());
    press("3");
    waitFor(() -> server.answers().size() == 1);
  }
}

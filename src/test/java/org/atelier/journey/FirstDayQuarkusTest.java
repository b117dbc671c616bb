package org.atelier.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext.ClearCookiesOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import org.atelier.platform.Ids;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.atelier.platform.web.Chromium;
import org.atelier.workforce.People;
import org.atelier.workforce.TestPeople;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a new administrator meets first: the door, the demo, accounts, and a session that ends. */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class FirstDayQuarkusTest {

  private static final int DEMO_SECONDS = 240;

  @TestHTTPResource("/")
  URL root;

  @Inject People people;

  private Chromium chromium;
  private Browsing browsing;
  private Page page;
  private People.NewAccount account;
  private String slug;

  @BeforeEach
  void signIn() {
    account = people.createAccount("d-" + Ids.next() + "@example.com", "Dora Day", true);
    slug = "d-" + Ids.next().toString().substring(24);
    people.createProject(slug, "Day one", account.id());
    chromium = Chromium.launch();
    browsing = Browsing.open(chromium, root.toString().replaceAll("/$", ""));
    page = browsing.page();
    browsing.signIn(account.email(), account.oneTimePassword());
  }

  @AfterEach
  void leave() {
    browsing.close();
    chromium.close();
  }

  @Test
  void threeClicksFromTheStartOneIsLabeling() {
    browsing.visit("/");
    if (button("Try the demo").count() == 0) {
      browsing.visit("/demo"); // another test has made it, and this administrator joins
    }
    if (button("Try the demo").count() > 0) {
      button("Try the demo").click();
    }
    Locator start = page.getByText("Start labeling");
    browsing.await("the demo is ready", DEMO_SECONDS, () -> start.count() > 0);
    start.click();
    assertThat(page.locator(".slide.current img.seen")).isVisible();
    browsing.assertSound();
  }

  @Test
  void whatWasTypedIsBackAfterTheSessionHasEnded() {
    browsing.visit("/projects");
    page.locator("#name").fill("Spring 2027");
    page.locator("#slug").fill("spring-" + Ids.next().toString().substring(24));
    String typed = page.locator("#slug").inputValue();
    endTheSession();
    browsing.expect("ERR_FAILED");
    page.route("**/*", FirstDayQuarkusTest::withoutScripts); // whoever is faster than the scripts
    button("Create project").click();
    assertThat(page.getByText("What you typed is kept in this tab")).isVisible();
    page.unroute("**/*");
    signInAs(account.email());
    assertThat(page.getByText("What you typed is back")).isVisible();
    assertThat(page.locator("#name")).hasValue("Spring 2027");
    assertThat(page.locator("#slug")).hasValue(typed);
    assertEquals("/projects", browsing.path());
    browsing.assertSound();
    button("Create project").click();
    page.waitForURL("**/p/" + typed);
  }

  @Test
  void aHalfTypedJobIsBackWithItsLabelsAfterTheSessionHasEnded() {
    browsing.visit("/p/" + slug + "/jobs/new");
    page.locator("#title").fill("Which sleeve?");
    for (String name : List.of("Long", "Short", "None")) {
      page.locator("[name=labelName]").last().fill(name);
    }
    page.locator("[name=labelKey]").nth(1).fill("s");
    endTheSession();
    page.locator("form.job-form").getByText("Keep as a draft").click();
    assertThat(page.getByText("What you typed is kept in this tab")).isVisible();
    page.waitForResponse("**/label-rows", () -> signInAs(account.email()));
    assertThat(page.getByText("What you typed is back")).isVisible();
    assertThat(page.locator("#title")).hasValue("Which sleeve?");
    assertThat(page.locator("[name=labelName]").nth(2)).hasValue("None");
    assertThat(page.locator("[name=labelName]").nth(0)).hasValue("Long");
    assertThat(page.locator("[name=labelKey]").nth(1)).hasValue("s");
    page.evaluate("window.shifts.length = 0"); // three labels and a notice take room as they return
    browsing.assertSound();
  }

  @Test
  void aDoubleClickSendsAFormOnce() {
    browsing.visit("/p/" + slug + "/members");
    page.locator("#email").fill(account.email());
    List<Route> sent = new ArrayList<>();
    page.route(
        "**/members",
        route -> {
          if (route.request().method().equals("POST")) {
            sent.add(route);
          } else {
            route.resume();
          }
        });
    page.evaluate(
        "() => { const add = document.querySelector('form.form .button.primary');"
            + " setTimeout(() => add.click(), 0); setTimeout(() => add.click(), 200); }");
    browsing.await("the form is on its way", 60, () -> !sent.isEmpty());
    page.waitForTimeout(1_000);
    assertEquals(1, sent.size());
    browsing.expect("ERR_FAILED");
    sent.get(0).abort();
  }

  @Test
  void nobodyElseGetsToSeeWhatWasTyped() {
    People.NewAccount other =
        people.createAccount("o-" + Ids.next() + "@example.com", "Otto", true);
    browsing.visit("/projects");
    page.locator("#name").fill("A secret collection");
    page.locator("#slug").fill("secret");
    endTheSession();
    button("Create project").click();
    assertThat(page.getByText("What you typed is kept in this tab")).isVisible();
    browsing.signIn(other.email(), other.oneTimePassword());
    browsing.visit("/projects");
    assertThat(page.locator("#name")).hasValue("");
    assertEquals(0, page.getByText("What you typed is back").count());
  }

  @Test
  void anAccountIsMadeDisabledAndGivenBack() {
    String email = "n-" + Ids.next() + "@example.com";
    browsing.visit("/people");
    page.locator("#email").fill(email);
    page.locator("#displayName").fill("Nina New");
    button("Create account").click();
    assertThat(page.locator(".secret")).isVisible();
    assertThat(page.getByText("One-time password for " + email)).isVisible();
    browsing.assertSound();
    Locator row = page.locator("tr").filter(new Locator.FilterOptions().setHasText(email));
    row.locator("summary").click();
    row.getByText("Disable", new Locator.GetByTextOptions().setExact(true)).click();
    assertThat(page.getByText("Nina New is disabled")).isVisible();
    browsing.assertSound();
    button("Undo").click();
    assertThat(page.getByText("Nina New can sign in again")).isVisible();
  }

  @Test
  void oneSessionIsEndedFromAnother() {
    try (Browsing second = Browsing.open(chromium, root.toString().replaceAll("/$", ""))) {
      second.signIn(account.email(), Browsing.PASSWORD);
      second.visit("/account");
      assertThat(second.page().locator("tbody tr").filter(thisOne())).hasCount(1);
      second.page().getByText("End", new Page.GetByTextOptions().setExact(true)).click();
      assertThat(second.page().getByText("The session has ended")).isVisible();
      second.assertSound();
    }
    browsing.visit("/account");
    assertTrue(browsing.path().startsWith("/sign-in"), browsing.path());
  }

  @Test
  void searchAndKeysAreReachedByKeyboardAlone() {
    // a key that comes late takes the place of the request before it
    browsing.expect("htmx:sendAbort", "htmx:afterRequest");
    browsing.visit("/");
    browsing.press("Control+k");
    page.waitForResponse(
        response -> response.url().matches(".*=Day(\\+|%20)one.*"),
        () -> page.keyboard().type("Day one"));
    assertThat(page.locator(".htmx-request")).hasCount(0);
    Locator hit = page.locator("#search-results a").first();
    assertThat(hit).containsText("Day one");
    browsing.assertSound();
    browsing.press("ArrowDown", "Enter");
    assertThat(page.locator("dialog#search")).isHidden();
    assertThat(page.locator("h1")).hasText("Day one");
    page.waitForLoadState();
    browsing.press("?");
    assertThat(page.locator("dialog#keys")).isVisible();
    browsing.assertSound();
    browsing.press("Escape");
    assertThat(page.locator("dialog#keys")).isHidden();
  }

  @Test
  void aPhoneReachesWhatItsBarHasNoRoomFor() {
    browsing.visit("/p/" + slug + "/jobs");
    page.setViewportSize(390, 844);
    page.locator(".top .menu summary").click();
    assertThat(page.locator(".top .menu").getByText("Storage")).isVisible();
    browsing.assertSound();
    page.locator(".top .menu").getByText("Audit").click();
    page.waitForURL("**/p/" + slug + "/audit");
    page.setViewportSize(1440, 900);
    assertThat(page.locator(".rail").getByText("Audit")).isVisible();
    page.locator(".top .menu summary").click();
    assertThat(page.locator(".top .menu").getByText("Audit")).isHidden();
  }

  @Test
  void anAddressThatLeadsNowhereSaysSoCalmly() {
    browsing.expect("404");
    assertEquals(404, browsing.status("/p/no-such-project"));
    assertThat(page.locator("h1")).hasText("There is nothing here");
    browsing.assertSound();
  }

  private static void withoutScripts(Route route) {
    if (route.request().resourceType().equals("script")) {
      route.abort();
    } else {
      route.resume();
    }
  }

  private void endTheSession() {
    browsing.context().clearCookies(new ClearCookiesOptions().setName(TestPeople.COOKIE));
  }

  private void signInAs(String email) {
    page.locator("#email").fill(email);
    page.locator("#password").fill(Browsing.PASSWORD);
    page.keyboard().press("Enter");
    page.waitForURL(address -> !address.contains("/sign-in"));
  }

  private Locator.FilterOptions thisOne() {
    return new Locator.FilterOptions().setHasText("this one");
  }

  private Locator button(String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }
}

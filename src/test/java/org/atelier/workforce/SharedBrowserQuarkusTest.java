package org.atelier.workforce;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.Cookie;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URL;
import java.util.List;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.atelier.platform.web.Chromium;
import org.junit.jupiter.api.Test;

/** Whoever uses a browser next sees nothing of the person who signed out of it. */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class SharedBrowserQuarkusTest {

  @Inject TestPeople visitors;

  @TestHTTPResource("/")
  URL root;

  @Test
  void afterSigningOutGoingBackShowsNoPageTokenOrOneTimePassword() {
    TestPeople.Visitor ana = visitors.administrator("Ana Before");
    try (Chromium chromium = Chromium.launch();
        BrowserContext context = chromium.context()) {
      Page page = signedIn(context, ana);
      page.fill("#name", "of Ana");
      page.locator("form[action='/account/tokens'] button").click();
      page.locator(".secret").waitFor();
      page.navigate(address("/people"));
      page.fill("#email", "new-" + ana.personId() + "@example.com");
      page.fill("#displayName", "New");
      page.locator("form[action='/people'] button.primary").click();
      page.locator(".secret").waitFor();
      page.navigate(address("/projects"));
      page.evaluate("() => [...document.forms].find(f => f.action.endsWith('/sign-out')).submit()");
      page.waitForURL("**/sign-in");
      assertNothingOf(ana, page);
    }
  }

  private Page signedIn(BrowserContext context, TestPeople.Visitor person) {
    context.addCookies(
        List.of(new Cookie(TestPeople.COOKIE, person.session()).setUrl(root.toString())));
    Page page = context.newPage();
    page.navigate(address("/account"));
    return page;
  }

  private String address(String path) {
    return root.toString().replaceAll("/$", "") + path;
  }

  private static void assertNothingOf(TestPeople.Visitor person, Page page) {
    for (int step = 0; step < 5; step++) {
      try {
        page.goBack();
      } catch (PlaywrightException notKept) {
        assertTrue(notKept.getMessage().contains("ERR_CACHE_MISS"), notKept.getMessage());
      }
      String shown = content(page);
      assertFalse(shown.contains("class=\"secret"), shown);
      assertFalse(shown.contains("Ana Before") || shown.contains(person.email()), shown);
    }
  }

  /** What the page shows once it has come to rest: a step back may lead on to another page. */
  private static String content(Page page) {
    for (int wait = 0; ; wait++) {
      try {
        return page.content();
      } catch (PlaywrightException onItsWay) {
        if (wait == 100 || !onItsWay.getMessage().contains("navigating")) {
          throw onItsWay;
        }
        page.waitForTimeout(100);
      }
    }
  }

  @Test
  void answersAreNotKeptButFilesOfThePagesAre() {
    TestPeople.Visitor ana = visitors.visitor("Ana");
    for (String path : List.of("/", "/account", "/api/v1/me", "/projects", "/nowhere")) {
      given()
          .cookie(TestPeople.COOKIE, ana.session())
          .get(path)
          .then()
          .header("Cache-Control", equalTo("no-store"));
    }
    String page = given().get("/sign-in").asString();
    String script = page.replaceAll("(?s).*?(/static/bundle/[^\"]+\\.js)\".*", "$1");
    given()
        .get(script)
        .then()
        .statusCode(200)
        .header("Cache-Control", not(containsString("no-store")));
  }
}

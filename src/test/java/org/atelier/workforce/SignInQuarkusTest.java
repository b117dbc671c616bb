package org.atelier.workforce;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.atelier.platform.Ids;
import org.atelier.platform.ProblemException;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class SignInQuarkusTest {

  @Inject People people;
  @Inject Accounts accounts;

  private static final String FRESH = "a long new password";

  @Test
  void aPageAsksAStrangerToSignInAndRemembersWhereToGo() {
    given()
        .redirects()
        .follow(false)
        .accept("text/html")
        .get("/p/atelier/members")
        .then()
        .statusCode(302)
        .header("Location", containsString("/sign-in?to=%2Fp%2Fatelier%2Fmembers"));
  }

  @Test
  void aScriptWithoutATokenGetsAPlain401() {
    given().accept("application/json").get("/projects").then().statusCode(401);
  }

  @Test
  void aFormWithoutTheCsrfTokenIsRefused() {
    given()
        .formParam("email", "x@example.com")
        .formParam("password", "y")
        .post("/sign-in")
        .then()
        .statusCode(400);
  }

  @Test
  void theOneTimePasswordMustBeChangedBeforeAnythingElse() {
    People.NewAccount account = newAccount();
    String session = signIn(account.email(), account.oneTimePassword());
    given()
        .redirects()
        .follow(false)
        .accept("text/html")
        .cookie(SessionAuthentication.COOKIE, session)
        .get("/projects")
        .then()
        .statusCode(303)
        .header("Location", containsString("/account/password?first=true"));
    given()
        .accept("*/*")
        .cookie(SessionAuthentication.COOKIE, session)
        .get("/projects")
        .then()
        .statusCode(403)
        .body("code", equalTo("forbidden"));
  }

  @Test
  void changingThePasswordEndsEveryOtherSession() {
    People.NewAccount account = newAccount();
    String first = signIn(account.email(), account.oneTimePassword());
    String second = signIn(account.email(), account.oneTimePassword());
    accounts.changePassword(account.id(), account.oneTimePassword(), FRESH, second);
    assertTrue(accounts.session(first).isEmpty());
    page(second, "/projects").then().statusCode(200).body(containsString("Projects"));
  }

  @Test
  void aPasswordOfBlanksOrOfOneLetterIsRefused() {
    People.NewAccount account = newAccount();
    for (String weak : List.of(" ".repeat(12), "aaaaaaaaaaaa", "abababcabc", account.email())) {
      ProblemException refused =
          assertThrows(
              ProblemException.class,
              () -> accounts.changePassword(account.id(), account.oneTimePassword(), weak, null),
              weak);
      assertEquals(WorkforceProblem.WEAK_PASSWORD, refused.problem());
    }
  }

  @Test
  void signingOutEndsTheSessionOnTheServer() {
    People.NewAccount account = ready();
    String session = signIn(account.email(), FRESH);
    Csrf csrf = csrf(session, "/projects");
    given()
        .redirects()
        .follow(false)
        .cookie(SessionAuthentication.COOKIE, session)
        .cookie("csrf-token", csrf.cookie())
        .formParam("csrf-token", csrf.field())
        .post("/sign-out")
        .then()
        .statusCode(303);
    page(session, "/projects").then().statusCode(302);
  }

  @Test
  void disablingAPersonEndsTheirSessionsAtOnce() {
    People.NewAccount account = ready();
    String session = signIn(account.email(), FRESH);
    people.setDisabled(account.id(), true);
    page(session, "/projects").then().statusCode(302);
  }

  @Test
  void fiveWrongPasswordsLockTheAccountForAWhile() {
    People.NewAccount account = ready();
    for (int i = 0; i < 5; i++) {
      attempt(account.email(), "wrong").then().statusCode(400);
    }
    attempt(account.email(), FRESH)
        .then()
        .statusCode(429)
        .body(containsString("Too many wrong passwords"));
  }

  @Test
  void noMoreThanFiveOfManyWrongPasswordsAtOnceAreLookedAt() throws Exception {
    People.NewAccount account = ready();
    long began = System.nanoTime();
    List<String> ends =
        atOnce(
            40,
            () -> {
              try {
                return accounts.signIn(account.email(), "wrong", "test").token();
              } catch (ProblemException e) {
                return e.problem().code();
              }
            },
            () -> {});
    long seconds = (System.nanoTime() - began) / 1_000_000_000;
    int looked = Collections.frequency(ends, "wrong-password");
    // on a machine so slow that the lock of ten seconds ended meanwhile, one more for each lock
    assertTrue(looked >= 5 && looked <= 5 + seconds / 10, seconds + " s: " + ends);
    assertEquals(40 - looked, Collections.frequency(ends, "account-locked"), ends.toString());
  }

  @Test
  void peopleWhoWaitForTheirPasswordsLeaveTheDatabaseToOthers() throws Exception {
    String nobody = "n-" + Ids.next() + "@example.com";
    int turns = Passwords.AT_A_TIME.drainPermits();
    boolean[] free = {false};
    List<String> ends =
        atOnce(
            40,
            () -> {
              try {
                return accounts.signIn(nobody, "wrong", "test").token();
              } catch (ProblemException e) {
                return e.problem().code();
              }
            },
            () -> {
              for (int i = 0; i < 2_400 && Passwords.AT_A_TIME.getQueueLength() < 40; i++) {
                Thread.sleep(25);
              }
              int waiting = Passwords.AT_A_TIME.getQueueLength();
              free[0] = waiting == 40 && accounts.tokens(Ids.next()).isEmpty();
              Passwords.AT_A_TIME.release(turns);
            });
    assertTrue(free[0], "those who wait hold connections");
    assertEquals(40, Collections.frequency(ends, "wrong-password"), ends.toString());
  }

  @Test
  void aTryThatWasRightIsNotCounted() {
    People.NewAccount account = ready();
    for (int i = 0; i < 4; i++) {
      attempt(account.email(), "wrong").then().statusCode(400);
    }
    signIn(account.email(), FRESH);
    for (int i = 0; i < 4; i++) {
      attempt(account.email(), "wrong").then().statusCode(400);
    }
    signIn(account.email(), FRESH);
    people.setDisabled(account.id(), true);
    for (int i = 0; i < 6; i++) {
      attempt(account.email(), FRESH).then().statusCode(400);
    }
  }

  /** Does the same in many threads; meanwhile something else. */
  private static List<String> atOnce(int threads, Callable<String> each, Step meanwhile)
      throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<String>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        all.add(pool.submit(each));
      }
      meanwhile.run();
      List<String> ends = new ArrayList<>();
      for (Future<String> one : all) {
        ends.add(one.get(180, TimeUnit.SECONDS));
      }
      return ends;
    } finally {
      pool.shutdownNow();
    }
  }

  private interface Step {
    void run() throws Exception;
  }

  @Test
  void anAccessTokenWorksUntilItIsRevoked() {
    People.NewAccount account = ready();
    String token = accounts.createToken(account.id(), "script", 1);
    bearer(token).then().statusCode(200);
    accounts.revokeToken(account.id(), accounts.tokens(account.id()).get(0).id());
    bearer(token).then().statusCode(401);
  }

  @Test
  void aProjectOfOthersDoesNotExistForAStranger() {
    People.NewAccount owner = ready();
    String slug = "secret-" + Ids.next().toString().substring(24);
    people.createProject(slug, "Secret", owner.id());
    String stranger = signIn(ready().email(), FRESH);
    page(stranger, "/p/" + slug + "/members")
        .then()
        .statusCode(404)
        .body(not(containsString("Secret")));
    page(signIn(owner.email(), FRESH), "/p/" + slug + "/members")
        .then()
        .statusCode(200)
        .body(containsString("Secret"));
  }

  @Test
  void aTargetThatIsNoAddressLeadsToTheFirstPage() {
    attempt(ready().email(), FRESH, Map.of("to", "/x?q=100%"), Map.of())
        .then()
        .statusCode(303)
        .header("Location", endsWith("/"));
  }

  @Test
  void signingInEndsTheSessionOfTheBrowserBefore() {
    String before = signIn(ready().email(), FRESH);
    People.NewAccount next = ready();
    Map<String, String> cookie = Map.of(SessionAuthentication.COOKIE, before);
    attempt(next.email(), "wrong", Map.of(), Map.of(), cookie).then().statusCode(not(303));
    assertTrue(accounts.session(before).isPresent());
    attempt(next.email(), FRESH, Map.of(), Map.of(), cookie).then().statusCode(303);
    assertTrue(accounts.session(before).isEmpty());
  }

  @Test
  void aFormFromAPageOfAnotherSiteIsRefusedWhateverTokenItCarries() {
    People.NewAccount account = ready();
    for (String site : List.of("cross-site", "same-site")) {
      Map<String, String> headers = Map.of("Sec-Fetch-Site", site);
      attempt(account.email(), FRESH, Map.of(), headers).then().statusCode(403);
    }
    Map<String, String> here = Map.of("Sec-Fetch-Site", "same-origin");
    attempt(account.email(), FRESH, Map.of(), here).then().statusCode(303);
  }

  @Test
  void aNewOneTimePasswordEndsSessionsAndAccessTokens() {
    People.NewAccount account = ready();
    String session = signIn(account.email(), FRESH);
    String token = accounts.createToken(account.id(), "script", 1);
    String once = people.resetPassword(account.id()).oneTimePassword();
    accounts.changePassword(account.id(), once, "another long password", null);
    assertTrue(accounts.session(session).isEmpty());
    bearer(token).then().statusCode(401);
  }

  @Test
  void whoSignsOutEverywhereIsToldThatTokensStayAndWhere() {
    People.NewAccount account = ready();
    String session = signIn(account.email(), FRESH);
    signIn(account.email(), FRESH);
    accounts.createToken(account.id(), "script", 1);
    page(session, "/account")
        .then()
        .body(containsString("your access tokens stay until you <a href=\"#tokens-title\">"));
    page(session, "/account/password")
        .then()
        .body(containsString("<a href=\"/account#tokens-title\">"));
  }

  @Test
  void aRequestCarriesItsIdInTheAnswer() {
    given()
        .header("X-Request-Id", "abc-123")
        .get("/sign-in")
        .then()
        .statusCode(200)
        .header("X-Request-Id", is("abc-123"))
        .header("Content-Security-Policy", containsString("frame-ancestors 'none'"));
  }

  private People.NewAccount newAccount() {
    return people.createAccount("p-" + Ids.next() + "@example.com", "Ana", false);
  }

  private People.NewAccount ready() {
    People.NewAccount account = newAccount();
    accounts.changePassword(account.id(), account.oneTimePassword(), FRESH, null);
    return account;
  }

  private record Csrf(String cookie, String field) {}

  private static Csrf csrf(String session, String path) {
    Response page =
        given()
            .accept("text/html")
            .cookie(SessionAuthentication.COOKIE, session == null ? "" : session)
            .get(path);
    String field = page.htmlPath().getString("**.find { it.@name == 'csrf-token' }.@value");
    return new Csrf(page.cookie("csrf-token"), field);
  }

  private static Response attempt(String email, String password) {
    return attempt(email, password, Map.of(), Map.of());
  }

  private static Response attempt(
      String email, String password, Map<String, String> fields, Map<String, String> headers) {
    return attempt(email, password, fields, headers, Map.of());
  }

  private static Response attempt(
      String email,
      String password,
      Map<String, String> fields,
      Map<String, String> headers,
      Map<String, String> cookies) {
    Csrf csrf = csrf(null, "/sign-in");
    return given()
        .redirects()
        .follow(false)
        .accept("text/html")
        .headers(headers)
        .cookies(cookies)
        .formParams(fields)
        .cookie("csrf-token", csrf.cookie())
        .formParam("csrf-token", csrf.field())
        .formParam("email", email)
        .formParam("password", password)
        .post("/sign-in");
  }

  private static String signIn(String email, String password) {
    Response response = attempt(email, password);
    assertEquals(303, response.statusCode());
    return response.cookie(SessionAuthentication.COOKIE);
  }

  private static Response page(String session, String path) {
    return given()
        .redirects()
        .follow(false)
        .accept("text/html")
        .cookie(SessionAuthentication.COOKIE, session)
        .get(path);
  }

  private static Response bearer(String token) {
    return given().accept("text/html").header("Authorization", "Bearer " + token).get("/projects");
  }
}

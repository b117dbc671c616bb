package org.atelier.operations;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.atelier.platform.storage.ObjectStore;
import org.atelier.workforce.TestPeople;
import org.atelier.workforce.TestPeople.Visitor;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** What somebody with bad intentions tries first. */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class AttackQuarkusTest {

  @Inject TestPeople people;
  @Inject ObjectStore store;
  @Inject Jdbi jdbi;

  @ConfigProperty(name = "quarkus.http.test-port")
  int configuredPort;

  @Test
  void aSessionThatWasPlantedBeforeSigningInIsNotTheOneAfterwards() {
    Visitor victim = people.visitor("Vera Victim");
    String planted = "k1.planted-by-somebody-else";
    Response form = given().cookie(TestPeople.COOKIE, planted).get("/sign-in");
    Response signedIn =
        given()
            .redirects()
            .follow(false)
            .cookie(TestPeople.COOKIE, planted)
            .cookie("csrf-token", form.cookie("csrf-token"))
            .formParam(
                "csrf-token",
                form.htmlPath().getString("**.find { it.@name == 'csrf-token' }.@value"))
            .formParam("email", victim.email())
            .formParam("password", "a long new password")
            .post("/sign-in");

    assertEquals(303, signedIn.statusCode());
    assertNotEquals(planted, signedIn.cookie(TestPeople.COOKIE));
    given()
        .redirects()
        .follow(false)
        .accept("text/html")
        .cookie(TestPeople.COOKIE, planted)
        .get("/projects")
        .then()
        .statusCode(302);
  }

  @Test
  void theSessionCookieIsOutOfReachOfScriptsAndOtherSites() {
    Visitor somebody = people.visitor("Sam Somebody");
    Response out = Door.form(somebody).post("/sign-out");
    String cookie =
        out.getHeaders().getValues("Set-Cookie").stream()
            .filter(one -> one.startsWith(TestPeople.COOKIE))
            .findFirst()
            .orElseThrow();
    assertTrue(cookie.toLowerCase().contains("httponly"), cookie);
    assertTrue(cookie.toLowerCase().contains("samesite=lax"), cookie);
  }

  @Test
  void aTokenThatLeakedMakesNoFurtherTokensAndChangesNoPassword() {
    Visitor administrator = people.administrator("Ada Administrator");
    for (String path : List.of("/account", "/account/password", "/people")) {
      Door.script(administrator).get(path).then().statusCode(403);
    }
    for (String path :
        List.of(
            "/account/tokens",
            "/account/password",
            "/account/sign-out-everywhere",
            "/people",
            "/people/" + administrator.personId() + "/reset-password")) {
      Response page = Door.page(administrator, "/account");
      Door.script(administrator)
          .cookie("csrf-token", page.cookie("csrf-token"))
          .formParam(
              "csrf-token",
              page.htmlPath().getString("**.find { it.@name == 'csrf-token' }.@value"))
          .formParam("name", "mine")
          .post(path)
          .then()
          .statusCode(403);
    }
  }

  @Test
  void signingInLeadsNowhereElse() {
    for (String to :
        List.of(
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "/%0d%0aX: y",
            "javascript:alert(1)")) {
      String body = given().queryParam("to", to).get("/sign-in").asString();
      assertFalse(body.contains("value=\"//evil"), to);
      assertFalse(body.contains("value=\"https:"), to);
      assertFalse(body.contains("value=\"javascript:"), to);
    }
  }

  @Test
  void aLineBreakInAHeaderOrAnAddressMakesNoHeader() throws IOException {
    String answer =
        raw(
            "GET /sign-in?to=/a%0d%0aX-Evil:%201 HTTP/1.1\r\nHost: localhost\r\n"
                + "X-Request-Id: a\tb\r\nConnection: close\r\n\r\n");
    assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
    assertFalse(answer.toLowerCase().contains("x-evil: 1\r\n"), answer);
    assertFalse(answer.contains("a\tb"), answer);
  }

  @Test
  void twoLengthsInOneRequestAreRefused() throws IOException {
    String answer =
        raw(
            "POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n"
                + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\nGET /people");
    assertFalse(answer.contains("HTTP/1.1 200"), answer);
  }

  @Test
  void everyPageForbidsForeignScriptsAndFrames() {
    Visitor somebody = people.visitor("Sam Somebody");
    ProjectRef project = people.projectOf(somebody);
    for (String path :
        List.of("/sign-in", "/projects", "/p/" + project.slug(), "/no-such-page", "/work")) {
      Door.page(somebody, path)
          .then()
          .header("Content-Security-Policy", containsString("default-src 'self'"))
          .header("Content-Security-Policy", containsString("frame-ancestors 'none'"))
          .header("Content-Security-Policy", not(containsString("script-src")))
          .header("X-Content-Type-Options", equalTo("nosniff"));
    }
  }

  @Test
  void anUploadedPictureIsServedInASandboxWithItsFixedType() {
    Visitor somebody = people.visitor("Sam Somebody");
    ProjectRef project = people.projectOf(somebody);
    byte[] page = "<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8);
    String sha256 = store.put(new ByteArrayInputStream(page), "image/png").sha256();
    jdbi.useHandle(
        h ->
            h.execute(
                """
                insert into dataset.picture (project_id, sha256, media_type, size, width, height)
                values (?, ?, 'image/png', ?, 1, 1)
                """,
                project.id(),
                sha256,
                page.length));

    Response picture = Door.page(somebody, "/p/" + project.slug() + "/blobs/" + sha256);

    assertEquals(200, picture.statusCode());
    assertEquals("image/png", picture.contentType());
    assertEquals("nosniff", picture.header("X-Content-Type-Options"));
    List<String> policies = picture.getHeaders().getValues("Content-Security-Policy");
    assertTrue(policies.stream().anyMatch(one -> one.startsWith("sandbox")), policies.toString());
  }

  @Test
  void noOtherSiteMayReadAnswers() {
    Visitor somebody = people.visitor("Sam Somebody");
    Door.browser(somebody)
        .header("Origin", "https://evil.example")
        .get("/projects")
        .then()
        .header("Access-Control-Allow-Origin", nullValue());
  }

  @Test
  void aDisabledOrMissingAccountAnswersAsAWrongPasswordDoes() {
    Response form = given().get("/sign-in");
    for (String email : List.of("nobody@example.com", "'; drop table workforce.person; --")) {
      given()
          .redirects()
          .follow(false)
          .accept("text/html")
          .cookie("csrf-token", form.cookie("csrf-token"))
          .formParam(
              "csrf-token",
              form.htmlPath().getString("**.find { it.@name == 'csrf-token' }.@value"))
          .formParam("email", email)
          .formParam("password", "some password")
          .post("/sign-in")
          .then()
          .statusCode(400)
          .body(containsString("Your administrator can give you a new one-time password"));
    }
  }

  private String raw(String request) throws IOException {
    int port = configuredPort > 0 ? configuredPort : io.restassured.RestAssured.port;
    try (Socket socket = new Socket("localhost", port)) {
      socket.setSoTimeout(60_000);
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}

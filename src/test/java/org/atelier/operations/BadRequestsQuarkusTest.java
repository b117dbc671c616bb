package org.atelier.operations;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.atelier.workforce.TestPeople;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class BadRequestsQuarkusTest {

  @Inject TestPeople visitors;

  private TestPeople.Visitor owner;
  private String jobs;

  @BeforeEach
  void openProject() {
    owner = visitors.administrator("Ana");
    jobs = "/api/v1/projects/" + visitors.projectOf(owner).id() + "/jobs";
  }

  @Test
  void aValueOfAnotherTypeIsNamedWithItsFieldAndPlace() {
    refused("{\"title\": \"Autumn\",\n \"labels\": \"Shirt\"}")
        .body("field", equalTo("labels"))
        .body("detail", equalTo("labels: expected a list (line 2, column 12)."));
    refused("{\"labels\": [{\"name\": \"Shirt\", \"parent\": \"Tops\"}]}")
        .body("field", equalTo("labels.0.parent"))
        .body("detail", containsString("expected a whole number, found \"Tops\""));
    refused("{\"datasetId\": \"the first\"}")
        .body("field", equalTo("datasetId"))
        .body("detail", containsString("expected an id, found \"the first\""));
    refused("{\"taskType\": \"MANY\"}")
        .body("field", equalTo("taskType"))
        .body("detail", containsString("one of SINGLE, MULTI"));
    refused("[]").body("field", equalTo("body")).body("detail", containsString("an object"));
  }

  @Test
  void whatIsNoJsonIsToldWithItsPlace() {
    refused("{\"title\":\n  oops}")
        .body("field", equalTo("body"))
        .body("detail", containsString("line 2, column "));
    refused("{\"title\":").body("detail", containsString("The JSON cannot be read"));
  }

  @Test
  void aParameterThatCannotBeReadIsNamed() {
    asked()
        .get(jobs + "?limit=many")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("field", equalTo("limit"));
    asked()
        .get(jobs + "?cursor=nowhere")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("field", equalTo("cursor"));
    asked().get(jobs + "/nowhere?limit=5").then().statusCode(404);
  }

  @Test
  void whoIsNotSignedInIsToldHowToBe() {
    given()
        .get(jobs)
        .then()
        .statusCode(401)
        .header("WWW-Authenticate", "Bearer")
        .contentType("application/problem+json")
        .body("code", equalTo("sign-in-required"))
        .body("detail", containsString("personal access token"));
    given()
        .header("Authorization", "Bearer atl_k1.revoked")
        .get(jobs)
        .then()
        .statusCode(401)
        .contentType("application/problem+json")
        .body("instance", equalTo(jobs))
        .body("detail", containsString("has expired or was revoked"));
  }

  @Test
  void aFormThatWasOpenTooLongSaysSoAndLeadsBackToItsPage() {
    given()
        .accept("text/html")
        .header("Referer", "http://localhost/sign-in?to=%2Fprojects")
        .formParam("email", "ana@example.com")
        .post("/sign-in")
        .then()
        .statusCode(400)
        .contentType(containsString("text/html"))
        .body(containsString("The form was not accepted"))
        .body(containsString("href=\"/sign-in?to=%2Fprojects\""));
    given()
        .formParam("email", "ana@example.com")
        .post("/sign-in")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("code", equalTo("form-expired"));
  }

  @Test
  void aTokenThatNoCookieBelongsToIsToldApartFromWrongInput() {
    given()
        .contentType(ContentType.JSON)
        .header("X-CSRF-TOKEN", "of-an-earlier-page")
        .body("{}")
        .post("/sign-in")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("code", equalTo("token-expired"))
        .body("detail", containsString("Load the page again"));
  }

  @Test
  void aZeroCharacterIsToldInsteadOfCalledOurFault() {
    asked().get(jobs.replace("/jobs", "/events?after=%00")).then().statusCode(400);
    asked()
        .contentType(ContentType.JSON)
        .body("{\"name\": \"a\\u0000b\", \"slug\": \"zero\"}")
        .post("/api/v1/projects")
        .then()
        .statusCode(equalTo(400))
        .body("code", equalTo("invalid-input"));
    Door.form(owner)
        .formParam("name", "Night\0shift")
        .formParam("days", "1")
        .post("/account/tokens")
        .then()
        .statusCode(400)
        .body(containsString("zero character"));
  }

  @Test
  void aLabelSetOfAnySizeIsJudgedAtOnce() {
    String many = "{\"name\": \"a\"},".repeat(200_000);
    long before = System.nanoTime();
    refused("{\"title\": \"A\", \"labels\": [" + many + "{\"name\": \"b\"}]}");
    long seconds = (System.nanoTime() - before) / 1_000_000_000;
    assertTrue(seconds < 120, seconds + " s");
    refused("{\"labels\": [null]}").body("field", equalTo("labels"));
    refused("{\"workers\": [null]}").body("field", equalTo("workers"));
  }

  @Test
  void whatIsTooLargeIsRefusedInWordsAlsoWhileItIsStillBeingSent() throws IOException {
    String script = tooLarge("application/json", "");
    assertTrue(script.startsWith("HTTP/1.1 413 "), script);
    assertTrue(script.contains("application/problem+json"), script);
    assertTrue(script.contains("\"code\":\"too-large\""), script);
    assertTrue(script.contains("70,000,000 bytes; at most 67,108,864"), script);
    String page = tooLarge("text/html", "Referer: http://localhost/p/a/jobs/new\r\n");
    assertTrue(page.startsWith("HTTP/1.1 413 "), page);
    assertTrue(page.contains("This is too large to be sent at once"), page);
    assertTrue(page.contains("href=\"/p/a/jobs/new\""), page);
    String part = tooLarge("text/html", "HX-Request: true\r\n");
    assertTrue(part.contains("application/problem+json"), part);
  }

  /** Sends the beginning of a body that is announced to be too large; the answer. */
  private String tooLarge(String accept, String header) throws IOException {
    try (Socket line = new Socket(RestAssured.baseURI.replaceAll(".*//", ""), RestAssured.port)) {
      line.setSoTimeout(60_000);
      line.getOutputStream()
          .write(
              ("POST %s HTTP/1.1\r\nHost: localhost\r\nAccept: %s\r\n%sContent-Length: 70000000\r\n\r\n"
                      .formatted(jobs, accept, header))
                  .getBytes(StandardCharsets.US_ASCII));
      for (int i = 0; i < 70; i++) {
        line.getOutputStream().write(new byte[1_000_000]);
      }
      StringBuilder answer = new StringBuilder();
      byte[] some = new byte[8192];
      while (!answer.toString().matches("(?s).*(</html>\\s*|\"\\})")) {
        int count = line.getInputStream().read(some);
        assertTrue(count >= 0, "the answer ends early: " + answer);
        answer.append(new String(some, 0, count, StandardCharsets.UTF_8));
      }
      return answer.toString();
    }
  }

  private ValidatableResponse refused(String body) {
    return asked()
        .contentType(ContentType.JSON)
        .body(body)
        .post(jobs)
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("code", equalTo("invalid-input"));
  }

  private RequestSpecification asked() {
    return given().header("Authorization", "Bearer " + owner.token());
  }
}

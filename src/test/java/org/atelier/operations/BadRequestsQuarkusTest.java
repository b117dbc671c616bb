package org.atelier.operations;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
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

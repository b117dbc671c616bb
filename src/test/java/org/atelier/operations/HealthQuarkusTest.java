package org.atelier.operations;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class HealthQuarkusTest {

  @Test
  void readyMeansThatDatabaseAndObjectStoreAnswer() {
    given()
        .get("/q/health/ready")
        .then()
        .statusCode(200)
        .body("status", equalTo("UP"))
        .body("checks.name", hasItems("Object store", "Database connections health check"));
  }

  @Test
  void metricsTellOfRequestsConnectionsAndWork() {
    given().get("/sign-in").then().statusCode(200);
    given()
        .get("/q/metrics")
        .then()
        .statusCode(200)
        .body(containsString("atelier_work_running"))
        .body(containsString("http_server_requests_seconds"))
        .body(containsString("agroal_"));
  }
}

package org.atelier.operations;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.atelier.platform.database.TestDatabaseServer;
import org.atelier.workforce.TestPeople;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class HealthQuarkusTest {

  @Inject AgroalDataSource database;
  @Inject TestPeople people;

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
  void theApplicationIsNotReadyWhileItsDatabaseIsLostAndIsAgainAfterwards() throws Exception {
    TestPeople.Visitor somebody = people.visitor("Sam Somebody");
    String name;
    try (Connection connection = database.getConnection()) {
      name = connection.getCatalog();
    }
    try {
      onServer("alter database \"" + name + "\" allow_connections false");
      onServer(
          "select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name + "'");
      given().get("/q/health/ready").then().statusCode(503).body("status", equalTo("DOWN"));
      given().get("/q/health/live").then().statusCode(200);
      Door.page(somebody, "/projects").then().statusCode(503).body(containsString("try again"));
      Door.script(somebody).get("/api/v1/me").then().statusCode(503);
    } finally {
      onServer("alter database \"" + name + "\" allow_connections true");
      // one that idled for less than five seconds is not looked at before it is used
      database.flush(AgroalDataSource.FlushMode.GRACEFUL);
    }
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
    while (given().get("/q/health/ready").statusCode() != 200 && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    given().get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
    try (Connection connection = database.getConnection()) {
      assertEquals(name, connection.getCatalog());
    }
  }

  private static void onServer(String sql) throws SQLException {
    TestDatabaseServer server = TestDatabaseServer.get();
    try (Connection connection = server.dataSource("postgres").getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void metricsTellOfRequestsConnectionsAndWork() {
    given().get("/sign-in").then().statusCode(200);
    given()
        .get("/q/metrics")
        .then()
        .statusCode(200)
        .body(containsString("atelier_work_running"))
        .body(containsString("atelier_work_unfinished "))
        .body(containsString("atelier_queue_open "))
        .body(containsString("atelier_queue_leased "))
        .body(containsString("atelier_jobs_running "))
        .body(containsString("atelier_learning_jobs{phase=\"auditing\"} "))
        .body(containsString("http_server_requests_seconds"))
        .body(containsString("agroal_"))
        .body(not(matchesPattern("(?s).*\\natelier_[a-z_]+(\\{[^}]*\\})? NaN.*")));
  }
}

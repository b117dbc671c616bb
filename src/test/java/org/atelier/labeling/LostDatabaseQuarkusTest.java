package org.atelier.labeling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/**
 * While the database is gone the server says that it is the server's trouble, so that the page
 * keeps the answer; afterwards the same answer is taken once.
 */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class LostDatabaseQuarkusTest extends LabelingScene {

  @Inject AgroalDataSource pool;

  @ConfigProperty(name = "quarkus.datasource.jdbc.url")
  String url;

  @ConfigProperty(name = "quarkus.datasource.username")
  String user;

  @ConfigProperty(name = "quarkus.datasource.password")
  String password;

  @Test
  void anAnswerGivenMeanwhileIsRefusedAsTheServersTroubleAndTakenOnceLater()
      throws SQLException, InterruptedException {
    UUID job = startedJob();
    JsonPath claim = claim(job, 1);
    Map<String, Object> answer = answer(claim, 0, UUID.randomUUID(), 1);
    String place = path(job) + "/work/answers";
    String database = url.replaceAll(".*/([^/?]+).*", "$1");
    try (Connection elsewhere =
            DriverManager.getConnection(
                url.replaceFirst("/" + database + "(?=$|\\?)", "/postgres"), user, password);
        Statement statement = elsewhere.createStatement()) {
      statement.execute("alter database \"" + database + "\" with allow_connections false");
      try {
        statement.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = '"
                + database
                + "'");
        for (int attempt = 0; attempt < 3; attempt++) {
          Response lost = labeler.post(place, answer);
          assertEquals(503, lost.statusCode(), lost.asString());
        }
      } finally {
        statement.execute("alter database \"" + database + "\" with allow_connections true");
        // one that idled for less than five seconds is not looked at before it is used
        pool.flush(AgroalDataSource.FlushMode.GRACEFUL);
      }
    }
    int status = 0;
    for (int attempt = 0; attempt < 600 && status != 200; attempt++) {
      status = labeler.post(place, answer).statusCode();
      Thread.sleep(status == 200 ? 0 : 100);
    }
    assertEquals(200, status);
    assertEquals(200, labeler.post(place, answer).statusCode());
    boss.json("/api/v1/projects/" + project.id() + "/jobs/" + job)
        .then()
        .body("counts.answers", org.hamcrest.Matchers.equalTo(1));
  }
}

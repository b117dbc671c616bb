package org.atelier.operations;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.atelier.platform.storage.ObjectStore;
import org.atelier.workforce.TestPeople;
import org.atelier.workforce.TestPeople.Visitor;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class StoragePagesQuarkusTest {

  @Inject TestPeople people;
  @Inject ObjectStore store;

  @Test
  void theAdministratorSeesWhatIsKeptAndWhatIsFree() {
    Visitor administrator = people.administrator("Ada Administrator");
    store.put(
        new ByteArrayInputStream("x".repeat(5_000).getBytes(StandardCharsets.UTF_8)), "text/plain");

    Door.page(administrator, "/storage")
        .then()
        .statusCode(200)
        .body(matchesPattern("(?s).*keeps [\\d,]+ objects, [\\d.,]+ (kB|MB|GB) together.*"))
        .body(containsString("MB"))
        .body(containsString("/storage/collect"));
  }

  @Test
  void nobodyElseSeesOrCollects() {
    Visitor somebody = people.visitor("Sam Somebody");
    people.projectOf(somebody);

    Door.page(somebody, "/storage").then().statusCode(403).body(not(containsString("MB")));
    Door.form(somebody).post("/storage/collect").then().statusCode(403);
  }

  @Test
  void scriptsOfAdministratorsReadTheSameNumbers() {
    Visitor administrator = people.administrator("Ada Administrator");
    Visitor somebody = people.visitor("Sam Somebody");
    store.put(new ByteArrayInputStream(new byte[] {9, 8, 7, 6}), "image/png");

    Door.page(administrator, "/api/v1/storage")
        .then()
        .statusCode(200)
        .body("objects", greaterThan(0))
        .body("objectBytes", greaterThan(3));
    Door.page(somebody, "/api/v1/storage").then().statusCode(403);
  }

  @Test
  void collectingIsWorkThatKeepsWhatIsYoungAndSaysWhatItDid() throws Exception {
    Visitor administrator = people.administrator("Ada Administrator");
    String young = store.put(new ByteArrayInputStream(new byte[] {1, 2, 3}), "image/png").sha256();

    Response sent = Door.form(administrator).post("/storage/collect");
    assertEquals(303, sent.statusCode());
    String work = sent.header("Location").replaceFirst("^https?://[^/]+", "");
    assertTrue(work.startsWith("/work/"), work);
    String page = "";
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
    while (System.nanoTime() < end && !page.contains("unused ones were removed")) {
      TimeUnit.MILLISECONDS.sleep(50);
      page = Door.page(administrator, work).asString();
    }
    assertTrue(page.contains("unused ones were removed"), page);
    assertTrue(store.stat(young).isPresent());
  }
}

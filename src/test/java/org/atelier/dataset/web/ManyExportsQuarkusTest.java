package org.atelier.dataset.web;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.atelier.dataset.export.ExportTurns;
import org.atelier.platform.Ids;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.atelier.workforce.TestPeople;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class ManyExportsQuarkusTest {

  @Inject TestPeople people;
  @Inject ExportTurns turns;
  private TestPeople.Visitor owner;
  private TestImports imports;
  private String export;

  @BeforeEach
  void bringADataset() {
    owner = people.visitor("Ana");
    imports = new TestImports(owner, people.projectOf(owner));
    export = exportOf("id,text\n1,one\n");
  }

  private String exportOf(String csv) {
    String dataset =
        imports
            .run(
                "Texts " + Ids.next(),
                "TEXT",
                Map.of("f.csv", csv.getBytes(StandardCharsets.UTF_8)),
                Map.of(
                    "format",
                    "CSV",
                    "text",
                    Map.of("idColumn", "id", "textColumns", List.of("text"))))
            .getString("datasetId");
    return imports.api() + "/datasets/" + dataset + "/export?format=";
  }

  @Test
  void whoAsksWhileAFewExportsAreReadIsToldWhenToComeAgain() {
    List<ExportTurns.Turn> taken = new ArrayList<>();
    for (int i = 0; i < ExportTurns.AT_ONCE; i++) {
      taken.add(turns.take(Ids.next(), Ids.next(), () -> {}));
    }
    get("csv")
        .then()
        .statusCode(429)
        .header("Retry-After", "30")
        .body("code", equalTo("too-many-requests"))
        .body("detail", containsString("in a moment"));
    String unknown = imports.api() + "/datasets/" + Ids.next() + "/export?format=csv";
    assertEquals(429, imports.bearer().get(unknown).statusCode(), "nothing is looked up before");
    taken.forEach(ExportTurns.Turn::leave);
    assertEquals(404, imports.bearer().get(unknown).statusCode());
    assertEquals(200, get("csv").statusCode());
  }

  @Test
  void exportsThatEndHoweverTheyEndGiveTheirTurnsBack() {
    for (int i = 0; i <= ExportTurns.AT_ONCE; i++) {
      assertEquals(200, get("csv").statusCode());
      assertEquals(400, get("coco").statusCode());
      assertEquals(200, imports.bearer().head(export + "csv").statusCode());
    }
  }

  @Test
  void readerWhoTakesNothingIsBrokenOffAndGivesTheTurnBack()
      throws IOException, InterruptedException {
    String text = " words and more words".repeat(7_000) + "\n";
    StringBuilder csv = new StringBuilder("id,text\n");
    for (int i = 0; i < 200; i++) {
      csv.append(i).append(",").append(i).append(text);
    }
    String large = exportOf(csv.toString()) + "csv";
    List<Socket> readers = new ArrayList<>();
    for (int i = 0; i < ExportTurns.SHARE; i++) {
      readers.add(readerWhoBegins(large));
    }
    get("csv").then().statusCode(429).body("detail", containsString("of the project"));
    long later = System.nanoTime();
    for (int look = 0; look < 200 && get("csv").statusCode() == 429; look++) {
      later += Duration.ofSeconds(61).toNanos();
      turns.breakOffSlow(later);
      Thread.sleep(50);
    }
    assertEquals(200, get("csv").statusCode());
    for (Socket reader : readers) {
      reader.close();
    }
  }

  /** Asks for an export and reads its first bytes only. */
  private Socket readerWhoBegins(String address) throws IOException {
    Socket reader = new Socket();
    reader.setReceiveBufferSize(8_192);
    reader.connect(new InetSocketAddress("localhost", RestAssured.port));
    String request =
        "GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n"
            .formatted(address, owner.token());
    reader.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    byte[] begin = reader.getInputStream().readNBytes(15);
    assertEquals("HTTP/1.1 200 OK", new String(begin, StandardCharsets.US_ASCII));
    return reader;
  }

  private Response get(String format) {
    return imports.bearer().get(export + format);
  }
}

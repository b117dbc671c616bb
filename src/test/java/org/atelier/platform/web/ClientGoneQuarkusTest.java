package org.atelier.platform.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.atelier.workforce.TestPeople;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Trains enter tunnels: what then breaks off is no failure of the server. */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class ClientGoneQuarkusTest {

  @Inject TestPeople people;

  @TestHTTPResource("/")
  URL server;

  private final Logger log = Logger.getLogger(ProblemMapper.class.getName());
  private final List<LogRecord> written = new CopyOnWriteArrayList<>();
  private final Handler reader =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          written.add(line);
        }

        @Override
        public void flush() {
          // Nothing is kept back.
        }

        @Override
        public void close() {
          // Nothing is open.
        }
      };

  @BeforeEach
  void listen() {
    log.setLevel(Level.FINE);
    reader.setLevel(Level.ALL);
    log.addHandler(reader);
  }

  @AfterEach
  void leave() {
    log.removeHandler(reader);
    log.setLevel(null);
  }

  @Test
  void whoGoesAwayInTheMiddleOfARequestLeavesNoError() throws Exception {
    TestPeople.Visitor ana = people.visitor("Ana");
    UUID project = people.projectOf(ana).id();
    String head =
        """
        POST /api/v1/projects/%s/jobs/%s/answers HTTP/1.1
        Host: localhost
        Authorization: Bearer %s
        Content-Type: application/json
        Content-Length: 1000

        {"key":"""
            .formatted(project, UUID.randomUUID(), ana.token())
            .replace("\n", "\r\n");
    sendAndLeave(head);
    for (int look = 0; look < 300 && written.isEmpty(); look++) {
      Thread.sleep(100);
    }
    assertTrue(!written.isEmpty(), "nothing was told of the request");
    assertEquals(
        List.of(), written.stream().filter(line -> line.getLevel().intValue() > 800).toList());
  }

  private void sendAndLeave(String text) throws IOException, InterruptedException {
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      Thread.sleep(1_000);
    }
  }
}

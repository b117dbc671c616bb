package org.atelier.platform.egress;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.atelier.platform.ProblemException;
import org.atelier.platform.keys.Keys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProxiedPicturesTest {

  private static final byte[] PNG = HexFormat.of().parseHex("89504e470d0a1a0a0000000d");

  private final Keys keys = Keys.configured(name -> Optional.of(Keys.generate("k1")));
  private final ProxiedPictures pictures =
      new ProxiedPictures(new EgressGuard(Optional.of(List.of("127.0.0.1"))), keys);
  private HttpServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    serve("/picture", PNG);
    serve("/script", "<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8));
    server.start();
  }

  private void serve(String path, byte[] content) {
    server.createContext(
        path,
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, content.length);
          exchange.getResponseBody().write(content);
          exchange.close();
        });
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  @Test
  void aSignedAddressShowsThePictureWithTheTypeOfItsBytes() {
    ProxiedPictures.Picture picture = fetch(query("/picture"));
    assertEquals("image/png", picture.type());
    assertArrayEquals(PNG, picture.content());
  }

  @Test
  void whatIsNoPictureIsNotPassedOn() {
    assertThrows(ProblemException.class, () -> fetch(query("/script")));
  }

  @Test
  void anAddressSignedByNobodyIsNotFetched() {
    Map<String, String> query = query("/picture");
    Map<String, String> other = query("/script");
    assertThrows(
        ProblemException.class,
        () -> pictures.fetch(query.get("u"), query.get("k"), other.get("s")));
    assertThrows(ProblemException.class, () -> pictures.fetch(query.get("u"), "k9", "AAAA"));
    assertThrows(ProblemException.class, () -> pictures.fetch("%%%", "k1", "%%%"));
  }

  @Test
  void onlyWebAddressesAreTaken() {
    assertTrue(pictures.address("javascript:alert(1)").isEmpty());
    assertTrue(pictures.address("data:image/png;base64,AAAA").isEmpty());
    assertTrue(pictures.address("/local").isEmpty());
    assertTrue(pictures.address("https://example.com/a.png").isPresent());
  }

  private Map<String, String> query(String path) {
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + path;
    String query = URI.create(pictures.address(url).orElseThrow()).getQuery();
    return Stream.of(query.split("&"))
        .collect(
            Collectors.toMap(
                part -> part.substring(0, part.indexOf('=')),
                part -> part.substring(part.indexOf('=') + 1)));
  }

  private ProxiedPictures.Picture fetch(Map<String, String> query) {
    return pictures.fetch(query.get("u"), query.get("k"), query.get("s"));
  }
}

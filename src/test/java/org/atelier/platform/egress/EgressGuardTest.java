package org.atelier.platform.egress;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EgressGuardTest {

  private HttpServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext("/five", exchange -> answer(exchange, 200, null));
    server.createContext("/away", exchange -> answer(exchange, 302, "http://169.254.169.254/"));
    server.start();
  }

  private static void answer(
      com.sun.net.httpserver.HttpExchange exchange, int status, String location)
      throws IOException {
    if (location != null) {
      exchange.getResponseHeaders().add("Location", location);
    }
    exchange.sendResponseHeaders(status, 5);
    exchange.getResponseBody().write(new byte[] {1, 2, 3, 4, 5});
    exchange.close();
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "198.18.0.1",
        "::1",
        "fe80::1",
        "fc00::1",
        "::ffff:127.0.0.1",
        "2001:db8::1",
        "2002:7f00:1::",
        "64:ff9b::7f00:1"
      })
  void addressesOfTheOwnNetworkAreNotPublic(String address) throws UnknownHostException {
    assertFalse(AddressRules.isPublic(InetAddress.getByName(address)), address);
  }

  @ParameterizedTest
  @ValueSource(strings = {"8.8.8.8", "93.184.216.34", "172.32.0.1", "2606:4700::1111"})
  void addressesOfTheInternetArePublic(String address) throws UnknownHostException {
    assertTrue(AddressRules.isPublic(InetAddress.getByName(address)), address);
  }

  @Test
  void thisMachineIsRefusedHoweverItIsSpelled() {
    EgressGuard guard = new EgressGuard(Optional.empty());
    for (String host : List.of("127.0.0.1", "localhost", "2130706433", "0x7f000001", "[::1]")) {
      assertThrows(IOException.class, () -> guard.fetch(at(host, "/five"), 10), host);
    }
  }

  @Test
  void anAllowedHostIsFetchedUpToTheLimit() throws IOException {
    EgressGuard guard = new EgressGuard(Optional.of(List.of("127.0.0.1")));
    assertArrayEquals(
        new byte[] {1, 2, 3, 4, 5}, guard.fetch(at("127.0.0.1", "/five"), 5).content());
    EgressRefusedException refused =
        assertThrows(EgressRefusedException.class, () -> guard.fetch(at("127.0.0.1", "/five"), 4));
    assertEquals("The address answers more than 4 bytes.", refused.getMessage());
  }

  @Test
  void redirectionsAreNotFollowed() {
    EgressGuard guard = new EgressGuard(Optional.of(List.of("127.0.0.1")));
    assertThrows(EgressRefusedException.class, () -> guard.fetch(at("127.0.0.1", "/away"), 10));
  }

  @Test
  void otherSchemesAreRefused() {
    EgressGuard guard = new EgressGuard(Optional.empty());
    assertThrows(
        EgressRefusedException.class, () -> guard.fetch(URI.create("file:///etc/passwd"), 10));
    assertThrows(
        EgressRefusedException.class, () -> guard.fetch(URI.create("http://a:b@8.8.8.8/"), 10));
  }

  private URI at(String host, String path) {
    return URI.create("http://" + host + ":" + server.getAddress().getPort() + path);
  }
}

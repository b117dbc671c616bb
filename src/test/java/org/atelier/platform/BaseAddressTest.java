package org.atelier.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class BaseAddressTest {

  @Test
  void theConfiguredAddressIsTakenWithoutItsLastSlash() {
    assertEquals(
        "https://label.example.com/atelier",
        BaseAddress.of(" https://label.example.com/atelier/ ", "0.0.0.0", 8080));
  }

  @Test
  void withoutOneItIsWhereTheServerListens() {
    assertEquals("http://localhost:8110", BaseAddress.of(null, "127.0.0.1", 8110));
    assertEquals("http://localhost:80", BaseAddress.of("", "0.0.0.0", 80));
    assertEquals("http://label.intern:8080", BaseAddress.of(null, "label.intern", 8080));
    assertEquals("http://[fd00::1]:8080", BaseAddress.of(null, "fd00::1", 8080));
  }
}

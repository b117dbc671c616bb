package org.atelier.platform.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysTest {

  @TempDir Path folder;

  @Test
  void keysAreMadeOnceAndReadableByTheirOwnerOnly() throws IOException {
    Path keys = folder.resolve("keys");
    Keys first = Keys.kept(key -> Optional.empty(), keys);
    Keys second = Keys.kept(key -> Optional.empty(), keys);

    for (KeyPurpose purpose : KeyPurpose.values()) {
      assertArrayEquals(
          first.ring(purpose).current().mac("text"), second.ring(purpose).current().mac("text"));
      assertEquals(
          "rw-------",
          PosixFilePermissions.toString(
              Files.getPosixFilePermissions(keys.resolve(purpose.key()))));
    }
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)));
    assertFalse(
        HexFormat.of()
            .formatHex(first.ring(KeyPurpose.LINK).current().mac("text"))
            .equals(HexFormat.of().formatHex(first.ring(KeyPurpose.TOKEN).current().mac("text"))));
  }

  @Test
  void everyMissingKeyOfAnExternalDatabaseIsNamed() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    Keys.configured(
                        key ->
                            key.equals("atelier.keys.link")
                                ? Optional.of(Keys.generate("a"))
                                : Optional.empty()))
            .getMessage();

    assertTrue(message.contains("atelier.keys.session"), message);
    assertTrue(message.contains("atelier.keys.evidence"), message);
    assertTrue(message.contains("atelier.keys.token"), message);
    assertFalse(message.contains("atelier.keys.link"), message);
  }

  @Test
  void newKeyInFrontMakesAndTheOldOneStillChecks() {
    String old = Keys.generate("spring");
    String fresh = Keys.generate("summer");
    KeyRing before = KeyRing.parse(KeyPurpose.LINK, old);
    KeyRing after = KeyRing.parse(KeyPurpose.LINK, fresh + "," + old);

    assertEquals("summer", after.current().id());
    assertArrayEquals(before.current().mac("x"), after.find("spring").orElseThrow().mac("x"));
    assertTrue(after.find("autumn").isEmpty());
  }

  @Test
  void shortSecretsAndRepeatedIdsAreRefusedWithoutShowingTheSecret() {
    String secret = Base64.getEncoder().encodeToString("short".getBytes());
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> KeyRing.parse(KeyPurpose.LINK, "a:" + secret))
            .getMessage();
    assertTrue(message.contains("link key 1"), message);
    assertFalse(message.contains(secret), message);

    String key = Keys.generate("a");
    assertThrows(
        IllegalArgumentException.class, () -> KeyRing.parse(KeyPurpose.LINK, key + "\n" + key));
  }

  @Test
  void macIsHmacSha256() {
    // RFC 4231, test case 6: a key of 131 bytes 0xaa.
    byte[] secret = new byte[131];
    Arrays.fill(secret, (byte) 0xaa);
    KeyRing ring =
        KeyRing.parse(KeyPurpose.LINK, "a:" + Base64.getEncoder().encodeToString(secret));

    assertEquals(
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
        HexFormat.of()
            .formatHex(
                ring.current().mac("Test Using Larger Than Block-Size Key - Hash Key First")));
  }
}

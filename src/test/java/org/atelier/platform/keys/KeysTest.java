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
import java.util.List;
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
  void aFileThatIsNoKeyIsNamedWithTheWayOut() throws IOException {
    Path keys = folder.resolve("keys");
    Keys.kept(key -> Optional.empty(), keys);
    Path link = keys.resolve("link");
    for (byte[] wrong : new byte[][] {"k9:YWJj".getBytes(), {(byte) 0xff, 0, 1}, {}}) {
      Files.write(link, wrong);
      String message = refusal(keys);
      assertTrue(message.startsWith(link.toString()), message);
      assertTrue(message.endsWith("what the old one made is no longer valid."), message);
    }
  }

  @Test
  void aKeyThatOthersMayReadIsRefusedUntilItsModeIsMended() throws IOException {
    Path keys = folder.resolve("keys");
    Keys.kept(key -> Optional.empty(), keys);
    Path token = keys.resolve("token");
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-r--r--"));
    String message = refusal(keys);
    assertTrue(message.contains("(rw-r--r--). Say chmod 600 " + token), message);
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
    assertEquals(
        "k1", Keys.kept(key -> Optional.empty(), keys).ring(KeyPurpose.TOKEN).current().id());
  }

  @Test
  void aKeyThatIsGoneIsReplacedUnderAnotherId() throws IOException {
    Path keys = folder.resolve("keys");
    Keys.kept(key -> Optional.empty(), keys);
    Files.delete(keys.resolve("evidence"));
    assertEquals(List.of(KeyPurpose.EVIDENCE), Keys.replaceMissing(key -> Optional.empty(), keys));
    Keys now = Keys.kept(key -> Optional.empty(), keys);
    assertTrue(now.ring(KeyPurpose.EVIDENCE).current().id().matches("k-[0-9a-f]{8}"));
    assertTrue(now.ring(KeyPurpose.EVIDENCE).find("k1").isEmpty());
    assertEquals("k1", now.ring(KeyPurpose.LINK).current().id());
    assertEquals(List.of(), Keys.replaceMissing(key -> Optional.empty(), keys));
  }

  private static String refusal(Path keys) {
    return assertThrows(UnusableKeyException.class, () -> Keys.kept(key -> Optional.empty(), keys))
        .getMessage();
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

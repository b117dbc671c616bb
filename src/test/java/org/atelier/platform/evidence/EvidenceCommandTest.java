package org.atelier.platform.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.atelier.platform.keys.KeyPurpose;
import org.atelier.platform.keys.Keys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class EvidenceCommandTest {

  private static final String DATA = "atelier.data-dir";

  @TempDir Path folder;
  private final StringWriter said = new StringWriter();
  private Path file;

  @BeforeEach
  void signSomething() throws Exception {
    System.setProperty(DATA, folder.resolve("data").toString());
    Files.createDirectories(folder.resolve("data"));
    Keys keys = Keys.kept(key -> Optional.empty(), folder.resolve("data/keys"));
    ObjectNode document = new ObjectMapper().createObjectNode().put("machine", 2_400);
    SignedJson.sign(document, keys.ring(KeyPurpose.EVIDENCE).current());
    file = Files.writeString(folder.resolve("certificate.json"), document.toPrettyString());
  }

  @AfterEach
  void forget() {
    System.clearProperty(DATA);
  }

  private int verify() {
    return new CommandLine(new EvidenceCommand())
        .setOut(new PrintWriter(said, true))
        .setErr(new PrintWriter(said, true))
        .execute("verify", file.toString());
  }

  @Test
  void whatWasSignedHereIsValid() {
    assertEquals(0, verify(), said::toString);
    assertTrue(said.toString().contains("evidence key k1"), said.toString());
  }

  @Test
  void whatWasChangedIsNot() throws Exception {
    Files.writeString(file, Files.readString(file).replace("2400", "2500"));
    assertEquals(1, verify(), said::toString);
  }

  @Test
  void whatIsNoJsonIsNamedWithItsPlace() throws Exception {
    Files.writeString(file, "{\n  \"a\": ?");
    assertEquals(2, verify());
    assertTrue(said.toString().contains("certificate.json, line 2"), said.toString());
  }

  @Test
  void withoutAKeyTheWayOutIsNamed() throws Exception {
    System.setProperty(DATA, folder.resolve("nowhere").toString());
    assertEquals(2, verify());
    assertTrue(said.toString().contains("ATELIER_KEYS_EVIDENCE"), said.toString());
  }
}

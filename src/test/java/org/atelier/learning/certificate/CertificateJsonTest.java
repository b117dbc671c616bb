package org.atelier.learning.certificate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.atelier.platform.evidence.SignedJson;
import org.atelier.platform.keys.KeyPurpose;
import org.atelier.platform.keys.KeyRing;
import org.atelier.platform.keys.Keys;
import org.junit.jupiter.api.Test;

class CertificateJsonTest {

  private static final long SEED = -5148419550746503548L;
  private static final long DRAWS = 4601277990783051957L;

  private final ObjectMapper json =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();
  private final KeyRing keys =
      Keys.configured(key -> Optional.of(Keys.generate("k1"))).ring(KeyPurpose.EVIDENCE);

  @Test
  void aReaderThatKeepsNumbersTo53BitsChangesNothing() throws Exception {
    ObjectNode document = json.valueToTree(certificate());
    SignedJson.sign(document, keys.current());
    assertEquals("" + SEED, document.at("/job/seed").textValue());
    assertEquals("" + DRAWS, document.at("/audits/0/seed").textValue());
    // a JSON reader that knows no numbers but doubles, as those of jq and browsers
    Object read =
        json.readerFor(Map.class)
            .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .readValue(document.toString().replaceAll("(?<=[:,\\[])-?\\d{16,}(?=[,}\\]])", "0"));
    assertEquals(
        SignedJson.Verdict.VALID, SignedJson.check(json.writeValueAsString(read), keys).verdict());
    assertEquals(SEED, json.treeToValue(document, Certificate.class).job().seed());
  }

  @Test
  void aCertificateWhoseSeedsAreNumbersIsReadAndStaysValid() throws Exception {
    ObjectNode document = json.valueToTree(certificate());
    ((ObjectNode) document.get("job")).put("seed", SEED);
    ((ObjectNode) document.at("/audits/0")).put("seed", DRAWS);
    SignedJson.sign(document, keys.current());
    String written = document.toPrettyString();
    assertTrue(written.contains("\"seed\" : " + SEED), written);
    assertEquals(SignedJson.Verdict.VALID, SignedJson.check(written, keys).verdict());
    Certificate read = json.readValue(written, Certificate.class);
    assertEquals(SEED, read.job().seed());
    assertEquals(DRAWS, read.audits().get(0).seed());
  }

  private static Certificate certificate() {
    Instant now = Instant.parse("2026-12-01T03:14:25Z");
    return new Certificate(
        Certificate.FORMAT,
        "All is well.",
        new Certificate.Job(
            new UUID(1, 2), "Garments", new UUID(3, 4), now, now, SEED, 1, "majority", "", null),
        new Certificate.Data(new UUID(5, 6), "Autumn", 1, "aa", 2, "bb"),
        new Certificate.Counts(10, 5, 5, 0, 5, 0),
        new Certificate.Guarantee(
            Certificate.State.CERTIFIED,
            0.95,
            0.05,
            "",
            "",
            0.9516348773841962,
            null,
            null,
            "",
            "",
            null),
        List.of(
            new Certificate.Audit(
                1, 0.95, 0.0405, 10, 5, 0, 0, 5, 0.9516348773841962, 0.97, DRAWS)),
        null,
        new Certificate.HumanError(0, 0, 0, 0.0, null, 5L, 5L, 0L, Unmeasured.NONE_DRAWN),
        List.of(),
        null,
        now);
  }
}

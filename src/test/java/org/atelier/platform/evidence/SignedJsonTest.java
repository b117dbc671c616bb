package org.atelier.platform.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.atelier.platform.evidence.SignedJson.Check;
import org.atelier.platform.evidence.SignedJson.Verdict;
import org.atelier.platform.keys.KeyPurpose;
import org.atelier.platform.keys.KeyRing;
import org.atelier.platform.keys.Keys;
import org.junit.jupiter.api.Test;

class SignedJsonTest {

  private final ObjectMapper json = new ObjectMapper();
  private final String old = Keys.generate("k1");
  private final KeyRing keys = ring(old);

  private static KeyRing ring(String text) {
    return Keys.configured(key -> Optional.of(text)).ring(KeyPurpose.EVIDENCE);
  }

  private ObjectNode document() throws JsonProcessingException {
    return (ObjectNode)
        json.readTree("{\"b\": [1.50, -0.0, 1E3], \"a\": {\"ü\": \"x\\n\", \"n\": null}}");
  }

  @Test
  void theCanonicalFormHasOneOrderNoSpaceAndPlainNumbers() throws Exception {
    assertEquals(
        "{\"a\":{\"n\":null,\"ü\":\"x\\n\"},\"b\":[1.5,0,1000]}", SignedJson.canonical(document()));
  }

  @Test
  void aSignedDocumentIsValidHoweverItIsPrinted() throws Exception {
    ObjectNode document = document();
    SignedJson.sign(document, keys.current());
    Check valid = new Check(Verdict.VALID, "k1");
    assertEquals(valid, SignedJson.check(document.toString(), keys));
    assertEquals(valid, SignedJson.check(document.toPrettyString(), keys));
  }

  @Test
  void fractionsAreWrittenAsShortAsTheyCanBe() throws Exception {
    ObjectNode document = json.createObjectNode().put("whole", 7);
    document.putArray("parts").add(2.2E-322).add(0.95).add(0.9516348773841962).add(1e-7).add(0.0);
    SignedJson.sign(document, keys.current());
    assertEquals("[2.2E-322,0.95,0.9516348773841962,1E-7,0]", document.get("parts").toString());
    assertEquals(Verdict.VALID, SignedJson.check(document.toString(), keys).verdict());
  }

  @Test
  void aChangedNumberIsFound() throws Exception {
    ObjectNode document = document();
    SignedJson.sign(document, keys.current());
    String changed = document.toString().replace("1.5", "1.6");
    assertEquals(new Check(Verdict.CHANGED, "k1"), SignedJson.check(changed, keys));
  }

  @Test
  void anAddedMemberIsFound() throws Exception {
    ObjectNode document = document();
    SignedJson.sign(document, keys.current());
    document.put("c", true);
    assertEquals(Verdict.CHANGED, SignedJson.check(document.toString(), keys).verdict());
  }

  @Test
  void anOlderKeyStillChecksAndAForeignOneDoesNot() throws Exception {
    ObjectNode document = document();
    SignedJson.sign(document, keys.current());
    KeyRing changed = ring(Keys.generate("k2") + "," + old);
    assertEquals(new Check(Verdict.VALID, "k1"), SignedJson.check(document.toString(), changed));
    assertEquals(
        Verdict.UNKNOWN_KEY,
        SignedJson.check(document.toString(), ring(Keys.generate("k2"))).verdict());
    assertEquals(
        Verdict.CHANGED,
        SignedJson.check(document.toString(), ring(Keys.generate("k1"))).verdict());
  }

  @Test
  void withoutASignatureNothingIsClaimed() throws Exception {
    assertEquals(new Check(Verdict.UNSIGNED, null), SignedJson.check("{}", keys));
    assertThrows(JsonProcessingException.class, () -> SignedJson.check("[]", keys));
    assertThrows(JsonProcessingException.class, () -> SignedJson.check("{\"a\":1,\"a\":2}", keys));
  }
}

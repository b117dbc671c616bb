package org.atelier.platform.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.atelier.platform.keys.Key;
import org.atelier.platform.keys.KeyRing;

/**
 * JSON objects with a signature in their member {@value #MEMBER}: {@code algorithm}, {@code keyId}
 * and {@code value}, the HMAC-SHA-256 (RFC 2104) with an evidence key over the canonical form, in
 * base64. Whoever has the key can check it; nobody else can make or check one. Pure.
 *
 * <p>The canonical form is the object without its signature, in UTF-8, without white space between
 * tokens, members in ascending order of their names by UTF-16 code units, numbers as plain decimals
 * without trailing zeros, strings escaped no more than JSON demands. So a document may be printed
 * anew, indented or not, and stays signed.
 */
public final class SignedJson {

  /** Name of the member that holds the signature. */
  public static final String MEMBER = "signature";

  /** The only algorithm. */
  public static final String ALGORITHM = "HMAC-SHA-256";

  /** Decimal digits that tell any two fractions apart. */
  private static final int MOST_DIGITS = 17;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private SignedJson() {}

  /** What a check found. */
  public enum Verdict {
    /** Signed by this installation and unchanged since. */
    VALID,
    /** The document or its signature was changed since it was signed. */
    CHANGED,
    /** Signed with a key, or an algorithm, that is not known here. */
    UNKNOWN_KEY,
    /** There is no signature. */
    UNSIGNED
  }

  /**
   * A check of a document.
   *
   * @param keyId key the document names, null without a signature
   */
  public record Check(Verdict verdict, String keyId) {}

  /**
   * Puts the signature into an object, in the place of one that is there. Fractions in it become
   * the shortest decimals that name them, as most programs print them, so that one that reads and
   * writes the document anew changes no digit. Whole numbers beyond 53 bits belong into strings.
   */
  public static void sign(ObjectNode document, Key key) {
    shorten(document);
    String value = Base64.getEncoder().encodeToString(key.mac(canonical(document)));
    document
        .putObject(MEMBER)
        .put("algorithm", ALGORITHM)
        .put("keyId", key.id())
        .put("value", value);
  }

  /**
   * Checks a document.
   *
   * @throws JsonProcessingException if it is not one JSON object, or names a member twice
   */
  public static Check check(String document, KeyRing keys) throws JsonProcessingException {
    JsonNode tree = JSON.readTree(document);
    if (!(tree instanceof ObjectNode object)) {
      throw new NoObjectException();
    }
    JsonNode signature = object.path(MEMBER);
    if (!signature.isObject()) {
      return new Check(Verdict.UNSIGNED, null);
    }
    String keyId = signature.path("keyId").asText();
    Optional<Key> key = keys.find(keyId);
    if (key.isEmpty() || !signature.path("algorithm").asText().equals(ALGORITHM)) {
      return new Check(Verdict.UNKNOWN_KEY, keyId);
    }
    byte[] expected = key.get().mac(canonical(object));
    boolean same = MessageDigest.isEqual(expected, bytes(signature.path("value").asText()));
    return new Check(same ? Verdict.VALID : Verdict.CHANGED, keyId);
  }

  private static void shorten(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.properties().forEach(member -> member.setValue(shortened(member.getValue())));
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, shortened(array.get(i)));
      }
    }
  }

  private static JsonNode shortened(JsonNode node) {
    shorten(node);
    return node.isDouble() && Double.isFinite(node.doubleValue())
        ? DecimalNode.valueOf(shortest(node.doubleValue()))
        : node;
  }

  /** Double.toString of Java 17 may have a digit more. */
  static BigDecimal shortest(double number) {
    BigDecimal exact = new BigDecimal(number);
    for (int digits = 1; digits < MOST_DIGITS; digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits));
      if (rounded.doubleValue() == number) {
        return rounded;
      }
    }
    return exact.round(new MathContext(MOST_DIGITS));
  }

  private static byte[] bytes(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  /** The canonical form of an object, its signature left out. */
  static String canonical(ObjectNode document) {
    ObjectNode bare = document.deepCopy();
    bare.remove(MEMBER);
    StringBuilder text = new StringBuilder();
    append(bare, text);
    return text.toString();
  }

  private static void append(JsonNode node, StringBuilder text) {
    if (node.isObject()) {
      List<String> names = new ArrayList<>();
      node.fieldNames().forEachRemaining(names::add);
      Collections.sort(names);
      char before = '{';
      for (String name : names) {
        text.append(before).append(TextNode.valueOf(name)).append(':');
        append(node.get(name), text);
        before = ',';
      }
      text.append(names.isEmpty() ? "{}" : "}");
    } else if (node.isArray()) {
      text.append('[');
      for (int i = 0; i < node.size(); i++) {
        text.append(i == 0 ? "" : ",");
        append(node.get(i), text);
      }
      text.append(']');
    } else if (node.isNumber()) {
      boolean zero = node.decimalValue().signum() == 0;
      text.append(zero ? "0" : node.decimalValue().stripTrailingZeros().toPlainString());
    } else {
      text.append(node);
    }
  }

  /** The document is JSON, but no object. */
  private static final class NoObjectException extends JsonProcessingException {
    private static final long serialVersionUID = 1L;

    NoObjectException() {
      super("It is not a JSON object");
    }
  }
}

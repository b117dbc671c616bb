package org.atelier.platform.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** One act as shown to people. */
record AuditRow(
    long id,
    OffsetDateTime at,
    String personName,
    String action,
    String subjectType,
    UUID subjectId,
    String details,
    String requestId) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int DIGEST = 64;
  private static final int SHOWN_OF_DIGEST = 12;

  /** One detail in words. */
  record Fact(String key, String value) {}

  /** The action in words: {@code job-started} becomes {@code job started}. */
  public String words() {
    return action.replace('-', ' ');
  }

  /** The details one by one; digests are shortened, the export has them whole. */
  public List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    try {
      JsonNode all = JSON.readTree(details == null ? "{}" : details);
      all.properties().forEach(one -> facts.add(fact(one.getKey(), one.getValue())));
    } catch (JsonProcessingException e) {
      facts.add(new Fact("", details));
    }
    return facts;
  }

  private static Fact fact(String key, JsonNode value) {
    String words = key.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
    String text = value.isValueNode() ? value.asText() : value.toString();
    boolean digest = text.length() == DIGEST && text.matches("[0-9a-f]+");
    return new Fact(words, digest ? text.substring(0, SHOWN_OF_DIGEST) + "…" : text);
  }
}

package org.atelier.dataset.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.atelier.dataset.ViewRef;
import org.atelier.dataset.catalog.NewItem;
import org.atelier.dataset.format.SourceRow;
import org.atelier.platform.Sha256;

/** Makes items of rows: checks what can be stored, names the nameless, computes digests. */
final class RowPreparation {

  private static final int LONGEST_LABEL = 200;
  private static final int MOST_LABELS = 200;
  private static final int LONGEST_METADATA = 100_000;
  private static final int MOST_DIGITS = 1_000;
  private static final int DERIVED_ID_BYTES = 10;

  private final Set<String> allowedLabels;
  private final ObjectMapper json =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  /**
   * @param allowedLabels null for all
   */
  RowPreparation(List<String> allowedLabels) {
    this.allowedLabels = allowedLabels == null ? null : Set.copyOf(allowedLabels);
  }

  /** What is wrong with the row whatever its pictures are, null when nothing is. */
  String fault(SourceRow row) {
    if (!storable(row.externalId()) || !storable(row.text()) || !storable(row.line())) {
      return "The row contains characters that are no text (a zero or half a character)";
    }
    if (row.labels() == null) {
      return null;
    }
    if (row.labels().size() > MOST_LABELS) {
      return "The row has %,d labels; at most %,d are allowed"
          .formatted(row.labels().size(), MOST_LABELS);
    }
    for (String label : row.labels()) {
      if (label.length() > LONGEST_LABEL || !storable(label)) {
        return "A label is longer than 200 characters or no text";
      }
      if (allowedLabels != null && !allowedLabels.contains(label)) {
        return "The label " + label + " is not in the label set";
      }
    }
    return null;
  }

  /** The row's metadata as a JSON object with sorted keys. */
  String metadata(SourceRow row) throws RowFaultException {
    if (row.metadata().isEmpty()) {
      return "{}";
    }
    if (!isStorableJson(row.metadata())) {
      throw new RowFaultException(
          "A number of the metadata has more than 1,000 digits before or after the point");
    }
    try {
      String metadata = json.writeValueAsString(row.metadata());
      if (metadata.length() > LONGEST_METADATA) {
        throw new RowFaultException(
            "The metadata have %,d characters; at most %,d are allowed"
                .formatted(metadata.length(), LONGEST_METADATA));
      }
      if (!storable(metadata) || metadata.contains("\\u0000")) {
        throw new RowFaultException(
            "The metadata contain characters that are no text (a zero or half a character)");
      }
      return metadata;
    } catch (JsonProcessingException e) {
      throw new RowFaultException("The metadata cannot be stored");
    }
  }

  /** PostgreSQL writes numbers out in full, however short they are in JSON. */
  private static boolean isStorableJson(Object value) {
    if (value instanceof Map<?, ?> object) {
      return object.values().stream().allMatch(RowPreparation::isStorableJson);
    }
    if (value instanceof List<?> list) {
      return list.stream().allMatch(RowPreparation::isStorableJson);
    }
    return !(value instanceof BigDecimal number)
        || number.scale() <= MOST_DIGITS
            && (long) number.precision() - number.scale() <= MOST_DIGITS;
  }

  /** The item of a row whose pictures are known. */
  NewItem item(SourceRow row, String metadata, List<ViewRef> views) {
    byte[] digest = digest(row, metadata, views);
    String id = row.externalId();
    if (id == null) {
      id = HexFormat.of().formatHex(digest, 0, DERIVED_ID_BYTES);
    }
    return new NewItem(
        row.number(), id, row.text(), metadata, row.labels(), row.line(), digest, views);
  }

  private static byte[] digest(SourceRow row, String metadata, List<ViewRef> views) {
    MessageDigest sha256 = Sha256.create();
    field(sha256, row.text() == null ? "pictures" : "text");
    if (row.text() != null) {
      field(sha256, row.text());
    }
    for (ViewRef view : views) {
      field(sha256, view.name());
      field(sha256, view.sha256());
    }
    field(sha256, metadata);
    return sha256.digest();
  }

  private static void field(MessageDigest sha256, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    sha256.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
    sha256.update(bytes);
  }

  /** Whether PostgreSQL takes it: no zero, no half of a surrogate pair. */
  static boolean storable(String text) {
    if (text == null) {
      return true;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || Character.isLowSurrogate(c)) {
        return false;
      }
      if (Character.isHighSurrogate(c)) {
        i++;
        if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
          return false;
        }
      }
    }
    return true;
  }

  /** A row that cannot be taken; the message is the reason. */
  static final class RowFaultException extends Exception {

    private static final long serialVersionUID = 1L;

    RowFaultException(String reason) {
      super(reason);
    }
  }
}

package org.atelier.dataset.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;

/** Fields of JSON objects as they are written, to the letter. */
final class JsonFields {

  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonFields() {}

  /**
   * An object without some of its fields. The text of the others stays as it is, numbers included;
   * so does the whole text when the object has none of these fields.
   *
   * @param object text of a JSON object
   */
  static String without(String object, Set<String> names) throws IOException {
    StringBuilder kept = new StringBuilder("{");
    boolean dropped = false;
    try (JsonParser parser = FACTORY.createParser(object)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean drop = names.contains(parser.currentName());
        int from = (int) parser.currentTokenLocation().getCharOffset();
        parser.nextToken();
        parser.skipChildren();
        parser.finishToken();
        int end = (int) parser.currentLocation().getCharOffset();
        dropped |= drop;
        if (!drop) {
          kept.append(kept.length() == 1 ? "" : ",").append(object, from, end);
        }
      }
    }
    return dropped ? kept.append('}').toString() : object;
  }

  /** The names of an object's own fields, without escapes. */
  static Set<String> names(String object) throws IOException {
    Set<String> names = new LinkedHashSet<>();
    try (JsonParser parser = FACTORY.createParser(object)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        names.add(parser.currentName());
        parser.nextToken();
        parser.skipChildren();
      }
    }
    return names;
  }

  /** JSON without the spaces between its parts. */
  static String compact(String json) {
    StringBuilder compact = new StringBuilder(json.length());
    boolean text = false;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (text && c == '\\') {
        compact.append(c).append(json.charAt(++i));
      } else {
        text ^= c == '"';
        if (text || " \t\r\n".indexOf(c) < 0) {
          compact.append(c);
        }
      }
    }
    return compact.toString();
  }
}

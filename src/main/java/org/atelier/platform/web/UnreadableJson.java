package org.atelier.platform.web;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.atelier.platform.ProblemException;

/** Says in plain words what is wrong with a JSON document that could not be read, and where. */
final class UnreadableJson {

  private static final int VALUE_SHOWN = 60;

  private UnreadableJson() {}

  /** The problem of a document that is no JSON. */
  static ProblemException broken(JsonProcessingException e) {
    return ProblemException.invalid("body", "The JSON cannot be read" + place(e) + ".");
  }

  /** The problem of a document whose value is of another type than the address takes. */
  static ProblemException mismatched(MismatchedInputException e) {
    String field = e.getPath().stream().map(UnreadableJson::step).collect(Collectors.joining("."));
    if (e instanceof UnrecognizedPropertyException unknown) {
      return ProblemException.invalid(
          field, field + ": there is no such field here" + place(e) + "." + known(unknown));
    }
    String expected = words(e.getTargetType());
    String found =
        e instanceof InvalidFormatException format ? ", found " + shown(format.getValue()) : "";
    return field.isEmpty()
        ? ProblemException.invalid("body", "Expected " + expected + found + place(e) + ".")
        : ProblemException.invalid(
            field, field + ": expected " + expected + found + place(e) + ".");
  }

  private static String known(UnrecognizedPropertyException e) {
    Collection<Object> fields = e.getKnownPropertyIds();
    return fields == null || fields.isEmpty()
        ? ""
        : fields.stream()
            .map(String::valueOf)
            .sorted()
            .collect(Collectors.joining(", ", " There are: ", "."));
  }

  private static String step(JsonMappingException.Reference reference) {
    return reference.getFieldName() == null
        ? String.valueOf(reference.getIndex())
        : reference.getFieldName();
  }

  private static String place(JsonProcessingException e) {
    JsonLocation at = e.getLocation();
    return at == null || at.getLineNr() < 1
        ? ""
        : " (line %d, column %d)".formatted(at.getLineNr(), at.getColumnNr());
  }

  private static String shown(Object value) {
    String text = String.valueOf(value);
    return '"' + (text.length() > VALUE_SHOWN ? text.substring(0, VALUE_SHOWN) + "…" : text) + '"';
  }

  private static String words(Class<?> type) {
    if (type == null) {
      return "another value";
    }
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(String::valueOf)
          .collect(Collectors.joining(", ", "one of ", ""));
    }
    if (type == UUID.class) {
      return "an id";
    }
    if (type == Instant.class) {
      return "an instant such as 2026-11-24T10:00:00Z";
    }
    if (type == Boolean.class || type == boolean.class) {
      return "true or false";
    }
    if (List.of(int.class, long.class, short.class, Integer.class, Long.class, Short.class)
        .contains(type)) {
      return "a whole number";
    }
    if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
      return "a number";
    }
    if (CharSequence.class.isAssignableFrom(type)) {
      return "a text";
    }
    return type.isArray() || Collection.class.isAssignableFrom(type) ? "a list" : "an object";
  }
}

package org.atelier.dataset.sample;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Named lists of alternatives that refer to each other as {@code {name}}. */
final class Grammar {
  private static final int DEEPEST = 12;

  private final Map<String, List<String>> rules;

  private Grammar(Map<String, List<String>> rules) {
    this.rules = rules;
  }

  /**
   * Reads rules of the form {@code name = alternative | alternative}, one per line; lines that
   * start with {@code #} are comments.
   *
   * @throws IllegalArgumentException when a line is no rule or the resource is missing
   */
  static Grammar read(String resource) {
    Map<String, List<String>> rules = new LinkedHashMap<>();
    try (InputStream in = Grammar.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException("There is no grammar " + resource + ".");
      }
      BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.isBlank() && !line.startsWith("#")) {
          int equals = line.indexOf(" = ");
          if (equals < 0) {
            throw new IllegalArgumentException("Not a rule: " + line);
          }
          rules.put(
              line.substring(0, equals).strip(),
              List.of(line.substring(equals + 3).strip().split(" \\| ")));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Grammar(rules);
  }

  /** The alternatives of a name, in their order; empty when there is no such rule. */
  List<String> alternatives(String name) {
    return rules.getOrDefault(name, List.of());
  }

  /** One alternative of a name, expanded; words in {@code fixed} stand for themselves. */
  String say(String name, Map<String, String> fixed, Random random) {
    return expand("{" + name + "}", fixed, random, 0);
  }

  private String expand(String text, Map<String, String> fixed, Random random, int depth) {
    if (depth > DEEPEST) {
      throw new IllegalArgumentException("A rule refers to itself: " + text);
    }
    StringBuilder result = new StringBuilder();
    int place = 0;
    for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', place)) {
      int close = text.indexOf('}', open);
      String name = text.substring(open + 1, close);
      result.append(text, place, open);
      result.append(
          fixed.containsKey(name)
              ? fixed.get(name)
              : expand(choose(name, random), fixed, random, depth + 1));
      place = close + 1;
    }
    return result.append(text.substring(place)).toString();
  }

  private String choose(String name, Random random) {
    List<String> choices = new ArrayList<>(alternatives(name));
    if (choices.isEmpty()) {
      throw new IllegalArgumentException("There is no rule " + name + ".");
    }
    return choices.get(random.nextInt(choices.size()));
  }
}

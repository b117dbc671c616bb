package org.atelier.dataset.sample;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * One row of the bundled descriptions: what a customer says about a garment.
 *
 * @param department what kind of garment it is about; true by construction
 * @param recommended whether the writer recommends it; true by construction
 */
record Description(
    String id,
    String title,
    String text,
    String department,
    boolean recommended,
    String colour,
    String size) {

  static final List<String> DEPARTMENTS =
      List.of("Tops", "Dresses", "Bottoms", "Knitwear", "Outerwear", "Loungewear");
  static final String HEADER = "id,title,text,department,recommended,colour,size";

  private static final double[] SHARES = {0.26, 0.22, 0.20, 0.14, 0.10, 0.08};
  private static final Grammar GRAMMAR = Grammar.read("descriptions.grammar");

  /** The row with a number; the same seed and number always make the same row. */
  static Description of(long seed, int number) {
    Random random = new Random((seed * 1_000_003L + number) * 0x9E3779B97F4A7C15L);
    String id = String.format(Locale.ROOT, "d%05d", number);
    return new Writer(random).write(id);
  }

  String row() {
    return String.join(
        ",",
        id,
        quoted(title),
        quoted(text),
        department,
        recommended ? "yes" : "no",
        colour,
        quoted(size));
  }

  private static String quoted(String cell) {
    return '"' + cell.replace("\"", "\"\"") + '"';
  }

  /** Composes one row. */
  private static final class Writer {
    private final Random random;
    private final Dice dice;
    private final Map<String, String> fixed = new HashMap<>();
    private final List<String> sentences = new ArrayList<>();

    Writer(Random random) {
      this.random = random;
      this.dice = new Dice(random);
    }

    Description write(String id) {
      String department = department();
      boolean recommended = dice.chance(0.78);
      boolean mixed = dice.chance(0.2);
      for (String word : List.of("colour", "fabric", "size")) {
        fixed.put(word, GRAMMAR.say(word, Map.of(), random));
      }
      boolean named = dice.chance(0.93);
      item("item", GRAMMAR.say(named ? "noun." + department : "vague", Map.of(), random));
      item("other", GRAMMAR.say("noun." + otherThan(department), Map.of(), random));
      body(department, recommended, mixed);
      String kind =
          mixed || dice.chance(0.3) ? "title.mixed" : recommended ? "title.plus" : "title.minus";
      String title = GRAMMAR.say(kind, fixed, random);
      return new Description(
          id,
          sentence(title),
          String.join(" ", sentences),
          department,
          recommended,
          fixed.get("colour"),
          fixed.get("size"));
    }

    private void item(String slot, String noun) {
      fixed.put(slot, noun);
      boolean plural = GRAMMAR.alternatives("plural").contains(noun);
      fixed.put(
          "det." + slot,
          plural ? dice.of("these ", "the ") + noun : dice.of("this ", "the ") + noun);
      if (slot.equals("item")) {
        fixed.put("this", plural ? "these" : "this");
        fixed.put("is", plural ? "are" : "is");
      }
      if (slot.equals("other")) {
        fixed.put("det.other", dice.of("my ", "the ") + noun);
        fixed.put("a.other", plural ? noun : "a " + noun);
      }
    }

    private void body(String department, boolean recommended, boolean mixed) {
      String side = recommended ? "plus" : "minus";
      say(dice.chance(0.94) ? "open" : "open.free");
      if (dice.chance(0.25)) {
        say("describe");
      }
      List<String> middle =
          new ArrayList<>(mixed ? undecided(recommended) : arguments(side, recommended));
      if (dice.chance(mixed ? 0.3 : 0.65)) {
        middle.add(side + "." + department);
      }
      if (dice.chance(0.35)) {
        middle.add(!recommended && dice.chance(0.3) ? "aside.minus" : "aside");
      }
      Collections.shuffle(middle, random);
      for (String kind : middle) {
        argue(kind, recommended);
      }
      if (!mixed && dice.chance(0.55)) {
        say("verdict." + side);
      }
    }

    private List<String> arguments(String side, boolean recommended) {
      List<String> arguments = new ArrayList<>(Collections.nCopies(dice.count(1, 3), side));
      if (dice.chance(0.4)) {
        arguments.add(recommended ? "minus.small" : "plus.small");
      }
      return arguments;
    }

    /** Small things on both sides; which side has more says little. */
    private List<String> undecided(boolean recommended) {
      List<String> arguments = new ArrayList<>(List.of("plus.small", "minus.small"));
      if (dice.chance(0.6)) {
        arguments.add(dice.chance(recommended ? 0.6 : 0.4) ? "plus.small" : "minus.small");
      }
      return arguments;
    }

    private void argue(String kind, boolean recommended) {
      boolean turns = kind.equals(recommended ? "minus.small" : "plus.small");
      String said = GRAMMAR.say(kind, fixed, random);
      if (turns && !sentences.isEmpty() && dice.chance(0.4)) {
        said = GRAMMAR.say("but", fixed, random) + " " + said;
      }
      add(said);
    }

    private void say(String kind) {
      add(GRAMMAR.say(kind, fixed, random));
    }

    private void add(String said) {
      String one = sentence(said);
      if (!sentences.contains(one)) {
        sentences.add(one);
      }
    }

    private static String sentence(String text) {
      return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private String department() {
      double roll = random.nextDouble();
      for (int i = 0; i < SHARES.length; i++) {
        roll -= SHARES[i];
        if (roll < 0) {
          return DEPARTMENTS.get(i);
        }
      }
      return DEPARTMENTS.get(0);
    }

    private String otherThan(String department) {
      String other = dice.pick(DEPARTMENTS);
      while (other.equals(department)) {
        other = dice.pick(DEPARTMENTS);
      }
      return other;
    }
  }
}

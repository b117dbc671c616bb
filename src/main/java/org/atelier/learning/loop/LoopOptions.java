package org.atelier.learning.loop;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.DoublePredicate;
import java.util.stream.Collectors;
import org.atelier.dataset.ItemKind;
import org.atelier.labeling.EarlierModels;
import org.atelier.labeling.LearningOptions;
import org.atelier.learning.pool.FeatureMethod;
import org.atelier.learning.pool.FeatureService;
import org.atelier.learning.sampling.SamplingStrategy;
import org.atelier.learning.sampling.Strategies;

/**
 * The options the loop reads: {@code strategy}, {@code features}, {@code coverage}, {@code
 * patience}.
 */
@Singleton
class LoopOptions implements LearningOptions {

  private static final List<String> KNOWN =
      List.of(FEATURES, STRATEGY, COVERAGE, PATIENCE, EarlierModels.OPTION);

  private final FeatureService features;

  LoopOptions(FeatureService features) {
    this.features = features;
  }

  @Override
  public Map<String, String> breaches(Map<String, Object> options, ItemKind kind) {
    Map<String, String> breaches = new LinkedHashMap<>();
    Object method = options.get("features");
    boolean known = method == null || method instanceof String name && hasMethod(kind, name);
    if (!known) {
      breaches.put(
          "options.features", "Nothing here computes the features “" + method + "” of such items.");
    }
    breaches.putAll(breaches(options));
    return breaches;
  }

  @Override
  public List<Choice> choices() {
    List<Choice> choices = new ArrayList<>();
    for (FeatureMethod method : features.methods()) {
      Set<ItemKind> kinds =
          Arrays.stream(ItemKind.values()).filter(method::reads).collect(Collectors.toSet());
      choices.add(
          new Choice(FEATURES, method.name(), title(method.name()), described(method), kinds));
    }
    for (SamplingStrategy strategy : Strategies.all()) {
      choices.add(
          new Choice(
              STRATEGY,
              strategy.name(),
              title(strategy.name()),
              words(strategy.name()),
              Set.of(ItemKind.values())));
    }
    return choices;
  }

  private static String described(FeatureMethod method) {
    return method.name().equals("embeddings")
        ? "what a model of yours computed, brought under Embeddings of the dataset"
        : method.description();
  }

  private static String title(String name) {
    return switch (name) {
      case "patches" -> "learned from the pool";
      case "n-grams" -> "text n-grams";
      case "encoder" -> "encoder";
      case "embeddings" -> "imported embeddings";
      case "margin" -> "smallest margin";
      case "clustered-margin" -> "smallest margin, spread over clusters";
      case "least-confidence" -> "least confidence";
      case "entropy" -> "highest entropy";
      case "random" -> "random";
      default -> name;
    };
  }

  private static String words(String strategy) {
    return switch (strategy) {
      case "margin" -> "Items whose two likeliest labels are closest.";
      case "clustered-margin" -> "As the smallest margin, but items unlike each other.";
      case "least-confidence" -> "Items whose likeliest label is least sure.";
      case "entropy" -> "Items whose label is most open over all labels.";
      case "random" -> "Any items; to compare the others with.";
      default -> "";
    };
  }

  private boolean hasMethod(ItemKind kind, String name) {
    return features.method(kind, name).isPresent();
  }

  /** As {@link #breaches(Map, ItemKind)} without the features. */
  static Map<String, String> breaches(Map<String, Object> options) {
    Map<String, String> breaches = new LinkedHashMap<>();
    Set<String> unknown = new TreeSet<>(options.keySet());
    unknown.removeAll(KNOWN);
    for (String name : unknown) {
      breaches.put(
          "options." + name,
          "There is no option “%s”. There are: %s.".formatted(name, String.join(", ", KNOWN)));
    }
    Object strategy = options.get("strategy");
    if (strategy != null && Strategies.named(String.valueOf(strategy)).isEmpty()) {
      List<String> names = Strategies.all().stream().map(SamplingStrategy::name).toList();
      breaches.put(
          "options.strategy",
          "There is no strategy “%s”. There are: %s."
              .formatted(strategy, String.join(", ", names)));
    }
    number(
        breaches,
        options,
        "coverage",
        value -> value > 0 && value <= 1,
        "The share of items to be labelled lies above 0 and is at most 1.");
    number(
        breaches,
        options,
        "patience",
        value -> value >= 1 && value <= 100 && value == Math.rint(value),
        "The rounds without progress before learning stops are a whole number from 1 to 100.");
    return breaches;
  }

  private static void number(
      Map<String, String> breaches,
      Map<String, Object> options,
      String key,
      DoublePredicate range,
      String sentence) {
    Object value = options.get(key);
    boolean right = value == null || value instanceof Number one && range.test(one.doubleValue());
    if (!right) {
      breaches.put("options." + key, sentence);
    }
  }
}

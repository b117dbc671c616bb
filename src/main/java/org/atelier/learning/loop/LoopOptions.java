package org.atelier.learning.loop;

import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoublePredicate;
import org.atelier.dataset.ItemKind;
import org.atelier.labeling.LearningOptions;
import org.atelier.learning.pool.FeatureService;
import org.atelier.learning.sampling.SamplingStrategy;
import org.atelier.learning.sampling.Strategies;

/**
 * The options the loop reads: {@code strategy}, {@code features}, {@code coverage}, {@code
 * patience}.
 */
@Singleton
class LoopOptions implements LearningOptions {

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

  private boolean hasMethod(ItemKind kind, String name) {
    return features.method(kind, name).isPresent();
  }

  /** As {@link #breaches(Map, ItemKind)} without the features. */
  static Map<String, String> breaches(Map<String, Object> options) {
    Map<String, String> breaches = new LinkedHashMap<>();
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

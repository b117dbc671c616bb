package org.atelier.learning.loop;

import java.util.List;
import java.util.UUID;

/**
 * What a stored model is.
 *
 * @param format {@value #FORMAT}
 * @param description the learner, in a few words
 * @param training seed, number and digest of the human labels it was trained on
 * @param classes label names in order of the model's outputs
 * @param severalLabels whether an item may have none or several labels
 * @param columns features it reads per item
 * @param features what they are, in a few words
 * @param featuresRecipe SHA-256 of what decides their values
 * @param featuresLearned SHA-256 of the stored filters or terms they are computed by; null when
 *     nothing was learned
 */
record ModelCard(
    String format,
    UUID job,
    int round,
    String description,
    String training,
    List<String> classes,
    boolean severalLabels,
    int columns,
    String features,
    String featuresRecipe,
    String featuresLearned) {

  static final String FORMAT = "atelier-model-1";

  /** Copies. */
  ModelCard {
    classes = List.copyOf(classes);
  }
}

package org.atelier.learning.campaign;

import java.util.SplittableRandom;
import org.atelier.learning.model.Examples;
import org.atelier.learning.model.Learner;
import org.atelier.learning.model.Scores;
import org.atelier.learning.sampling.Pool;

/**
 * A learner whose accuracy is known: items carry a hardness, the learner is right with the
 * probability it states, and more examples make it surer. Items are never looked at twice
 * differently: its chance is drawn per item, not per call.
 */
final class ToyLearner implements Learner {
  private final int[] truth;
  private final int classes;

  ToyLearner(int[] truth, int classes) {
    this.truth = truth;
    this.classes = classes;
  }

  @Override
  public Scores learn(Examples examples, long seed, Effort effort) {
    float[] pool = new float[truth.length * classes];
    for (int i = 0; i < truth.length; i++) {
      row(i, examples.size(), pool, i);
    }
    float[] heldOut = new float[examples.size() * classes];
    for (int i = 0; i < examples.size(); i++) {
      row(examples.items()[i], examples.size(), heldOut, i);
    }
    return new Scores(classes, false, pool, heldOut);
  }

  private void row(int item, int examples, float[] into, int at) {
    SplittableRandom random = new SplittableRandom(item * 7919L + 5);
    double hardness = random.nextDouble();
    double wrong = Math.min(0.6, 0.7 * Math.pow(hardness, 4) * Math.sqrt(200.0 / (examples + 50)));
    int guess = random.nextDouble() < wrong ? (truth[item] + 1) % classes : truth[item];
    for (int k = 0; k < classes; k++) {
      into[at * classes + k] = (float) (wrong / (classes - 1));
    }
    into[at * classes + guess] = (float) (1 - wrong);
  }

  @Override
  public Pool.Vectors vectors() {
    return null;
  }

  @Override
  public byte[] encode() {
    return new byte[0];
  }

  @Override
  public float[] probabilities(byte[] encoded) {
    throw new IllegalArgumentException("a toy keeps no model");
  }

  @Override
  public String description() {
    return "toy";
  }
}

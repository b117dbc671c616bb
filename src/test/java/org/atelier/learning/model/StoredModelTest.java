package org.atelier.learning.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.atelier.learning.feature.HeapFeatures;
import org.atelier.learning.feature.SparseMatrix;
import org.atelier.learning.feature.TextFeaturizer;
import org.junit.jupiter.api.Test;

class StoredModelTest {

  private static final int CLASSES = 3;

  @Test
  void aStoredNetworkSaysTheSameAsWhenItWasTrained() {
    HeapFeatures features = points(90);
    DenseLearner learner = new DenseLearner(features, new DenseLearner.Settings(2, 8, 4, 0.3f, 40));
    Scores scores = learner.learn(examples(30), 7, Learner.Effort.THOROUGH);
    DenseLearner other = new DenseLearner(features, DenseLearner.Settings.standard());
    assertArrayEquals(scores.pool(), other.probabilities(learner.encode()), 1e-6f);
  }

  @Test
  void aStoredLinearModelSaysExactlyTheSameAsWhenItWasTrained() {
    SparseLearner learner = new SparseLearner(texts(90));
    Scores scores = learner.learn(examples(30), 7, Learner.Effort.QUICK);
    assertArrayEquals(
        scores.pool(), new SparseLearner(texts(90)).probabilities(learner.encode()), 0f);
  }

  @Test
  void aModelOfOtherFeaturesIsRefused() {
    SparseLearner learner = new SparseLearner(texts(90));
    learner.learn(examples(30), 7, Learner.Effort.QUICK);
    SparseLearner narrow =
        new SparseLearner(new SparseMatrix(2, new int[1], new int[0], new float[0]));
    assertThrows(IllegalArgumentException.class, () -> narrow.probabilities(learner.encode()));
    assertThrows(IllegalArgumentException.class, () -> learner.probabilities(new byte[3]));
    DenseLearner dense = new DenseLearner(points(9), DenseLearner.Settings.standard());
    assertThrows(IllegalArgumentException.class, () -> dense.probabilities(new byte[] {1, 2}));
  }

  @Test
  void aGoodEarlierModelCountsMuchAndABadOneNothing() {
    SparseLearner rich = new SparseLearner(texts(300));
    rich.learn(examples(200), 7, Learner.Effort.QUICK);
    WarmLearner warm = new WarmLearner(new SparseLearner(texts(300)), rich.encode(), new BitSet());
    Scores scores = warm.learn(examples(24), 7, Learner.Effort.QUICK);
    assertTrue(warm.weight() >= 0.5, "weight " + warm.weight());
    assertTrue(
        right(scores)
            > right(new SparseLearner(texts(300)).learn(examples(24), 7, Learner.Effort.QUICK)));

    SparseLearner wrong = new SparseLearner(texts(300));
    int[][] turned = new int[200][];
    for (int i = 0; i < turned.length; i++) {
      turned[i] = new int[] {(i + 1) % CLASSES};
    }
    wrong.learn(
        new Examples(examples(200).items(), turned, CLASSES, false), 7, Learner.Effort.QUICK);
    WarmLearner misled =
        new WarmLearner(new SparseLearner(texts(300)), wrong.encode(), new BitSet());
    misled.learn(examples(24), 7, Learner.Effort.QUICK);
    assertEquals(0, misled.weight());
  }

  @Test
  void whatTheEarlierModelLearnedFromSaysNothingAboutIt() {
    SparseLearner rich = new SparseLearner(texts(300));
    rich.learn(examples(200), 7, Learner.Effort.QUICK);
    BitSet seen = new BitSet();
    seen.set(0, 200);
    WarmLearner warm = new WarmLearner(new SparseLearner(texts(300)), rich.encode(), seen);
    Scores scores = warm.learn(examples(24), 7, Learner.Effort.QUICK);
    assertEquals(0, warm.weight());
    Scores own = new SparseLearner(texts(300)).learn(examples(24), 7, Learner.Effort.QUICK);
    assertArrayEquals(own.heldOut(), scores.heldOut(), 0f);
  }

  @Test
  void anAveragedModelIsStoredWhole() {
    SparseLearner rich = new SparseLearner(texts(300));
    rich.learn(examples(200), 7, Learner.Effort.QUICK);
    WarmLearner warm = new WarmLearner(new SparseLearner(texts(300)), rich.encode(), new BitSet());
    Scores scores = warm.learn(examples(24), 7, Learner.Effort.QUICK);
    SparseLearner plain = new SparseLearner(texts(300));
    assertArrayEquals(scores.pool(), WarmLearner.said(plain, warm.encode()), 0f);
    WarmLearner third = new WarmLearner(plain, warm.encode(), new BitSet());
    Scores again = third.learn(examples(24), 8, Learner.Effort.QUICK);
    assertArrayEquals(again.pool(), WarmLearner.said(plain, third.encode()), 0f);
  }

  private static long right(Scores scores) {
    long right = 0;
    for (int i = 0; i < scores.items(); i++) {
      right += scores.label(scores.pool(), i)[0] == i % CLASSES ? 1 : 0;
    }
    return right;
  }

  /** Item i has class i mod 3. */
  private static Examples examples(int count) {
    int[] items = new int[count];
    int[][] labels = new int[count][];
    for (int i = 0; i < count; i++) {
      items[i] = i;
      labels[i] = new int[] {i % CLASSES};
    }
    return new Examples(items, labels, CLASSES, false);
  }

  private static HeapFeatures points(int count) {
    SplittableRandom random = new SplittableRandom(11);
    float[][] rows = new float[count][4];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < 4; j++) {
        rows[i][j] = (float) (random.nextDouble() + (j == i % CLASSES ? 0.8 : 0));
      }
    }
    return new HeapFeatures(rows, 4, 3);
  }

  /** Six words, three of them from the twenty of the item's class. */
  private static SparseMatrix texts(int count) {
    SplittableRandom random = new SplittableRandom(13);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      StringBuilder text = new StringBuilder();
      for (int word = 0; word < 6; word++) {
        int from = word < 3 ? i % CLASSES : random.nextInt(CLASSES);
        text.append((char) ('a' + from)).append((char) ('a' + random.nextInt(20))).append(' ');
      }
      texts.add(text.toString());
    }
    return new TextFeaturizer(1, 1, 0, 1).run(texts);
  }
}

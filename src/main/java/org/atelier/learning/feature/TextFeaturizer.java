package org.atelier.learning.feature;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ObjIntConsumer;

/**
 * TF-IDF weights of word n-grams and of character n-grams inside words, each group scaled to length
 * 1 per text.
 *
 * <p>Weight of term t in a text: (1 + ln tf) · (1 + ln((1 + N) / (1 + df))). Texts are lower-cased
 * and NFKC-normalised; a word is a run of letters, digits or apostrophes. Terms in fewer than
 * {@code leastTexts} texts are left out; a text without any kept term is an empty row. Source:
 * Salton and Buckley (1988), "Term-weighting approaches in automatic text retrieval", DOI
 * 10.1016/0306-4573(88)90021-0.
 *
 * @param words longest word n-gram, 0 for none
 * @param leastLetters shortest character n-gram (word boundaries count as a letter)
 * @param mostLetters longest character n-gram, 0 for none
 * @param leastTexts texts a term must occur in, at least 1
 */
public record TextFeaturizer(int words, int leastLetters, int mostLetters, int leastTexts) {
  /** The measured default, see docs/benchmarks-learning.md. */
  public static TextFeaturizer standard() {
    return new TextFeaturizer(2, 2, 5, 3);
  }

  /** Computes the rows of all texts, in order; an empty list gives a matrix without rows. */
  public SparseMatrix run(List<String> texts) {
    return learn(texts).encode(texts);
  }

  /** Learns which terms there are and how rare they are. */
  public LearnedTerms learn(List<String> texts) {
    Map<String, int[]> frequency = new HashMap<>();
    for (int i = 0; i < texts.size(); i++) {
      int text = i;
      terms(texts.get(i), (term, group) -> countOnce(frequency, term, text));
    }
    List<String> kept = new ArrayList<>();
    frequency.forEach(
        (term, count) -> {
          if (count[0] >= leastTexts) {
            kept.add(term);
          }
        });
    kept.sort(null);
    float[] inverse = new float[kept.size()];
    for (int column = 0; column < inverse.length; column++) {
      int count = frequency.get(kept.get(column))[0];
      inverse[column] = (float) (1 + Math.log((1.0 + texts.size()) / (1.0 + count)));
    }
    return new LearnedTerms(this, kept, inverse);
  }

  private static void countOnce(Map<String, int[]> frequency, String term, int text) {
    int[] entry = frequency.computeIfAbsent(term, t -> new int[] {0, -1});
    if (entry[1] != text) {
      entry[0]++;
      entry[1] = text;
    }
  }

  /** Hands on each term with its group: 0 word n-grams, 1 character n-grams. */
  void terms(String text, ObjIntConsumer<String> consumer) {
    String[] tokens =
        Normalizer.normalize(text, Normalizer.Form.NFKC)
            .toLowerCase(Locale.ROOT)
            .split("[^\\p{L}\\p{N}']+");
    for (int i = 0; i < tokens.length; i++) {
      if (tokens[i].isEmpty()) {
        continue;
      }
      StringBuilder gram = new StringBuilder("w");
      for (int n = 0; n < words && i + n < tokens.length; n++) {
        gram.append(' ').append(tokens[i + n]);
        consumer.accept(gram.toString(), 0);
      }
      String padded = " " + tokens[i] + " ";
      for (int n = leastLetters; n <= mostLetters; n++) {
        for (int from = 0; from + n <= padded.length(); from++) {
          consumer.accept(padded.substring(from, from + n), 1);
        }
      }
    }
  }
}

package org.atelier.learning.feature;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
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
    Map<String, Integer> columns = new HashMap<>(kept.size() * 2);
    float[] inverse = new float[kept.size()];
    for (String term : kept) {
      int column = columns.size();
      columns.put(term, column);
      int count = frequency.get(term)[0];
      inverse[column] = (float) (1 + Math.log((1.0 + texts.size()) / (1.0 + count)));
    }
    return weigh(texts, columns, inverse);
  }

  private static void countOnce(Map<String, int[]> frequency, String term, int text) {
    int[] entry = frequency.computeIfAbsent(term, t -> new int[] {0, -1});
    if (entry[1] != text) {
      entry[0]++;
      entry[1] = text;
    }
  }

  private SparseMatrix weigh(List<String> texts, Map<String, Integer> columns, float[] inverse) {
    int[] starts = new int[texts.size() + 1];
    int[] indexes = new int[1024];
    float[] values = new float[1024];
    for (int i = 0; i < texts.size(); i++) {
      Map<Integer, int[]> counts = new HashMap<>();
      terms(
          texts.get(i),
          (term, group) -> {
            Integer column = columns.get(term);
            if (column != null) {
              counts.computeIfAbsent(column, c -> new int[] {0, group})[0]++;
            }
          });
      int end = starts[i] + counts.size();
      if (end > indexes.length) {
        indexes = Arrays.copyOf(indexes, Math.max(end, 2 * indexes.length));
        values = Arrays.copyOf(values, indexes.length);
      }
      row(counts, inverse, starts[i], indexes, values);
      starts[i + 1] = end;
    }
    int used = starts[texts.size()];
    return new SparseMatrix(
        inverse.length, starts, Arrays.copyOf(indexes, used), Arrays.copyOf(values, used));
  }

  private static void row(
      Map<Integer, int[]> counts, float[] inverse, int from, int[] indexes, float[] values) {
    int[] sorted = counts.keySet().stream().mapToInt(Integer::intValue).sorted().toArray();
    double[] squares = new double[2];
    for (int j = 0; j < sorted.length; j++) {
      int[] count = counts.get(sorted[j]);
      indexes[from + j] = sorted[j];
      values[from + j] = (float) ((1 + Math.log(count[0])) * inverse[sorted[j]]);
      squares[count[1]] += values[from + j] * values[from + j];
    }
    for (int j = 0; j < sorted.length; j++) {
      values[from + j] /= (float) Math.sqrt(squares[counts.get(sorted[j])[1]]);
    }
  }

  /** Hands on each term with its group: 0 word n-grams, 1 character n-grams. */
  private void terms(String text, ObjIntConsumer<String> consumer) {
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

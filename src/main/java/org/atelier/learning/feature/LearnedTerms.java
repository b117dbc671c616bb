package org.atelier.learning.feature;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a {@link TextFeaturizer} learned from texts: the terms that become columns and how rare they
 * were. Texts that were not there when it was learned are weighed alike; their new terms are left
 * out.
 *
 * <p>As a file, big-endian: ints words, least letters, most letters, least texts, number of terms;
 * then each term as length and UTF-8 bytes, and its weight as a float.
 *
 * @param terms ascending; position = column
 * @param inverse inverse text frequency of each term
 */
public record LearnedTerms(TextFeaturizer featurizer, List<String> terms, float[] inverse) {

  /** Copies the terms. */
  public LearnedTerms {
    terms = List.copyOf(terms);
  }

  /** Computes the rows of texts, in order. */
  public SparseMatrix encode(List<String> texts) {
    Map<String, Integer> columns = new HashMap<>(terms.size() * 2);
    terms.forEach(term -> columns.put(term, columns.size()));
    int[] starts = new int[texts.size() + 1];
    int[] indexes = new int[1024];
    float[] values = new float[1024];
    for (int i = 0; i < texts.size(); i++) {
      Map<Integer, int[]> counts = new HashMap<>();
      featurizer.terms(
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

  /** Writes it to a file. */
  public void write(Path file) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 18))) {
      out.writeInt(featurizer.words());
      out.writeInt(featurizer.leastLetters());
      out.writeInt(featurizer.mostLetters());
      out.writeInt(featurizer.leastTexts());
      out.writeInt(terms.size());
      for (int column = 0; column < inverse.length; column++) {
        byte[] term = terms.get(column).getBytes(StandardCharsets.UTF_8);
        out.writeInt(term.length);
        out.write(term);
        out.writeFloat(inverse[column]);
      }
    }
  }

  /** Reads what {@link #write} wrote. */
  public static LearnedTerms read(Path file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 18))) {
      TextFeaturizer featurizer =
          new TextFeaturizer(in.readInt(), in.readInt(), in.readInt(), in.readInt());
      float[] inverse = new float[in.readInt()];
      List<String> terms = new ArrayList<>(inverse.length);
      for (int column = 0; column < inverse.length; column++) {
        byte[] term = new byte[in.readInt()];
        in.readFully(term);
        terms.add(new String(term, StandardCharsets.UTF_8));
        inverse[column] = in.readFloat();
      }
      return new LearnedTerms(featurizer, terms, inverse);
    }
  }
}

package org.atelier.learning.pool;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.atelier.dataset.ItemKind;
import org.atelier.dataset.ItemRow;
import org.atelier.learning.feature.LearnedTerms;
import org.atelier.learning.feature.SparseMatrix;
import org.atelier.learning.feature.TextFeaturizer;

/** Word and character n-grams of texts, weighted by how rare they are in the pool. */
@Singleton
class TextFeatures implements FeatureMethod {

  private static final TextFeaturizer FEATURIZER = TextFeaturizer.standard();

  @Override
  public String name() {
    return "n-grams";
  }

  @Override
  public boolean reads(ItemKind kind) {
    return kind == ItemKind.TEXT;
  }

  @Override
  public boolean isUsual() {
    return true;
  }

  @Override
  public String recipe(UUID datasetId) {
    return "n-grams 1 " + FEATURIZER;
  }

  @Override
  public String description() {
    return "TF-IDF of word 1–%d-grams and letter %d–%d-grams of the pool's own texts"
        .formatted(FEATURIZER.words(), FEATURIZER.leastLetters(), FEATURIZER.mostLetters());
  }

  @Override
  public Computed learn(PoolSource source, Path learned, Path into, Progress progress)
      throws IOException {
    List<String> texts = texts(source, progress);
    progress.at("Counting words", 0, 0);
    LearnedTerms terms = FEATURIZER.learn(texts);
    terms.write(learned);
    return encode(terms, texts, into);
  }

  @Override
  public Computed apply(Path learned, PoolSource source, Path into, Progress progress)
      throws IOException {
    List<String> texts = texts(source, progress);
    progress.at("Counting words", 0, 0);
    return encode(LearnedTerms.read(learned), texts, into);
  }

  private static List<String> texts(PoolSource source, Progress progress) throws IOException {
    List<String> texts = new ArrayList<>(source.rows());
    source.read(
        (first, items) -> {
          for (ItemRow item : items) {
            texts.add(item == null || item.text() == null ? "" : item.text());
          }
          progress.at("Reading texts", first + items.size(), source.rows());
        });
    return texts;
  }

  private static Computed encode(LearnedTerms terms, List<String> texts, Path into)
      throws IOException {
    SparseMatrix matrix = terms.encode(texts);
    SparseFile.write(matrix, into);
    int columns = Math.max(1, matrix.columns());
    return new Computed(Layout.SPARSE, columns, columns);
  }
}

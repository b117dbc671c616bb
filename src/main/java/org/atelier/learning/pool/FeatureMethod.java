package org.atelier.learning.pool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.atelier.dataset.ItemKind;

/** A way to turn a pool's items into features; a bean. */
public interface FeatureMethod {

  /** Short stable name, what a job's settings choose it by. */
  String name();

  /** Whether it can read items of this kind. */
  boolean reads(ItemKind kind);

  /** Whether it is taken for items it can read when nothing else is wished. */
  boolean isUsual();

  /**
   * Everything that decides the values, as text: name, version, settings, seed.
   *
   * @throws IOException when something it needs for the dataset is missing, in words for people
   */
  String recipe(UUID datasetId) throws IOException;

  /** What it does, for reports and certificates, in a few words. */
  String description();

  /**
   * Learns what it needs from the items of a pool and computes their features.
   *
   * @param learned empty file that receives what was learned, for {@link #apply}; stays empty when
   *     nothing is
   * @param into empty file that receives the features in order of the rows, in the layout the
   *     answer names
   * @param progress hears how far it is; may end the work by an exception
   */
  Computed learn(PoolSource source, Path learned, Path into, Progress progress) throws IOException;

  /**
   * Computes features of items by what was learned before, from these or from others: an item gets
   * the features it would have got then.
   *
   * @param learned file that {@link #learn} filled
   * @param into as for {@link #learn}
   */
  Computed apply(Path learned, PoolSource source, Path into, Progress progress) throws IOException;

  /** How a file holds features. */
  enum Layout {
    /** Rows of {@code columns} little-endian floats. */
    DENSE,
    /** As {@link SparseFile} writes it. */
    SPARSE
  }

  /**
   * What was computed.
   *
   * @param columns features per item, at least 1
   * @param antisymmetricFrom first column that mirroring negates; {@code columns} when unknown
   */
  record Computed(Layout layout, int columns, int antisymmetricFrom) {

    /** Throws unless a file has as many values as this says. */
    void check(Path file, int rows) throws IOException {
      long wanted = (long) rows * columns * Float.BYTES;
      if (layout == Layout.DENSE && Files.size(file) != wanted) {
        throw new IOException("the method gave another number of values than it said");
      }
    }
  }

  /** Hears how far a computation is. */
  @FunctionalInterface
  interface Progress {

    /**
     * @param phase what is done, as people are told
     * @param total 0 when not known
     */
    void at(String phase, long done, long total);
  }
}

package org.atelier.learning.feature;

import java.io.IOException;

/** Receives feature rows in item order. */
@FunctionalInterface
public interface FeatureSink {
  /**
   * Takes the next rows.
   *
   * @param values at least count × columns values, row by row; reused by the caller after the call
   */
  void accept(float[] values, int count, int columns) throws IOException;
}

package org.atelier.learning.embedding;

import java.util.List;

/**
 * What reading a file of embeddings came to.
 *
 * @param source name of the file
 * @param version the dataset version it was compared with
 * @param rows rows of the file
 * @param taken items that have an embedding now
 * @param refused rows that were not taken, unknown ids among them
 * @param unknown rows whose id names no item of the dataset
 * @param missing items of the version without an embedding
 * @param refusals the first of the refused rows
 * @param missingIds external ids of the first items without an embedding
 */
public record EmbeddingReport(
    String source,
    int version,
    long rows,
    int taken,
    long refused,
    long unknown,
    int missing,
    List<Refusal> refusals,
    List<String> missingIds) {

  /**
   * A row that was not taken.
   *
   * @param row from 1, headers not counted
   */
  public record Refusal(long row, String id, String reason) {}

  /** Whether every item of the version has an embedding. */
  public boolean complete() {
    return missing == 0;
  }
}

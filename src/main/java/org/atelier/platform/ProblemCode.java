package org.atelier.platform;

/**
 * One kind of problem a person can meet. Each feature has an enum of these; the code is stable and
 * part of the API.
 */
public interface ProblemCode {

  /**
   * Stable kebab-case name such as {@code dataset-not-found}; the last part of the problem type.
   */
  String code();

  /** HTTP status, 400–599. */
  int status();

  /** Short human sentence without particulars, the same for every occurrence. */
  String title();
}

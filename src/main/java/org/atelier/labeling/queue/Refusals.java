package org.atelier.labeling.queue;

import org.atelier.labeling.LabelingProblem;
import org.atelier.platform.ProblemException;

/** Refusals of the queue, in words. */
final class Refusals {

  private Refusals() {}

  static ProblemException unknownJob() {
    return new ProblemException(LabelingProblem.JOB_NOT_FOUND, "The project has no such job.");
  }

  static ProblemException unknownLease() {
    return new ProblemException(
        LabelingProblem.LEASE_NOT_FOUND, "This task is not, and never was, in your hands.");
  }

  static ProblemException unknownAnswer() {
    return new ProblemException(LabelingProblem.ANSWER_NOT_FOUND, "You gave no such answer.");
  }

  static ProblemException keyReused() {
    return new ProblemException(
        LabelingProblem.KEY_REUSED, "The key was used for another answer; make a new one.");
  }
}

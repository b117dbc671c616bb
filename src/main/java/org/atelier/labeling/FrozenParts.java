package org.atelier.labeling;

import java.util.Objects;
import org.atelier.platform.ProblemException;

/** What of a job's settings does not change any more once people have worked by it. */
final class FrozenParts {

  private FrozenParts() {}

  /**
   * @throws ProblemException when a part that is fixed differs
   */
  static void requireKept(JobSettings old, JobSettings changed) {
    boolean same =
        old.labels().equals(changed.labels())
            && old.taskType() == changed.taskType()
            && old.datasetId().equals(changed.datasetId())
            && old.datasetVersion() == changed.datasetVersion()
            && old.answering().perItem() == changed.answering().perItem();
    if (!same) {
      throw new ProblemException(
          LabelingProblem.LABEL_SET_FROZEN,
          "People have been labeling by this label set, task type, dataset and number of answers. "
              + "Clone the job to make a new version of it.");
    }
    JobSettings.Learning before = old.learning();
    JobSettings.Learning after = changed.learning();
    if (before.target() != after.target()
        || before.risk() != after.risk()
        || before.scope() != after.scope()
        || before.enabled() != after.enabled()) {
      throw new ProblemException(
          LabelingProblem.JOB_STATE,
          "What the job promises (target, risk, scope) is fixed once it has started. Clone it.");
    }
    if (!Objects.equals(
        before.options().get(LearningOptions.FEATURES),
        after.options().get(LearningOptions.FEATURES))) {
      throw new ProblemException(
          LabelingProblem.JOB_STATE,
          "The features that its models read are fixed once a job has started. Clone it.");
    }
  }
}

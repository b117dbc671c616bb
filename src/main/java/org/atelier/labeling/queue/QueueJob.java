package org.atelier.labeling.queue;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.atelier.labeling.Disagreement;
import org.atelier.labeling.GuaranteeScope;
import org.atelier.labeling.JobState;
import org.atelier.labeling.LabelingProblem;
import org.atelier.labeling.TaskType;
import org.atelier.platform.ProblemException;

/** What the queue knows of a job. */
record QueueJob(
    UUID id,
    UUID projectId,
    JobState state,
    TaskType taskType,
    int classCount,
    int[] groupIndexes,
    int answersPerItem,
    int mostAnswers,
    String method,
    boolean showSuggestions,
    int leaseSeconds,
    int graceSeconds,
    int closedRound,
    UUID datasetId,
    int datasetVersion,
    Integer nextOrdinal,
    Integer budgetAnswers,
    boolean learning,
    GuaranteeScope scope) {

  /** Part of the items that one person more is asked about, where items get one answer. */
  static final double REPEATED = GuaranteeScope.SECOND_ANSWERS;

  /**
   * Probability with which an item's label is checked by a second answer: 1 where every item gets
   * several, {@value #REPEATED} where the whole dataset is promised and items get one, else 0.
   */
  double repeatShare() {
    if (answersPerItem > 1) {
      return 1;
    }
    return learning && scope == GuaranteeScope.DATASET ? REPEATED : 0;
  }

  /** Part of new tasks that ask one person more. */
  double extraShare() {
    return answersPerItem > 1 ? 0 : repeatShare();
  }

  /** The chosen classes, ascending and without repetition, if the job accepts them. */
  int[] accepted(int[] classes) {
    int[] chosen = Arrays.stream(classes == null ? new int[0] : classes).sorted().toArray();
    for (int at = 0; at < chosen.length; at++) {
      boolean repeated = at > 0 && chosen[at] == chosen[at - 1];
      if (repeated || chosen[at] < 0 || chosen[at] >= classCount || isGroup(chosen[at])) {
        throw new ProblemException(
            LabelingProblem.BAD_CLASSES,
            "The label number " + chosen[at] + " cannot be chosen here, or was chosen twice.");
      }
    }
    if (taskType == TaskType.SINGLE && chosen.length != 1) {
      throw new ProblemException(
          LabelingProblem.BAD_CLASSES, "Choose exactly one label, not " + chosen.length + ".");
    }
    return chosen;
  }

  private boolean isGroup(int index) {
    return Arrays.stream(groupIndexes).anyMatch(group -> group == index);
  }

  boolean undecided(List<int[]> answers) {
    return taskType == TaskType.SINGLE
        ? Disagreement.ofLabels(answers.stream().mapToInt(one -> one[0]).toArray())
        : Disagreement.ofSets(answers);
  }

  void requireUnfinished() {
    if (state.isFinished() || state == JobState.COMPLETING) {
      throw new ProblemException(
          LabelingProblem.JOB_STATE,
          "The job is " + state.name().toLowerCase(java.util.Locale.ROOT) + ".");
    }
  }
}

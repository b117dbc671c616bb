package org.atelier.labeling;

import org.atelier.platform.ProblemCode;

/** Problems with jobs, tasks and answers that a person can meet. */
public enum LabelingProblem implements ProblemCode {
  JOB_NOT_FOUND("job-not-found", 404, "There is no such job"),
  LEASE_NOT_FOUND("lease-not-found", 404, "There is no such task of yours"),
  QUESTION_NOT_FOUND("question-not-found", 404, "There is no such question"),
  ANSWER_NOT_FOUND("answer-not-found", 404, "There is no such answer"),
  JOB_STATE("job-state", 409, "The job's state does not allow this"),
  JOB_CHANGED("job-changed", 409, "Somebody changed the job meanwhile"),
  LABEL_SET_FROZEN("label-set-frozen", 409, "The label set is fixed once a job has started"),
  KEY_REUSED("key-reused", 409, "This answer key belongs to another answer"),
  ALREADY_ANSWERED("already-answered", 409, "You have answered this item already"),
  UNDO_TOO_LATE("undo-too-late", 409, "It is too late to undo this answer"),
  CORRECTION_CLOSED("correction-closed", 409, "This item is closed, its answer stays"),
  WITH_PEOPLE("with-people", 409, "People are asked about these items now"),
  NOT_SENT_BACK("not-sent-back", 409, "The item cannot be asked once more"),
  BAD_CLASSES("bad-classes", 400, "The chosen labels do not fit the job");

  private final String code;
  private final int status;
  private final String title;

  LabelingProblem(String code, int status, String title) {
    this.code = code;
    this.status = status;
    this.title = title;
  }

  @Override
  public String code() {
    return code;
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public String title() {
    return title;
  }
}

package org.atelier.labeling.queue;

import java.util.UUID;
import org.atelier.labeling.TaskReason;

/** A task as stored; the columns are explained in the migration. */
record TaskRow(
    UUID id,
    UUID itemId,
    int ordinal,
    int round,
    TaskReason reason,
    TaskState state,
    int needed,
    int required,
    int taken,
    int answered,
    int declines,
    boolean sentBack,
    boolean decided) {

  /** What of a task becomes part of its label. */
  record Asked(UUID itemId, int ordinal, int round, TaskReason reason) {}

  Asked asked() {
    return new Asked(itemId, ordinal, round, reason);
  }

  boolean hasFreeSlot() {
    return state == TaskState.OPEN && taken < required;
  }

  /**
   * Whether an answer counts that comes after its time: also when nobody else could be found, until
   * there are as many as were asked for.
   */
  boolean takesLateAnswer() {
    return hasFreeSlot() || (state == TaskState.DECLINED && answered < needed);
  }

  /**
   * Why the next answer is asked for: answers beyond those needed are there to settle a
   * disagreement, if the task asked for them. One too many comes for the reason of the item.
   */
  TaskReason reasonOfNextAnswer() {
    if (sentBack) {
      return TaskReason.SENT_BACK;
    }
    return answered >= needed && required > needed ? TaskReason.DISAGREEMENT : reason;
  }

  TaskRow with(TaskState newState, int newTaken, int newAnswered, int newDeclines) {
    return new TaskRow(
        id,
        itemId,
        ordinal,
        round,
        reason,
        newState,
        needed,
        Math.max(required, newTaken),
        newTaken,
        newAnswered,
        newDeclines,
        sentBack,
        decided);
  }

  /** The same, asked for another reason. */
  TaskRow because(TaskReason why) {
    return new TaskRow(
        id, itemId, ordinal, round, why, state, needed, required, taken, answered, declines,
        sentBack, decided);
  }

  /** After an answer that has a slot ({@code taking} says whether the slot is newly taken). */
  TaskRow answered(boolean taking) {
    return with(state, taking ? taken + 1 : taken, answered + 1, declines);
  }

  /** After a live lease ended without an answer in its slot. */
  TaskRow freed() {
    return with(state, taken - 1, answered, declines);
  }

  /** Open (again) for one answer more. */
  TaskRow askingOneMore() {
    return sized(TaskState.OPEN, taken + 1);
  }

  /** Done: no slot is left beyond those taken. */
  TaskRow settled() {
    return sized(TaskState.SETTLED, taken);
  }

  private TaskRow sized(TaskState newState, int newRequired) {
    return new TaskRow(
        id,
        itemId,
        ordinal,
        round,
        reason,
        newState,
        needed,
        newRequired,
        taken,
        answered,
        declines,
        sentBack,
        decided);
  }
}

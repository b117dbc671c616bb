package org.atelier.labeling.queue;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.atelier.labeling.TaskType;
import org.atelier.labeling.consolidation.AnswerSet;
import org.atelier.labeling.consolidation.Consolidation;
import org.atelier.labeling.consolidation.LabelSets;
import org.atelier.labeling.consolidation.MajorityVote;
import org.atelier.platform.Ids;

/**
 * Decides what a task's answers come to: wait, ask for one more, or a label. A label made here is
 * by majority; methods that look at all answers of the job revise it before a step of a learner
 * reads labels, and when the job completes.
 */
@Singleton
class Settlement {

  private final QueueRepository queue;
  private final AnswerRepository answers;
  private final LabelRepository labels;
  private final AnswerBudget budget;
  private final LabelNews news;

  Settlement(
      QueueRepository queue,
      AnswerRepository answers,
      LabelRepository labels,
      AnswerBudget budget,
      LabelNews news) {
    this.queue = queue;
    this.answers = answers;
    this.labels = labels;
    this.budget = budget;
    this.news = news;
  }

  /** Brings a locked task, with its counts up to date, and its label into line with its answers. */
  void settle(QueueJob job, TaskRow task, Instant now) {
    boolean declined = task.state() == TaskState.DECLINED;
    boolean over = declined || task.state() == TaskState.SETTLED;
    if (task.decided() || task.answered() == 0 || (task.answered() < task.needed() && !over)) {
      queue.save(task);
      return;
    }
    List<AnswerRow> given = answers.current(task.id());
    boolean takesPart = task.state() == TaskState.OPEN || task.state() == TaskState.SETTLED;
    if (takesPart && job.undecided(given.stream().map(AnswerRow::classIndexes).toList())) {
      if (task.state() == TaskState.OPEN && task.required() > task.answered()) {
        queue.save(task);
        return;
      }
      if (mayAskOneMore(job, task)) {
        queue.save(task.askingOneMore());
        return;
      }
    }
    label(job, task, given, now);
    // Also of an item that was taken back while somebody held it: it has its answers.
    queue.save(declined && task.answered() < task.needed() ? task : task.settled());
  }

  /**
   * Ends a locked task that nobody may answer any more: its answers make the label, however few or
   * undecided; with none it counts as declined.
   */
  void settleWithWhatThereIs(QueueJob job, TaskRow task, Instant now) {
    if (task.answered() == 0) {
      queue.save(task.with(TaskState.DECLINED, task.taken(), 0, task.declines()));
      return;
    }
    if (!task.decided()) {
      label(job, task, answers.current(task.id()), now);
    }
    queue.save(task.settled());
    queue.markExhausted(task.id());
  }

  /**
   * As {@link #settleWithWhatThereIs} for a locked task of a job that takes no more answers: those
   * that filled no slot because the job was completing count as well.
   */
  void settleForGood(QueueJob job, TaskRow task, Instant now) {
    label(job, task, answers.current(task.id()), now);
    queue.save(task.settled());
    queue.markExhausted(task.id());
  }

  /** As {@link #settle} for a task whose one answer this is, and whose item has no label. */
  void settleFirst(QueueJob job, TaskRow task, AnswerRow answer, Instant now) {
    boolean enough = task.answered() >= task.needed() && task.required() <= task.answered();
    if (task.decided() || task.answered() == 0 || !enough || task.state() != TaskState.OPEN) {
      settle(job, task, now);
      return;
    }
    labels.insertWith(job.id(), consolidate(job, task, List.of(answer), now), task.settled());
    news.consolidated(job, task.round(), 1);
  }

  private boolean mayAskOneMore(QueueJob job, TaskRow task) {
    if (task.answered() >= job.mostAnswers() || task.taken() != task.answered()) {
      return false;
    }
    if (job.budgetAnswers() != null) {
      // The budget counts what is stored: this task must no longer ask for what it just got.
      queue.save(task);
    }
    return budget.allowsOneMore(job);
  }

  private void label(QueueJob job, TaskRow task, List<AnswerRow> given, Instant now) {
    LabelRow label = consolidate(job, task, given, now);
    LabelRow current = labels.current(job.id(), task.itemId()).orElse(null);
    if (current != null && current.says(label)) {
      return;
    }
    if (current != null) {
      String why =
          current.source() == LabelOrigin.MACHINE
              ? LabelRepository.ANSWERED
              : "Another answer came or changed.";
      labels.supersede(job.id(), task.itemId(), null, why, now);
    }
    labels.insert(job.id(), label);
    news.consolidated(job, task.round(), 1);
  }

  private static LabelRow consolidate(
      QueueJob job, TaskRow task, List<AnswerRow> given, Instant now) {
    int count = given.size();
    int[] item = new int[count];
    int[] worker = IntStream.range(0, count).toArray();
    if (job.taskType() == TaskType.SINGLE) {
      int[] label = given.stream().mapToInt(answer -> answer.classIndexes()[0]).toArray();
      Consolidation outcome =
          new MajorityVote()
              .consolidate(AnswerSet.of(1, count, job.classCount(), item, worker, label), null);
      int[] chosen = {outcome.labels()[0]};
      return row(
          task.asked(), chosen, new int[0], new double[0], outcome.confidences()[0], count, now);
    }
    int[][] sets = given.stream().map(AnswerRow::classIndexes).toArray(int[][]::new);
    LabelSets outcome =
        LabelSets.consolidate(
            new MajorityVote(), 1, count, job.classCount(), item, worker, sets, null);
    return row(
        task.asked(),
        outcome.chosen()[0],
        outcome.named()[0],
        outcome.confidences()[0],
        outcome.decisions()[0],
        count,
        now);
  }

  static LabelRow row(
      TaskRow.Asked task,
      int[] chosen,
      int[] named,
      double[] confidences,
      double confidence,
      int answers,
      Instant now) {
    return new LabelRow(
        Ids.next(),
        task.itemId(),
        task.ordinal(),
        chosen,
        named,
        confidences,
        LabelOrigin.HUMAN,
        confidence,
        answers,
        task.reason(),
        task.round(),
        null,
        now);
  }
}

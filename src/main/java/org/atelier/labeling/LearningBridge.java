package org.atelier.labeling;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * What a learner needs of a job: ask people, hand in labels, read what people said. Labeling never
 * hears of models. Changes join the caller's transaction and are safe to repeat. Items must belong
 * to the job's dataset; others are passed over.
 *
 * <p>Errors: {@code job-not-found} for an unknown job, {@code job-state} for a change on a finished
 * one.
 */
public interface LearningBridge {

  /**
   * Asks people about items, in the order given. An item that has a human label or is already asked
   * keeps what it has, except that an unanswered task takes the new reason and round; declined
   * items are asked again.
   *
   * @param round 0 for the first batch, then counting
   * @return tasks made or changed
   */
  int enqueue(UUID jobId, int round, TaskReason reason, List<UUID> itemIds);

  /**
   * {@link #enqueue(UUID, int, TaskReason, List)} at a priority of one's own; lower comes first.
   */
  int enqueue(UUID jobId, int round, TaskReason reason, int priority, List<UUID> itemIds);

  /**
   * Asks for one more look at items whatever they have: one answer more than before, by somebody
   * who has not answered yet. The label stays until the new answer is consolidated.
   *
   * @return tasks opened; items with nine answers already are passed over, and so are those that
   *     the budget of answers no longer allows
   */
  int sendBack(UUID jobId, int round, Collection<UUID> itemIds);

  /**
   * Makes one person's decision the human label of items, whatever was answered before or comes
   * later; to accept or correct many alike items at once. The label's reason is then {@link
   * TaskReason#DECIDED}: it is not blind. Items that are with people are left alone, whatever they
   * were asked for, so that nobody learns which of them check the machine.
   *
   * @throws org.atelier.platform.ProblemException bad-classes
   */
  Decided decide(UUID jobId, int round, UUID personId, Collection<UUID> itemIds, int[] classes);

  /**
   * Which of the items have a label that the person decided on themselves, with just these classes:
   * deciding so again changes nothing.
   *
   * @param classes class indexes, ascending
   */
  Set<UUID> decidedAlike(UUID jobId, UUID personId, Collection<UUID> itemIds, int[] classes);

  /**
   * What came of a decision.
   *
   * @param changed labels made or changed; items whose label was decided alike are not counted
   * @param withPeople items left alone because people are asked about them
   */
  record Decided(int changed, int withPeople) {}

  /** Takes unanswered tasks out of the queue; leases under way stay valid. */
  int dequeue(UUID jobId, Collection<UUID> itemIds);

  /** Takes all unanswered tasks of a reason out of the queue. */
  int dequeue(UUID jobId, TaskReason reason);

  /**
   * Makes machine labels current. Never touches an item with a human label; a machine label that
   * was current before is superseded, not overwritten; the same label again changes nothing.
   *
   * @param modelDigest digest of the model, kept with the label; may be null
   * @return labels made
   */
  int acceptMachineLabels(
      UUID jobId, int round, String modelDigest, Collection<MachineLabel> labels);

  /** Supersedes current machine labels by none. */
  int withdrawMachineLabels(UUID jobId, int round, Collection<UUID> itemIds, String why);

  /** Keeps what the machine thinks of open tasks, for jobs that show suggestions. */
  void suggest(UUID jobId, Collection<MachineLabel> suggestions);

  /**
   * Consolidates all answers anew by the job's method, learning class shares and worker skills from
   * fair items only, and supersedes the labels that change. Cheap for majority vote, where nothing
   * can change.
   *
   * @return labels changed
   */
  int consolidate(UUID jobId);

  /**
   * As {@link #consolidate}, but labels stay that only became a little surer or less sure, by less
   * than 0.05: every new answer moves the confidence of many.
   *
   * @return labels changed
   */
  int consolidateAbout(UUID jobId);

  /**
   * Closes rounds up to this one: their answers cannot be corrected any more, because the labels
   * are used from now on.
   */
  void closeRounds(UUID jobId, int round);

  /** Streams current human labels in order of the items' ordinals, with bounded memory. */
  void humanLabels(UUID jobId, Consumer<HumanLabel> each);

  /** Streams current machine labels in order of the items' ordinals, with bounded memory. */
  void machineLabels(UUID jobId, Consumer<MachineLabel> each);

  /**
   * Lets others have the tasks of people who did nothing in the job since an instant: the learner
   * waits for them. An answer that such a person sends later is kept, as on any expired lease.
   *
   * @return tasks freed
   */
  int freeIdle(UUID jobId, java.time.Instant since);

  /** Items that people declined and that nobody gets any more, whatever round. */
  List<UUID> declined(UUID jobId);

  /** How many of the {@link #declined} have no label, not by the model either. */
  long declinedWithoutLabel(UUID jobId);

  /**
   * Items that are asked and not settled, whatever round, and those that were taken back while
   * somebody held them and still does: an answer is to be expected.
   */
  List<UUID> openItems(UUID jobId);

  /**
   * Those of {@link #openItems} whose tasks were taken back: without an answer nobody gets them.
   */
  List<UUID> heldBackItems(UUID jobId);

  /**
   * Counts a job's tasks, after ending leases past their time and settling tasks that ask for an
   * answer nobody may give any more.
   */
  QueueDepth queueDepth(UUID jobId);

  QueueDepth queueDepth(UUID jobId, int round);

  /**
   * Keeps others from changing the job until the transaction ends. Whoever holds something of their
   * own of the job holds the job first, or two wait for each other.
   */
  void hold(UUID jobId);

  /** As {@link #hold} for those who can come again: false at once while somebody else has it. */
  boolean holdIfFree(UUID jobId);

  /**
   * Looks whether people have done what a job by hand asks of them: brings in further items, or
   * completes the job, or pauses it with its reason when its budget is used or people declined what
   * is left. Does nothing to jobs that learn or do not run.
   */
  void lookAtHandWork(UUID jobId);

  /**
   * How often people agree, over all items that somebody answered blind. A job whose items all get
   * several answers checks every item; a job with one answer per item that promises something for
   * the whole dataset asks one person more about items drawn at random ({@link Repeats#share}),
   * chosen before anybody has answered and whatever the items were asked for.
   */
  Repeats repeats(UUID jobId);

  /**
   * Items answered by two people, blind: an answer of somebody who was shown the machine's opinion
   * of the item is none, since both may only have followed it.
   *
   * @param labels items that could be chosen to be checked and whose first answer is blind
   * @param checked of them those that get a second answer
   * @param differing of them those whose first two blind answers differ
   * @param missing of them those whose second blind answer is missing so far
   * @param unchecked other human labels, which nobody checks: decisions of somebody in charge, what
   *     was asked while the job promised nothing for the whole dataset, and items whose first
   *     answer was given with the machine's opinion in view; where all items are checked, those
   *     that have such an answer and fewer than two blind ones
   * @param share probability with which an item was chosen to be checked: 1 when all are, 0 when
   *     none is
   */
  record Repeats(
      long labels, long checked, long differing, long missing, long unchecked, double share) {}
}

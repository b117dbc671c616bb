package org.atelier.labeling;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Public service: gives people tasks and takes their answers. A slot (one answer an item needs) is
 * never given to two people at once, and an item never twice to the same person.
 *
 * <p>Errors: {@code job-not-found}; {@code forbidden} when the person may not work on the job;
 * {@code lease-not-found} for a lease that is not the person's in this job.
 */
public interface WorkQueue {

  /** Most tasks one person holds in a job. */
  int MOST_HELD = 20;

  /**
   * Answers tasks for a person: those already held first (the given ones in their order, then
   * others), then new ones, until there are {@code count}. Held leases with less than half their
   * time left are renewed. Gives no new ones unless the job runs.
   *
   * @param count 1 to {@link #MOST_HELD}; larger is cut
   * @param held leases the page still shows, in its order
   */
  Claim claim(UUID projectId, UUID jobId, UUID personId, int count, Collection<UUID> held);

  /**
   * Takes an answer. When this returns after commit, the answer is kept for good. The same key
   * again with the same content answers the same receipt and changes nothing. An answer on a lease
   * that has ended is kept: in a free slot of the task, else as surplus.
   *
   * @throws org.atelier.platform.ProblemException key-reused, already-answered, bad-classes
   */
  Receipt submit(UUID projectId, UUID jobId, UUID personId, GivenAnswer answer);

  /**
   * Takes an answer back within the grace time; again changes nothing.
   *
   * @return the task, leased to the person again; empty when its slot is gone or on repetition
   * @throws org.atelier.platform.ProblemException answer-not-found, undo-too-late
   */
  Optional<LeasedTask> undo(UUID projectId, UUID jobId, UUID personId, UUID key);

  /**
   * Declines a task: it does not come back to this person unless somebody in charge asks again.
   * When as many people as the item needs answers have declined it, nobody gets it any more.
   *
   * <p>The time spent on the task counts to the person's day, and to no answer.
   */
  void decline(UUID projectId, UUID jobId, UUID personId, Declined declined);

  /** Declines a task that took no time. */
  default void decline(
      UUID projectId, UUID jobId, UUID personId, UUID lease, DeclineReason reason, String text) {
    decline(projectId, jobId, personId, new Declined(lease, reason, text, 0));
  }

  /** Gives tasks back unanswered; the person may get them again. Returns how many were held. */
  int release(UUID projectId, UUID jobId, UUID personId, Collection<UUID> leases);

  /**
   * Says that the page which shows these tasks is gone: unless it comes back within fifteen seconds
   * and claims or renews them, they are free for others. Returns how many were held.
   */
  int leave(UUID projectId, UUID jobId, UUID personId, Collection<UUID> leases);

  /** Extends leases; those missing in the answer are lost. */
  Map<UUID, Instant> renew(UUID projectId, UUID jobId, UUID personId, Collection<UUID> leases);

  /**
   * Replaces an own answer while its round is not closed and the job takes answers; the old one is
   * kept as replaced. The same key again changes nothing.
   *
   * @throws org.atelier.platform.ProblemException answer-not-found, correction-closed, bad-classes
   */
  Receipt correct(
      UUID projectId, UUID jobId, UUID personId, UUID answerId, UUID key, int[] classes);

  /** Lets pass who may work on the job, and no one else. */
  void requireWorker(UUID projectId, UUID jobId, UUID personId);

  /** Tasks that wait for anybody, counted up to 10,001 and at most two seconds old. */
  int open(UUID jobId);

  /** Why somebody declines. */
  enum DeclineReason {
    UNSURE,
    BROKEN,
    NOT_MINE,
    OTHER
  }

  /**
   * A task that somebody will not answer.
   *
   * @param text why, in words; may be null
   * @param activeMillis time spent on it without pauses, cut to 0 and one hour
   */
  record Declined(UUID lease, DeclineReason reason, String text, int activeMillis) {}

  /** What a claim gave. */
  record Claim(List<LeasedTask> tasks, JobState state) {}

  /**
   * A task in a person's hands.
   *
   * @param suggestion what the machine thinks, null unless the job shows it for this task
   */
  record LeasedTask(
      UUID lease, UUID task, UUID itemId, Instant expiresAt, MachineLabel suggestion) {}

  /**
   * What a person said.
   *
   * @param key made by the client, unique per person
   * @param classes chosen class indexes in any order; exactly one for single-label
   * @param activeMillis time spent without pauses, cut to 0 and one hour
   * @param answeredAt when by the client's clock
   */
  record GivenAnswer(
      UUID key, UUID lease, UUID task, int[] classes, int activeMillis, Instant answeredAt) {}

  /**
   * What became of an answer.
   *
   * @param undoUntil until when it can be undone
   * @param reason why the item came to the person, to be shown now
   * @param surplus whether the item had its answers already
   */
  record Receipt(UUID key, UUID answer, Instant undoUntil, TaskReason reason, boolean surplus) {}
}

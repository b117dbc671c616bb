package org.atelier.labeling;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Public service: numbers and labels of a job for those who watch it. Cheap at any size: counts are
 * kept as labels and answers change, never counted over.
 */
public interface JobNumbers {

  /** How far a job is; all zero for an unknown one. */
  Progress progress(UUID jobId);

  /**
   * Answers and time by the hour they arrived in, oldest first; hours without any are left out.
   *
   * @param from hours that began before are left out
   */
  List<Hour> hours(UUID jobId, Instant from);

  /**
   * Answers by the minute they arrived in, oldest first; minutes without any are left out. Reads
   * every answer between the two, so only for a few hours of few answers.
   */
  List<Minute> minutes(UUID jobId, Instant from, Instant to);

  /** Current single answers that simulated people gave; zero where none works on the job. */
  long simulatedAnswers(UUID jobId);

  /** Current labels of items of a job, in the order of the ids; items without one are left out. */
  List<CurrentLabel> labels(UUID jobId, Collection<UUID> itemIds);

  /**
   * Items with a current machine label, those of the newest rounds first.
   *
   * @param limit 1 to 500
   */
  List<CurrentLabel> newestMachineLabels(UUID jobId, int limit);

  /** Which of the items people are asked about now, whatever for. */
  Set<UUID> withPeople(UUID jobId, Collection<UUID> itemIds);

  /**
   * How far a job is.
   *
   * @param human items with a current human label
   * @param machine items with a current machine label
   * @param open items that are with people
   * @param declined items that nobody gets any more until they are asked again
   * @param answers current single answers
   * @param activeMillis time people spent on them
   * @param humanByClass by class index, classes without any left out
   * @param machineByClass as {@code humanByClass}
   */
  record Progress(
      long human,
      long machine,
      long open,
      long declined,
      long answers,
      long activeMillis,
      Map<Integer, Long> humanByClass,
      Map<Integer, Long> machineByClass) {}

  /**
   * Answers of one hour.
   *
   * @param start when the hour began
   */
  record Hour(Instant start, long answers, long activeMillis) {}

  /**
   * Answers of one minute.
   *
   * @param start when the minute began
   */
  record Minute(Instant start, long answers) {}

  /**
   * A label that stands.
   *
   * @param classes class indexes, ascending
   * @param machine whether a machine gave it
   * @param confidence 0 to 1; human and machine ones are not comparable
   */
  record CurrentLabel(
      UUID itemId, int[] classes, boolean machine, double confidence, int round, Instant at) {}
}

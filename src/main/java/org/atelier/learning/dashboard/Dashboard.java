package org.atelier.learning.dashboard;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.atelier.learning.loop.LearnerPhase;
import org.atelier.learning.loop.RoundFacts;
import org.atelier.learning.loop.RoundRow;

/**
 * Where a job's learning stands, for pages and scripts.
 *
 * @param sentence the state in plain words
 * @param phase null for a job that never started
 * @param phaseWords what happens now, and why when there is something to say
 * @param work machine work of the loop that runs, failed or was cancelled, null when there is none
 * @param start the earlier job this one starts from, null without one
 * @param next what somebody in charge can do because learning ended or rests; null while it goes on
 * @param withdrawnWhy why the certificate was withdrawn, null while it stands
 * @param revision changes whenever something shown changes in the loop
 * @param answersPerItem answers the job asks for
 * @param agreement how far people agree who answered the same items; null where a job asks one
 *     person per item
 */
public record Dashboard(
    UUID jobId,
    String sentence,
    LearnerPhase phase,
    String phaseWords,
    int round,
    MachineWork work,
    Counts counts,
    Quality quality,
    Cost cost,
    Pace pace,
    Start start,
    Next next,
    Instant withdrawnAt,
    String withdrawnWhy,
    List<RoundRow> rounds,
    long revision,
    int answersPerItem,
    Agreement agreement) {

  /**
   * Machine work.
   *
   * @param state {@code QUEUED}, {@code RUNNING}, {@code FAILED} or {@code CANCELLED}
   * @param total 0 when not known
   */
  public record MachineWork(UUID id, String state, String phase, long done, long total) {}

  /**
   * How much is labelled.
   *
   * @param unlabelled items without any label
   * @param withPeople of them, those people are asked about now
   * @param declined of them, those everybody declined
   */
  public record Counts(
      long items, long human, long machine, long unlabelled, long withPeople, long declined) {}

  /**
   * How good the machine's labels are.
   *
   * @param known whether any are accepted and the certificate stands; else only the sentence counts
   * @param atLeast lower bound, valid with probability 1 − risk
   * @param atMost upper bound, valid with probability 1 − risk again
   * @param expected forecast, no guarantee
   * @param audited items drawn in the audits that certified
   * @param wrong of them, contradicted by people; they became human labels
   * @param sentence what it means
   */
  public record Quality(
      boolean known,
      double atLeast,
      double atMost,
      double expected,
      double target,
      double risk,
      long audited,
      long wrong,
      String sentence) {}

  /**
   * What the job costs.
   *
   * @param saved answers not needed because of machine labels
   * @param spentWords money so far, null without a price
   * @param savedWords money not spent, null without a price
   */
  public record Cost(long answers, long saved, String spentWords, String savedWords) {}

  /**
   * How fast people are.
   *
   * @param perHour answers per hour with any answer, over the last day; null without any
   * @param secondsPerAnswer active time, null without any
   * @param sentence what is left and how long it takes
   */
  public record Pace(Double perHour, Double secondsPerAnswer, String sentence) {}

  /**
   * Where the first model came from.
   *
   * @param title title of the earlier job
   * @param round its round, null when the start was not possible
   * @param note why it was not possible, null when it was
   */
  public record Start(UUID jobId, String title, Integer round, String note) {}

  /**
   * Why learning ended or rests, and what can be done.
   *
   * @param suggestedAnswers a budget that would suffice to ask about all that is left; null when no
   *     larger budget helps
   * @param successor whether a new job can start from this one's model
   */
  public record Next(String title, String text, Long suggestedAnswers, boolean successor) {}

  /**
   * How often people are shown to agree, as one sentence with its numbers.
   *
   * @param known whether anything was answered twice; else only the sentence counts
   * @param checked human labels that a second person answered blind
   * @param differing of them, those on which that person says something else
   * @param atLeast lower bound of the part of the human labels that people agree on
   * @param atMost upper bound of it
   */
  public record HumanQuality(
      boolean known,
      long checked,
      long differing,
      double atLeast,
      double agreement,
      double atMost,
      String sentence) {

    /** Both bounds in words. */
    public String interval() {
      return QualityReading.interval(atLeast, atMost);
    }
  }

  /**
   * How far people agree, all answers of an item compared.
   *
   * @param known whether anything was answered twice; else only the sentence counts
   * @param items items with at least two independent answers, or random ones of them
   * @param alike of them, those whose answers are all alike
   * @param alikeFrom lower end of the 95 % interval of their share
   * @param alikeTo upper end
   * @param alpha Krippendorff's alpha, nominal; null where all answers are the same
   * @param alphaFrom lower end of its 95 % interval; null with few items and where none differ
   * @param alphaTo upper end, null with the lower one
   * @param byChance share of answers that would be alike by chance; null as {@code alpha}
   * @param sampled whether only random items of the job were counted
   * @param sentence what was counted
   * @param meaning what it means, null while it is not known
   */
  public record Agreement(
      boolean known,
      int items,
      int answers,
      int alike,
      double alikeShare,
      double alikeFrom,
      double alikeTo,
      Double alpha,
      Double alphaFrom,
      Double alphaTo,
      Double byChance,
      boolean sampled,
      String sentence,
      String meaning) {}

  /** Whether what second answers to human labels show has something to add. */
  public boolean tellsOfLabels() {
    return agreement == null || humanQuality().known();
  }

  /** How good people's labels are, as far as second answers tell. */
  public HumanQuality humanQuality() {
    return QualityReading.human(newest(), answersPerItem);
  }

  /** The rounds in which something happened: not the start that only asks for a random sample. */
  public List<RoundRow> roundsToShow() {
    return rounds.stream()
        .filter(
            round -> {
              RoundFacts facts = round.facts();
              return facts.training() != null || facts.audit() != null || facts.note() != null;
            })
        .toList();
  }

  /** How the watch over accepted labels stands, in words; null while nothing is watched. */
  public String watchSentence() {
    return withdrawnAt != null
        ? null
        : QualityReading.watch(newest(), quality.target(), quality.risk());
  }

  /** What became of the labels whose certificate was withdrawn; null while it stands. */
  public Withdrawal withdrawal(boolean finished) {
    return withdrawnAt == null ? null : Withdrawal.of(rounds, counts.machine(), finished);
  }

  /** Whether labels that people give now will be learned from in a round to come. */
  public boolean learnsOn() {
    return phase != null && phase.hasRoundsToCome();
  }

  private RoundFacts newest() {
    return rounds.isEmpty() ? null : rounds.get(rounds.size() - 1).facts();
  }

  /** Why the promise is narrower than asked for, null when it is not. */
  public String scopeNote() {
    return rounds.isEmpty() ? null : rounds.get(rounds.size() - 1).facts().scopeNote();
  }
}

package org.atelier.learning.certificate;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * What a finished job promises about its labels, with the numbers behind it; plain data for JSON.
 *
 * @param format {@value #FORMAT}
 * @param sentence the certificate in plain words
 * @param watch null where nothing was accepted, and in certificates that do not name it
 */
public record Certificate(
    String format,
    String sentence,
    Job job,
    Data dataset,
    Counts counts,
    Guarantee guarantee,
    List<Audit> audits,
    Watch watch,
    HumanError humanError,
    List<Model> models,
    Features features,
    Instant issuedAt) {

  static final String FORMAT = "atelier-certificate-1";

  /** Copies. */
  public Certificate {
    audits = List.copyOf(audits);
    models = List.copyOf(models);
  }

  /** The sentence without what it says of a rehearsal. */
  public String promise() {
    String rehearsal = counts.rehearsal();
    return sentence.startsWith(rehearsal) ? sentence.substring(rehearsal.length()) : sentence;
  }

  /**
   * The job.
   *
   * @param seed where all chance of the job comes from; in JSON a string, since many readers keep
   *     numbers to 53 bits only. Certificates issued before have a number there
   * @param learningEnded why learning ended, or why the job ran by hand
   * @param startedFrom the earlier job whose model this one started from; null without one
   */
  public record Job(
      UUID id,
      String title,
      UUID projectId,
      Instant startedAt,
      Instant completedAt,
      @JsonFormat(shape = JsonFormat.Shape.STRING) long seed,
      int answersPerItem,
      String consolidation,
      String learningEnded,
      Start startedFrom) {}

  /**
   * An earlier job's model that helped to choose items; it took no part in any audit.
   *
   * @param digest SHA-256 of its stored model
   */
  public record Start(UUID job, int round, String digest) {}

  /**
   * The data.
   *
   * @param version version the job was about
   * @param digest SHA-256 over the items of that version
   * @param resultVersion version that has the labels
   * @param resultDigest SHA-256 over the items and labels of that version
   */
  public record Data(
      UUID id, String name, int version, String digest, int resultVersion, String resultDigest) {}

  /**
   * Who labelled what.
   *
   * @param unlabelled items without a label
   * @param answers single answers of people
   * @param simulatedAnswers those of them that simulated people gave; above zero the certificate is
   *     that of a rehearsal
   */
  public record Counts(
      int items, int human, int machine, int unlabelled, long answers, long simulatedAnswers) {

    /** What the sentence begins with in a rehearsal, with a space behind it; else empty. */
    String rehearsal() {
      return simulatedAnswers == 0
          ? ""
          : String.format(
              Locale.ROOT,
              "Rehearsal: %,d of %,d answers were given by simulated people. ",
              simulatedAnswers,
              answers);
    }
  }

  /** How far the promise goes. */
  public enum State {
    /** An audit certified the machine labels, and nothing speaks against it. */
    CERTIFIED,
    /** The machine labelled nothing: there is nothing to promise. */
    PEOPLE_ONLY,
    /**
     * The whole dataset was to reach the target, and the bounds of human and machine labels
     * together show less.
     */
    SHORT_OF_TARGET,
    /** The watch over accepted labels found too many errors. */
    WITHDRAWN
  }

  /**
   * The promise.
   *
   * @param target accuracy τ that was asked for
   * @param risk δ: probability over the chance of the audits that the promise does not hold
   * @param scope {@code MACHINE} or {@code DATASET}
   * @param scopeNote why the scope is narrower than asked for, null when it is not
   * @param accuracyAtLeast lower bound of the accuracy of all labels that were accepted from the
   *     machine, also those that people looked at again or that were deleted since, valid with
   *     probability 1 − risk; null without machine labels
   * @param accuracyExpected forecast of it, no guarantee; null without machine labels
   * @param wholeAtLeast lower bound of the accuracy of all labels together, with people's error at
   *     its upper bound and items without a label left out; null unless the scope is {@code
   *     DATASET}
   * @param right what counts as right
   * @param method how it was shown, with its source
   * @param withdrawnWhy null unless withdrawn
   */
  public record Guarantee(
      State state,
      double target,
      double risk,
      String scope,
      String scopeNote,
      Double accuracyAtLeast,
      Double accuracyExpected,
      Double wholeAtLeast,
      String right,
      String method,
      String withdrawnWhy) {}

  /**
   * One audit.
   *
   * @param candidates labels about to be accepted, before the audit
   * @param drawn of them sent to people, blind
   * @param wrong answers that contradicted the machine
   * @param lost draws nobody answered, counted as errors
   * @param accepted labels accepted, 0 when it did not certify
   * @param accuracyAtLeast lower bound of the accepted labels' accuracy
   * @param seed seed of its draws; in JSON as {@link Job#seed}
   */
  public record Audit(
      int round,
      double target,
      double risk,
      int candidates,
      int drawn,
      int wrong,
      int lost,
      int accepted,
      double accuracyAtLeast,
      double accuracyExpected,
      @JsonFormat(shape = JsonFormat.Shape.STRING) long seed) {}

  /**
   * The watch over accepted labels, as it stood when the certificate was issued.
   *
   * @param drawn labels drawn again at random after acceptance and answered, all watches together
   * @param wrong of the newest watch, answers that contradicted the machine
   * @param supportedAtRisk risk at which the lower bound that audits and watch give together still
   *     reaches the target, small is good; 1 when at none
   * @param accuracyAtMost upper bound of the accuracy of the labels never drawn, valid at all times
   */
  public record Watch(int drawn, int wrong, double supportedAtRisk, double accuracyAtMost) {}

  /**
   * How often people differ.
   *
   * @param items human labels drawn at random for a second blind answer; those whose second answer
   *     never came ({@code items - pairs}) count as differing in the bound
   * @param pairs first and second answers compared; 0 when there were none
   * @param agreeing of them that said the same
   * @param share probability with which a label was drawn, 1 when all were; null in certificates
   *     that do not name it
   * @param differAtMost upper bound of the part of the human labels that two people differ on,
   *     valid at all times with 1 − a tenth of the risk; null without pairs
   * @param labels human labels the bound is about; null in certificates that do not name them
   * @param unchecked of them, labels that could not be drawn, because somebody in charge gave them
   *     or the first answer was not blind: they count as differing; null in certificates that do
   *     not name them
   * @param answeredTwice items that two people answered, for whatever reason; null in certificates
   *     that do not name them
   * @param why why nothing was measured; null with pairs, and in certificates that do not name it
   */
  public record HumanError(
      long items,
      long pairs,
      long agreeing,
      Double share,
      Double differAtMost,
      Long labels,
      Long unchecked,
      Long answeredTwice,
      String why) {}

  /**
   * A model whose labels were used or audited.
   *
   * @param digest SHA-256 of the stored recipe it can be trained again by
   */
  public record Model(int round, String digest, String description, int humanLabels) {}

  /** What the models read. */
  public record Features(String description, String recipeDigest, String valuesDigest) {}
}

package org.atelier.dataset;

import java.util.Optional;
import java.util.UUID;

/** SPI: what is known of labels beside the labels, a CDI bean of the feature that knows it. */
public interface LabelEvidence {

  /** Empty where nothing is known of this source of labels. */
  Optional<About> of(UUID projectId, UUID sourceId);

  /**
   * How labels came about.
   *
   * @param answers single answers of people behind them
   * @param simulatedAnswers of them those that simulated people gave; above zero it is a rehearsal
   * @param certificate null while none was issued
   */
  record About(long answers, long simulatedAnswers, Issued certificate) {

    /** Whether simulated people answered. */
    public boolean isRehearsal() {
      return simulatedAnswers > 0;
    }
  }

  /**
   * A certificate of the labels.
   *
   * @param path its address within the installation, with a slash at its beginning
   * @param sentence what it says
   * @param digest SHA-256 of it
   */
  record Issued(String path, String sentence, String digest) {}
}

package org.atelier.labeling.consolidation;

/** The method keeps more numbers for so many people and labels than there is room for. */
public final class TooManyNumbersException extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  TooManyNumbersException(String sentence) {
    super(sentence);
  }
}

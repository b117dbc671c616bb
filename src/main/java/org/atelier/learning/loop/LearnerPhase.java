package org.atelier.learning.loop;

/** Where the learning loop of a job stands. */
public enum LearnerPhase {
  /** Features are being computed; people already label items drawn at random. */
  PREPARING("The model is getting to know the items; people label a random start meanwhile."),
  /** People label items drawn at random. */
  STARTING("People label a random start from which the first model is trained."),
  /** People label what the model is unsure about. */
  ASKING("People label the items that teach the model most."),
  /** People check a random sample of machine labels about to be accepted. */
  AUDITING("People check a random sample of labels of the model that are about to be accepted."),
  /** The model asks for nothing more; accepted labels, if any, are still checked at random. */
  WATCHING("Learning is over; of what was accepted a thin random sample is still checked."),
  /** People label every item. */
  BY_HAND("People label every item."),
  /** Nothing more will happen. */
  FINISHED("Learning has ended.");

  private final String sentence;

  LearnerPhase(String sentence) {
    this.sentence = sentence;
  }

  /** Whether the model will be trained again. */
  public boolean hasRoundsToCome() {
    return switch (this) {
      case PREPARING, STARTING, ASKING, AUDITING -> true;
      case WATCHING, BY_HAND, FINISHED -> false;
    };
  }

  /** What happens in this phase, one sentence. */
  public String sentence() {
    return sentence;
  }
}

package org.atelier.labeling;

/** Why an item came to a person. Stored with the task, shown only after the answer. */
public enum TaskReason {
  /** Drawn at random before there was a model. */
  RANDOM_START(20, true, "It was drawn at random to start the job."),
  /** Drawn at random among machine labels about to be accepted; the audit's own draws only. */
  AUDIT(10, true, "It was drawn at random to check the model's labels."),
  /**
   * Drawn at random among all open items while a model was trained: a draw of the audit that is
   * opened then, where the machine's label of it is a candidate, and else a label like any other.
   */
  EARLY_DRAW(35, true, "It was drawn at random to check the model's labels."),
  /**
   * The model is sure of it, and its errors among such items have to be known. Drawn by how sure it
   * is, so that it is no fair sample.
   */
  EXPLORED(12, false, "It was asked to check what the model is sure of."),
  /** The model was unsure. */
  LOW_MARGIN(30, false, "The model was unsure about it."),
  /** Earlier answers did not agree. */
  DISAGREEMENT(15, false, "Earlier answers did not agree."),
  /** Drawn at random to keep watch over accepted machine labels. */
  MONITOR(20, true, "It was drawn at random to keep watch over the model's labels."),
  /** The job asks people for every item. */
  BY_HAND(40, true, "This job asks people for every item."),
  /** Its label was doubted. */
  SENT_BACK(15, false, "Somebody asked for another look at its label."),
  /** Somebody in charge decided its label. */
  DECIDED(40, false, "Its label was decided by somebody in charge.");

  private final int priority;
  private final boolean fair;
  private final String sentence;

  TaskReason(int priority, boolean fair, String sentence) {
    this.priority = priority;
    this.fair = fair;
    this.sentence = sentence;
  }

  /** Order in the queue when nothing else is asked for; lower comes first. */
  public int priority() {
    return priority;
  }

  /**
   * Whether the item was chosen without looking at how hard it is, so that class shares and worker
   * skills may be estimated from it.
   */
  public boolean isFair() {
    return fair;
  }

  /** Whether a suggestion of the machine may be shown before the answer, if the job shows them. */
  public boolean allowsSuggestion() {
    return this == LOW_MARGIN;
  }

  /** The reason in words, for the person who has answered. */
  public String sentence() {
    return sentence;
  }
}

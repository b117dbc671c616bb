package org.atelier.platform.work;

/**
 * Does one kind of machine work. A bean; found by its kind.
 *
 * <p>Work runs at least once: after a crash it starts again, so a handler continues from its
 * checkpoint or repeats without double effects.
 */
public interface WorkHandler {

  /** Stable kebab-case name stored with each work: {@code dataset-import}. */
  String kind();

  /** Does the work; throwing fails it with the message shown to people. */
  void run(WorkContext context) throws Exception;

  /**
   * How often a failure is met by another try, a few seconds later, before the work has failed for
   * good. What people have to mend ({@link org.atelier.platform.ProblemException}) is not repeated.
   */
  default int retries() {
    return 0;
  }

  /**
   * Called when the work failed for good, before that is written down; after a crash in between the
   * work runs again.
   *
   * @param why as people are told
   */
  default void failed(WorkContext context, String why) {}
}

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
}

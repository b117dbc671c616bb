package org.atelier.platform;

import java.util.UUID;

/** Keeps events in the caller's transaction until they are delivered. */
public interface Outbox {

  /**
   * Writes an event that is delivered if, and only if, the transaction commits.
   *
   * @param type past tense, kebab-case: {@code labels-consolidated}
   * @param payload JSON-able record
   */
  void publish(UUID projectId, String type, UUID subjectId, Object payload);
}

package org.atelier.platform;

import java.util.Map;
import java.util.UUID;

/** Append-only record of who did what; rows are never changed or removed. */
public interface AuditTrail {

  /**
   * Records an act of the current person (or of the installation itself when nobody is signed in)
   * in the caller's transaction.
   *
   * @param projectId project the act belongs to, null for acts on the installation
   * @param action past tense, kebab-case with the subject in front: {@code job-started}
   * @param subjectType kind of thing acted on: {@code job}
   * @param details what changed, JSON-able; never secrets or item contents
   */
  void record(
      UUID projectId, String action, String subjectType, UUID subjectId, Map<String, ?> details);
}

package org.atelier.platform.audit;

import java.time.OffsetDateTime;
import java.util.UUID;

/** One act as shown to people. */
record AuditRow(
    long id,
    OffsetDateTime at,
    String personName,
    String action,
    String subjectType,
    UUID subjectId,
    String details,
    String requestId) {

  /** The action in words: {@code job-started} becomes {@code job started}. */
  public String words() {
    return action.replace('-', ' ');
  }
}

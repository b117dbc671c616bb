package org.atelier.platform;

/** What a person may be in a project; a person can hold several. */
public enum Role {
  LABELER,
  EXPERT,
  REVIEWER,
  MANAGER,
  APPROVER,
  AUDITOR,
  ADMIN
}

package org.atelier.dataset.web;

import java.util.UUID;
import org.atelier.platform.Access;
import org.atelier.platform.Role;

/** Who may do what with datasets. */
final class Desk {

  private static final Role[] READERS = {
    Role.REVIEWER, Role.MANAGER, Role.APPROVER, Role.AUDITOR, Role.ADMIN
  };

  private Desk() {}

  /** Looks at datasets. */
  static void requireReader(Access access, UUID project) {
    access.require(project, READERS);
  }

  /** Imports, changes and deletes. */
  static void requireManager(Access access, UUID project) {
    access.require(project, Role.MANAGER);
  }

  static boolean isManager(Access access, UUID project) {
    return access.may(project, Role.MANAGER);
  }
}

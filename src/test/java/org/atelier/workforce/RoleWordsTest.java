package org.atelier.workforce;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.atelier.platform.Role;
import org.junit.jupiter.api.Test;

class RoleWordsTest {

  @Test
  void aRowOfRolesHasOneOr() {
    assertEquals("manager", RequestAccess.words(Role.MANAGER));
    assertEquals("manager or admin", RequestAccess.words(Role.MANAGER, Role.ADMIN));
    assertEquals(
        "reviewer, manager, approver, auditor or admin",
        RequestAccess.words(MemberPages.IN_CHARGE));
    assertEquals("", RequestAccess.words());
  }
}

package org.atelier.workforce;

import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import org.atelier.platform.Role;

/** A member of a project with the roles held there, comma-separated. */
record MemberRow(
    UUID id, String email, String displayName, boolean simulated, boolean disabled, String roles) {

  /** "labeler, manager". */
  public String roleWords() {
    return roles.toLowerCase(Locale.ROOT).replace(",", ", ");
  }

  /** Whether the member holds the role. */
  public boolean holds(Role role) {
    return Arrays.asList(roles.split(",")).contains(role.name());
  }
}

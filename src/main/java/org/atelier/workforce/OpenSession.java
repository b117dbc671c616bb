package org.atelier.workforce;

import java.time.OffsetDateTime;
import java.util.List;

/**
 * A session that can be used, as its person sees it.
 *
 * @param handle names the session among those of its person; nobody can sign in with it
 * @param here whether it is the one that asks
 */
record OpenSession(
    String handle,
    OffsetDateTime createdAt,
    OffsetDateTime lastSeenAt,
    String userAgent,
    boolean here) {

  /** Order matters: Edge and Chrome also call themselves Safari, Android also Linux. */
  private static final List<String[]> BROWSERS =
      List.of(
          new String[] {"Edg", "Edge"},
          new String[] {"Firefox", "Firefox"},
          new String[] {"Chrome", "Chrome"},
          new String[] {"Safari", "Safari"});

  private static final List<String[]> SYSTEMS =
      List.of(
          new String[] {"iPhone", "iPhone"},
          new String[] {"iPad", "iPad"},
          new String[] {"Android", "Android"},
          new String[] {"Windows", "Windows"},
          new String[] {"Mac OS", "macOS"},
          new String[] {"Linux", "Linux"});

  /** "Firefox on Windows", or what the browser calls itself. */
  public String browser() {
    String browser = first(BROWSERS);
    String system = first(SYSTEMS);
    if (browser == null) {
      return userAgent;
    }
    return system == null ? browser : browser + " on " + system;
  }

  private String first(List<String[]> names) {
    for (String[] name : names) {
      if (userAgent.contains(name[0])) {
        return name[1];
      }
    }
    return null;
  }
}

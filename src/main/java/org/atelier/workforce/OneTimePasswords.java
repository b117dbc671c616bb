package org.atelier.workforce;

import java.security.SecureRandom;

/** Passwords made by the installation, to be typed once. */
final class OneTimePasswords {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String READABLE = "abcdefghjkmnpqrstuvwxyz23456789";

  private OneTimePasswords() {}

  /** A password of 5 groups of 4 readable characters (about 99 bits) to be typed once. */
  static String next() {
    StringBuilder password = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      if (i > 0 && i % 4 == 0) {
        password.append('-');
      }
      password.append(READABLE.charAt(RANDOM.nextInt(READABLE.length())));
    }
    return password.toString();
  }
}

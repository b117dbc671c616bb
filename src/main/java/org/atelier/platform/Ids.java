package org.atelier.platform;

import java.security.SecureRandom;
import java.util.UUID;

/**
 * Makes identifiers whose order follows time (UUID version 7, RFC 9562 section 5.7), so that rows
 * written together lie together in an index. Thread-safe.
 */
public final class Ids {

  private static final SecureRandom RANDOM = new SecureRandom();

  private Ids() {}

  /** Makes a new identifier: 48 bits of milliseconds since 1970, then 74 random bits. */
  public static UUID next() {
    return at(System.currentTimeMillis(), RANDOM.nextLong(), RANDOM.nextLong());
  }

  static UUID at(long epochMillis, long randomHigh, long randomLow) {
    long high = (epochMillis << 16) | 0x7000L | (randomHigh & 0x0FFFL);
    long low = (randomLow & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
    return new UUID(high, low);
  }
}

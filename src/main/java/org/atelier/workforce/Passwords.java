package org.atelier.workforce;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import java.util.concurrent.Semaphore;

/**
 * Keeps passwords as Argon2id (RFC 9106) with 19 MiB of memory, two passes, one lane, 16 bytes of
 * salt and 32 bytes of output, the least that OWASP recommends.
 */
final class Passwords {

  static final int LEAST_LENGTH = 10;
  private static final int MEMORY_KIB = 19 * 1024;
  private static final Argon2Function FUNCTION =
      Argon2Function.getInstance(MEMORY_KIB, 2, 1, 32, Argon2.ID);

  /** Each computation fills 19 MiB: a flood of attempts waits here instead of filling the heap. */
  private static final Semaphore AT_A_TIME =
      new Semaphore(Math.max(2, Runtime.getRuntime().availableProcessors()), true);

  private static final String NOBODY = hash("no account has this password");

  private Passwords() {}

  static String hash(String password) {
    AT_A_TIME.acquireUninterruptibly();
    try {
      return Password.hash(password).addRandomSalt(16).with(FUNCTION).getResult();
    } finally {
      AT_A_TIME.release();
    }
  }

  /**
   * Whether the password is the kept one; a missing hash costs as much time as a wrong password.
   */
  static boolean matches(String password, String hash) {
    String kept = hash == null ? NOBODY : hash;
    AT_A_TIME.acquireUninterruptibly();
    try {
      boolean same = Password.check(password, kept).with(Argon2Function.getInstanceFromHash(kept));
      return same && hash != null;
    } finally {
      AT_A_TIME.release();
    }
  }
}

package org.atelier.workforce;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.atelier.platform.CommonProblem;
import org.atelier.platform.ProblemException;

/**
 * Keeps passwords as Argon2id (RFC 9106) with 19 MiB of memory, two passes, one lane, 16 bytes of
 * salt and 32 bytes of output, the least that OWASP recommends.
 */
final class Passwords {

  /** So that ten blanks are none. */
  static final int FEWEST_DIFFERENT = 4;

  static final int LEAST_LENGTH = 10;
  private static final int MEMORY_KIB = 19 * 1024;
  private static final Argon2Function FUNCTION =
      Argon2Function.getInstance(MEMORY_KIB, 2, 1, 32, Argon2.ID);

  /** Each computation fills 19 MiB: a flood of attempts waits here instead of filling the heap. */
  static final Semaphore AT_A_TIME =
      new Semaphore(Math.max(2, Runtime.getRuntime().availableProcessors()), true);

  private static final long PATIENCE_SECONDS = 20;

  private static final String NOBODY = hash("no account has this password");

  private Passwords() {}

  /**
   * Takes long, so never within a transaction: whoever waits here would hold a connection to the
   * database.
   *
   * @throws ProblemException TOO_MANY_REQUESTS when too many others wait
   */
  static String hash(String password) {
    waitForTurn();
    try {
      return Password.hash(password).addRandomSalt(16).with(FUNCTION).getResult();
    } finally {
      AT_A_TIME.release();
    }
  }

  /**
   * Whether the password is the kept one; a missing hash costs as much time as a wrong password.
   * Takes long, so never within a transaction.
   *
   * @throws ProblemException TOO_MANY_REQUESTS when too many others wait
   */
  static boolean matches(String password, String hash) {
    String kept = hash == null ? NOBODY : hash;
    waitForTurn();
    try {
      boolean same = Password.check(password, kept).with(Argon2Function.getInstanceFromHash(kept));
      return same && hash != null;
    } finally {
      AT_A_TIME.release();
    }
  }

  private static void waitForTurn() {
    try {
      if (AT_A_TIME.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new ProblemException(
        CommonProblem.TOO_MANY_REQUESTS,
        "Too many people sign in at this moment. Try again in half a minute.");
  }
}

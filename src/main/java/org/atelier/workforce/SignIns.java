package org.atelier.workforce;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import org.atelier.platform.AuditTrail;
import org.atelier.platform.ProblemException;
import org.atelier.platform.keys.KeyPurpose;

/**
 * What signing in reads and writes, in short transactions around the checking of the password,
 * which takes long. A try counts as failed before its password is looked at: however many come at
 * once, no more than the free ones are looked at.
 */
@Singleton
class SignIns {

  static final Duration SESSION = Duration.ofHours(12);

  private static final int FREE_TRIES = 5;
  private static final int LONGEST_AGENT = 200;

  private final PersonRepository people;
  private final SessionRepository sessions;
  private final BearerSecrets secrets;
  private final AuditTrail audit;
  private final Clock clock;

  SignIns(
      PersonRepository people,
      SessionRepository sessions,
      BearerSecrets secrets,
      AuditTrail audit,
      Clock clock) {
    this.people = people;
    this.sessions = sessions;
    this.secrets = secrets;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Counts a try as failed until it turns out not to be.
   *
   * @return the person as they were before; empty when nobody has the address
   * @throws ProblemException ACCOUNT_LOCKED while locked
   */
  @Transactional(dontRollbackOn = ProblemException.class)
  Optional<PersonRow> begin(String email) {
    OffsetDateTime now = OffsetDateTime.now(clock);
    Optional<PersonRow> found = people.byEmailForUpdate(email);
    found.ifPresent(person -> count(person, now));
    return found;
  }

  private void count(PersonRow person, OffsetDateTime now) {
    if (person.lockedUntil() != null && person.lockedUntil().isAfter(now)) {
      long seconds = Duration.between(now, person.lockedUntil()).toSeconds() + 1;
      throw new ProblemException(
          WorkforceProblem.ACCOUNT_LOCKED, "Wait " + seconds + " seconds, then try again.");
    }
    int failures = person.failedSignIns() + 1;
    OffsetDateTime locked = null;
    if (failures >= FREE_TRIES) {
      long seconds = Math.min(900, 10L << Math.min(10, failures - FREE_TRIES));
      locked = now.plusSeconds(seconds);
    }
    people.signInFailed(person.id(), failures, locked);
  }

  /** Takes back the counting of a try that was no failure. */
  @Transactional
  void takeBack(PersonRow before) {
    people.signInNotFailed(before.id(), before.failedSignIns() + 1 >= FREE_TRIES);
  }

  /**
   * Begins a session, unless the account has changed since its password was looked at.
   *
   * @param before as {@link #begin} gave it
   */
  @Transactional
  Optional<Accounts.Begun> complete(PersonRow before, String userAgent) {
    Optional<PersonRow> now = people.byEmailForUpdate(before.email());
    if (now.isEmpty()
        || now.get().disabledAt() != null
        || !before.passwordHash().equals(now.get().passwordHash())) {
      return Optional.empty();
    }
    PersonRow person = now.get();
    people.signInFailed(person.id(), 0, null);
    BearerSecrets.Issued issued = secrets.issue(KeyPurpose.SESSION, "");
    OffsetDateTime at = OffsetDateTime.now(clock);
    sessions.insert(issued.hash(), person.id(), at, at.plus(SESSION), shorten(userAgent));
    audit.record(null, "person-signed-in", "person", person.id(), Map.of("email", person.email()));
    return Optional.of(new Accounts.Begun(issued.secret(), person.mustChangePassword()));
  }

  private static String shorten(String text) {
    String safe = text == null ? "unknown" : text;
    return safe.length() <= LONGEST_AGENT ? safe : safe.substring(0, LONGEST_AGENT);
  }
}

package org.atelier.workforce;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.atelier.platform.AuditTrail;
import org.atelier.platform.Ids;
import org.atelier.platform.ProblemException;
import org.atelier.platform.keys.KeyPurpose;

/** Local accounts: signing in and out, passwords, sessions and personal access tokens. */
@Singleton
class Accounts {

  private static final Duration REFRESH = Duration.ofMinutes(5);
  private static final String TOKEN_PREFIX = "atl_";

  private final SignIns signIns;
  private final PersonRepository people;
  private final SessionRepository sessions;
  private final BearerSecrets secrets;
  private final AuditTrail audit;
  private final Clock clock;

  Accounts(
      SignIns signIns,
      PersonRepository people,
      SessionRepository sessions,
      BearerSecrets secrets,
      AuditTrail audit,
      Clock clock) {
    this.signIns = signIns;
    this.people = people;
    this.sessions = sessions;
    this.secrets = secrets;
    this.audit = audit;
    this.clock = clock;
  }

  /** A session that begins: the secret for the cookie, told only once. */
  record Begun(String token, boolean mustChangePassword) {}

  /**
   * Begins a session. After five wrong passwords in a row every further one locks the account for
   * twice as long, from 10 seconds to 15 minutes. No connection to the database is held while the
   * password is looked at, or waits for that.
   *
   * @throws ProblemException WRONG_PASSWORD alike for unknown, disabled and mistyped;
   *     ACCOUNT_LOCKED while locked; TOO_MANY_REQUESTS when too many wait for their passwords
   */
  Begun signIn(String email, String password, String userAgent) {
    Optional<PersonRow> found = signIns.begin(email.strip());
    boolean right;
    try {
      right = Passwords.matches(password, found.map(PersonRow::passwordHash).orElse(null));
    } catch (ProblemException e) {
      found.ifPresent(signIns::takeBack);
      throw e;
    }
    if (right && found.get().disabledAt() != null) {
      signIns.takeBack(found.get());
      right = false;
    }
    Optional<Begun> begun =
        right ? signIns.complete(found.get(), userAgent) : Optional.<Begun>empty();
    return begun.orElseThrow(
        () ->
            new ProblemException(
                WorkforceProblem.WRONG_PASSWORD,
                "Check both and try again. Your administrator can give you a new one-time"
                    + " password."));
  }

  /**
   * The person behind a session secret; keeps the session alive while it is used. Asked by every
   * request, so it costs one statement and no transaction.
   */
  Optional<SessionRow> session(String token) {
    OffsetDateTime now = OffsetDateTime.now(clock);
    Optional<byte[]> hash = sessionHash(token);
    Optional<SessionRow> session = hash.flatMap(kept -> sessions.living(kept, now));
    if (session.isPresent() && session.get().lastSeenAt().isBefore(now.minus(REFRESH))) {
      sessions.seen(hash.get(), now, now.plus(SignIns.SESSION));
    }
    return session;
  }

  /** The person behind a personal access token; as cheap as {@link #session}. */
  Optional<SessionRow> accessToken(String token) {
    OffsetDateTime now = OffsetDateTime.now(clock);
    Optional<byte[]> hash = secrets.hash(KeyPurpose.TOKEN, TOKEN_PREFIX, token);
    Optional<SessionRow> found = hash.flatMap(kept -> sessions.livingToken(kept, now));
    if (found.isPresent() && found.get().lastSeenAt().isBefore(now.minus(REFRESH))) {
      sessions.tokenUsed(hash.get(), now);
    }
    return found;
  }

  /** Ends a session; null, and what is none, changes nothing. */
  @Transactional
  void signOut(String token) {
    sessionHash(token).ifPresent(sessions::end);
  }

  /** Where the person is signed in, the session used last first; the given one is marked. */
  @Transactional
  List<OpenSession> sessions(UUID person, String token) {
    return sessions.open(person, sessionHash(token).orElse(null), OffsetDateTime.now(clock));
  }

  /** Ends one session of the person. */
  @Transactional
  void endSession(UUID person, String handle) {
    if (sessions.end(person, handle) == 0) {
      throw ProblemException.notFound("There is no such session, or it has ended before.");
    }
    audit.record(null, "session-ended", "person", person, Map.of());
  }

  /** Ends every session of the person but the given one (none is spared when it is null). */
  @Transactional
  int signOutEverywhere(UUID person, String exceptToken) {
    int ended = sessions.endAll(person, sessionHash(exceptToken).orElse(null));
    audit.record(null, "person-signed-out-everywhere", "person", person, Map.of("ended", ended));
    return ended;
  }

  /**
   * Replaces a password; every other session of the person ends.
   *
   * @throws ProblemException WRONG_PASSWORD when the old one is wrong, WEAK_PASSWORD when the new
   *     one is shorter than ten characters, the old one, or the e-mail address
   */
  void changePassword(UUID personId, String old, String fresh, String token) {
    PersonRow person =
        people.byId(personId).orElseThrow(() -> ProblemException.notFound("No such person."));
    if (!Passwords.matches(old, person.passwordHash())) {
      throw new ProblemException(
          WorkforceProblem.WRONG_PASSWORD,
          "The present password is not right.",
          Map.of("field", "old"));
    }
    if (fresh.length() < Passwords.LEAST_LENGTH
        || fresh.chars().distinct().count() < Passwords.FEWEST_DIFFERENT
        || fresh.equals(old)
        || fresh.equalsIgnoreCase(person.email())) {
      throw new ProblemException(
          WorkforceProblem.WEAK_PASSWORD,
          "Take at least %d characters, %d of them different, not the present password and not your e-mail address."
              .formatted(Passwords.LEAST_LENGTH, Passwords.FEWEST_DIFFERENT),
          Map.of("field", "fresh"));
    }
    String hash = Passwords.hash(fresh);
    QuarkusTransaction.joiningExisting()
        .run(
            () -> {
              people.setPassword(personId, hash, false);
              sessions.endAll(personId, sessionHash(token).orElse(null));
              audit.record(null, "password-changed", "person", personId, Map.of());
            });
  }

  /** Makes a personal access token; the secret is told only here. */
  @Transactional
  String createToken(UUID person, String name, Integer days) {
    if (name == null || name.isBlank() || name.length() > 100) {
      throw ProblemException.invalid("name", "Give the token a name of 1 to 100 characters.");
    }
    if (days != null && (days < 1 || days > 3660)) {
      throw ProblemException.invalid("days", "A token lives 1 to 3,660 days.");
    }
    OffsetDateTime now = OffsetDateTime.now(clock);
    BearerSecrets.Issued issued = secrets.issue(KeyPurpose.TOKEN, TOKEN_PREFIX);
    UUID id = Ids.next();
    sessions.insertToken(
        id, person, name.strip(), issued.hash(), now, days == null ? null : now.plusDays(days));
    audit.record(null, "access-token-created", "access-token", id, Map.of("name", name));
    return issued.secret();
  }

  @Transactional
  List<AccessTokenRow> tokens(UUID person) {
    return sessions.tokens(person);
  }

  @Transactional
  void revokeToken(UUID person, UUID token) {
    if (sessions.revokeToken(person, token, OffsetDateTime.now(clock)) == 0) {
      throw ProblemException.notFound("There is no such token, or it was revoked before.");
    }
    audit.record(null, "access-token-revoked", "access-token", token, Map.of());
  }

  private Optional<byte[]> sessionHash(String token) {
    return Optional.ofNullable(token)
        .flatMap(secret -> secrets.hash(KeyPurpose.SESSION, "", secret));
  }
}

package org.atelier.workforce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.atelier.platform.Ids;
import org.atelier.platform.database.PostgresExtension;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nobody is locked out of their own installation, and nobody else is let in. */
class WayBackInTest {

  private static final OffsetDateTime NOW =
      OffsetDateTime.of(2026, 11, 30, 9, 0, 0, 0, ZoneOffset.UTC);
  private static final String FIRST = "admin@atelier.local";

  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();

  private Jdbi jdbi;
  private PersonRepository people;

  @BeforeEach
  void open() {
    jdbi = POSTGRES.jdbi();
    people = new PersonRepository(jdbi);
    jdbi.useHandle(h -> h.execute("delete from workforce.session"));
    jdbi.useHandle(h -> h.execute("delete from workforce.access_token"));
    jdbi.useHandle(h -> h.execute("delete from workforce.person"));
  }

  private UUID person(String email, boolean administrator, boolean oneTime) {
    UUID id = Ids.next();
    people.insert(
        new PersonRow(id, email, "Somebody", administrator, false, "hash", oneTime, 0, null, null),
        NOW);
    return id;
  }

  @Test
  void theFirstAdministratorWaitsUntilAnAdministratorHasAnOwnPassword() {
    UUID first = person(FIRST, true, true);
    person("ana@example.com", false, false);
    UUID second = person("ben@example.com", true, true);
    assertEquals(Optional.of(first), people.waitingAdministrator(FIRST));
    people.setPassword(second, "own", false);
    assertEquals(Optional.empty(), people.waitingAdministrator(FIRST));
    people.setDisabled(second, NOW);
    assertEquals(Optional.of(first), people.waitingAdministrator(FIRST));
    people.setPassword(first, "own", false);
    assertEquals(Optional.empty(), people.waitingAdministrator(FIRST));
  }

  @Test
  void theCommandGivesAOneTimePasswordEndsSessionsAndIsInTheAuditTrail() {
    UUID ana = person("Ana@example.com", true, false);
    new SessionRepository(jdbi).insert(new byte[32], ana, NOW, NOW.plusDays(1), "test");
    new SessionRepository(jdbi).insertToken(Ids.next(), ana, "thief", new byte[32], NOW, null);
    jdbi.useHandle(
        h ->
            h.execute(
                "update workforce.person set failed_sign_ins = 5, locked_until = now() where id ="
                    + " ?",
                ana));
    assertTrue(reset("ana@EXAMPLE.com"));
    PersonRow row = people.byId(ana).orElseThrow();
    assertEquals("new hash", row.passwordHash());
    assertTrue(row.mustChangePassword());
    assertEquals(0, row.failedSignIns());
    assertEquals(null, row.lockedUntil());
    assertEquals(
        List.of(), column("select 'open' from workforce.session where person_id = ?", ana));
    assertEquals(List.of(), new SessionRepository(jdbi).tokens(ana));
    assertEquals(
        List.of("password-reset"),
        column("select action from platform.audit_entry where subject_id = ?", ana));
    assertFalse(reset("nobody@example.com"));
  }

  @Test
  void sessionsThatHaveExpiredAreRemovedAtNightAndLivingOnesAreNot() {
    UUID ana = person("ana@example.com", false, false);
    SessionRepository sessions = new SessionRepository(jdbi);
    byte[] living = new byte[32];
    living[0] = 1;
    sessions.insert(new byte[32], ana, NOW.minusDays(2), NOW, "expired");
    sessions.insert(living, ana, NOW, NOW.plusSeconds(1), "living");
    new ExpiredSessionRemoval(sessions, Clock.fixed(NOW.toInstant(), ZoneOffset.UTC)).run();
    assertEquals(
        List.of("living"),
        column("select user_agent from workforce.session where person_id = ?", ana));
  }

  private boolean reset(String email) {
    return jdbi.<Boolean, RuntimeException>inTransaction(
        h -> ResetPasswordCommand.reset(h, email, "new hash"));
  }

  private List<String> column(String sql, UUID person) {
    return jdbi.withHandle(h -> h.select(sql, person).mapTo(String.class).list());
  }
}

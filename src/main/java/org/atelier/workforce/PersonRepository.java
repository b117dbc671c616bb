package org.atelier.workforce;

import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.atelier.platform.RecordMapper;
import org.jdbi.v3.core.Jdbi;

@Singleton
class PersonRepository {

  private static final String COLUMNS =
      """
      id, email, display_name, administrator, simulated, password_hash, must_change_password,
      failed_sign_ins, locked_until, disabled_at
      """;

  private final Jdbi jdbi;

  PersonRepository(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  boolean isEmpty() {
    return jdbi.withHandle(
        h ->
            h.createQuery("select not exists (select 1 from workforce.person)")
                .mapTo(Boolean.class)
                .one());
  }

  /** An enabled administrator, while no enabled administrator has a password of their own. */
  Optional<UUID> waitingAdministrator(String email) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select p.id from workforce.person p
                    where lower(p.email) = lower(:email) and p.administrator
                      and p.must_change_password and p.disabled_at is null
                      and not exists (select from workforce.person o where o.administrator
                        and not o.must_change_password and o.disabled_at is null)
                    """)
                .bind("email", email)
                .mapTo(UUID.class)
                .findOne());
  }

  /** Keeps a person; false when somebody has the address. */
  boolean insert(PersonRow person, OffsetDateTime now) {
    return jdbi.withHandle(
            h ->
                h.createUpdate(
                        """
                    insert into workforce.person (id, email, display_name, administrator, simulated,
                      password_hash, must_change_password, created_at)
                    values (:id, :email, :displayName, :administrator, :simulated, :passwordHash,
                      :mustChangePassword, :now)
                    on conflict (lower(email)) do nothing
                    """)
                    .bind("id", person.id())
                    .bind("email", person.email())
                    .bind("displayName", person.displayName())
                    .bind("administrator", person.administrator())
                    .bind("simulated", person.simulated())
                    .bind("passwordHash", person.passwordHash())
                    .bind("mustChangePassword", person.mustChangePassword())
                    .bind("now", now)
                    .execute())
        == 1;
  }

  /**
   * Who administers the installation and may sign in, kept from changing until the transaction
   * ends.
   */
  Set<UUID> holdAdministrators() {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select id from workforce.person
                    where administrator and disabled_at is null order by id for no key update
                    """)
                .mapTo(UUID.class)
                .set());
  }

  List<String> administratorNames(int most) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select display_name from workforce.person
                    where administrator and disabled_at is null order by display_name, id
                    limit :most
                    """)
                .bind("most", most)
                .mapTo(String.class)
                .list());
  }

  Optional<PersonRow> byEmail(String email) {
    return one("lower(email) = lower(:key)", email);
  }

  /** The same, kept from others who ask so until the transaction ends. */
  Optional<PersonRow> byEmailForUpdate(String email) {
    return one("lower(email) = lower(:key) for no key update", email);
  }

  Optional<PersonRow> byId(UUID id) {
    return one("id = :key", id);
  }

  private Optional<PersonRow> one(String condition, Object key) {
    return jdbi.withHandle(
        h ->
            h.createQuery("select " + COLUMNS + " from workforce.person where " + condition)
                .bind("key", key)
                .map(RecordMapper.of(PersonRow.class))
                .findOne());
  }

  /**
   * Ordered by address.
   *
   * @param find part of the name, or how the address begins; empty for everybody
   */
  List<PersonRow> page(String find, String afterEmail, boolean simulated, int limit) {
    String literal = find.replaceAll("([\\\\%_])", "\\\\$1");
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    "select "
                        + COLUMNS
                        + """
                         from workforce.person where lower(email) > lower(:after)
                          and (:simulated or not simulated)
                          and (:find = '' or display_name ilike :part or email ilike :start)
                        order by lower(email) limit :limit
                        """)
                .bind("after", afterEmail)
                .bind("simulated", simulated)
                .bind("find", find)
                .bind("part", "%" + literal + "%")
                .bind("start", literal + "%")
                .bind("limit", limit)
                .map(RecordMapper.of(PersonRow.class))
                .list());
  }

  void setPassword(UUID id, String hash, boolean mustChange) {
    update(
        id,
        "password_hash = :hash, must_change_password = :must, failed_sign_ins = 0,"
            + " locked_until = null",
        hash,
        mustChange);
  }

  private void update(UUID id, String set, String hash, boolean mustChange) {
    jdbi.useHandle(
        h ->
            h.createUpdate(
                    "update workforce.person set " + set + ", version = version + 1 where id = :id")
                .bind("hash", hash)
                .bind("must", mustChange)
                .bind("id", id)
                .execute());
  }

  void signInFailed(UUID id, int failures, OffsetDateTime lockedUntil) {
    jdbi.useHandle(
        h ->
            h.createUpdate(
                    """
                    update workforce.person set failed_sign_ins = :failures,
                      locked_until = :locked where id = :id
                    """)
                .bind("failures", failures)
                .bind("locked", lockedUntil)
                .bind("id", id)
                .execute());
  }

  /** Takes back one counted failure, and the lock when that failure had brought it. */
  void signInNotFailed(UUID id, boolean hadLocked) {
    jdbi.useHandle(
        h ->
            h.createUpdate(
                    """
                    update workforce.person
                    set failed_sign_ins = greatest(failed_sign_ins - 1, 0),
                      locked_until = case when :hadLocked then null else locked_until end
                    where id = :id
                    """)
                .bind("hadLocked", hadLocked)
                .bind("id", id)
                .execute());
  }

  void setDisabled(UUID id, OffsetDateTime at) {
    jdbi.useHandle(
        h ->
            h.createUpdate(
                    """
                    update workforce.person set disabled_at = :at, version = version + 1
                    where id = :id
                    """)
                .bind("at", at)
                .bind("id", id)
                .execute());
  }
}

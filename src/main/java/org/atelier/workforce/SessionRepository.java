package org.atelier.workforce;

import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.atelier.platform.RecordMapper;
import org.jdbi.v3.core.Jdbi;

/** Sessions of browsers and access tokens of scripts: both are rows that can be ended. */
@Singleton
class SessionRepository {

  private final Jdbi jdbi;

  SessionRepository(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  void insert(byte[] hash, UUID person, OffsetDateTime now, OffsetDateTime expires, String agent) {
    jdbi.useHandle(
        h ->
            h.createUpdate(
                    """
                    insert into workforce.session
                      (token_hash, person_id, created_at, last_seen_at, expires_at, user_agent)
                    values (:hash, :person, :now, :now, :expires, :agent)
                    """)
                .bind("hash", hash)
                .bind("person", person)
                .bind("now", now)
                .bind("expires", expires)
                .bind("agent", agent)
                .execute());
  }

  Optional<SessionRow> living(byte[] hash, OffsetDateTime now) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select p.id as person_id, p.email, p.display_name, p.administrator,
                      p.must_change_password, s.last_seen_at
                    from workforce.session s join workforce.person p on p.id = s.person_id
                    where s.token_hash = :hash and s.expires_at > :now and p.disabled_at is null
                    """)
                .bind("hash", hash)
                .bind("now", now)
                .map(RecordMapper.of(SessionRow.class))
                .findOne());
  }

  void seen(byte[] hash, OffsetDateTime now, OffsetDateTime expires) {
    jdbi.useHandle(
        h ->
            h.createUpdate(
                    """
                    update workforce.session set last_seen_at = :now, expires_at = :expires
                    where token_hash = :hash
                    """)
                .bind("now", now)
                .bind("expires", expires)
                .bind("hash", hash)
                .execute());
  }

  void end(byte[] hash) {
    jdbi.useHandle(
        h -> h.execute("delete from workforce.session where token_hash = ?", (Object) hash));
  }

  /**
   * Sessions of a person that have not expired, the one used last first.
   *
   * @param here digest of the session that asks, or null
   */
  List<OpenSession> open(UUID person, byte[] here, OffsetDateTime now) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select encode(token_hash, 'hex') as handle, created_at, last_seen_at, user_agent,
                      coalesce(token_hash = cast(:here as bytea), false) as here
                    from workforce.session where person_id = :person and expires_at > :now
                    order by last_seen_at desc, created_at desc limit 100
                    """)
                .bind("person", person)
                .bind("here", here)
                .bind("now", now)
                .map(RecordMapper.of(OpenSession.class))
                .list());
  }

  int end(UUID person, String handle) {
    return jdbi.withHandle(
        h ->
            h.execute(
                "delete from workforce.session where person_id = ? and encode(token_hash, 'hex') ="
                    + " ?",
                person,
                handle));
  }

  int endAll(UUID person, byte[] except) {
    return jdbi.withHandle(
        h ->
            h.createUpdate(
                    """
                    delete from workforce.session
                    where person_id = :person
                      and (cast(:except as bytea) is null or token_hash <> :except)
                    """)
                .bind("person", person)
                .bind("except", except)
                .execute());
  }

  int removeExpired(OffsetDateTime now) {
    return jdbi.withHandle(
        h -> h.execute("delete from workforce.session where expires_at <= ?", now));
  }

  void insertToken(
      UUID id, UUID person, String name, byte[] hash, OffsetDateTime now, OffsetDateTime expires) {
    jdbi.useHandle(
        h ->
            h.createUpdate(
                    """
                    insert into workforce.access_token
                      (id, person_id, name, token_hash, created_at, expires_at)
                    values (:id, :person, :name, :hash, :now, :expires)
                    """)
                .bind("id", id)
                .bind("person", person)
                .bind("name", name)
                .bind("hash", hash)
                .bind("now", now)
                .bind("expires", expires)
                .execute());
  }

  Optional<SessionRow> livingToken(byte[] hash, OffsetDateTime now) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select p.id as person_id, p.email, p.display_name, p.administrator,
                      p.must_change_password, coalesce(t.last_used_at, t.created_at) as last_seen_at
                    from workforce.access_token t join workforce.person p on p.id = t.person_id
                    where t.token_hash = :hash and t.revoked_at is null
                      and (t.expires_at is null or t.expires_at > :now) and p.disabled_at is null
                    """)
                .bind("hash", hash)
                .bind("now", now)
                .map(RecordMapper.of(SessionRow.class))
                .findOne());
  }

  void tokenUsed(byte[] hash, OffsetDateTime now) {
    jdbi.useHandle(
        h ->
            h.execute(
                "update workforce.access_token set last_used_at = ? where token_hash = ?",
                now,
                hash));
  }

  List<AccessTokenRow> tokens(UUID person) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select id, name, created_at, last_used_at, expires_at
                    from workforce.access_token
                    where person_id = :person and revoked_at is null order by created_at desc
                    """)
                .bind("person", person)
                .map(RecordMapper.of(AccessTokenRow.class))
                .list());
  }

  int revokeToken(UUID person, UUID token, OffsetDateTime now) {
    return jdbi.withHandle(
        h ->
            h.execute(
                """
                update workforce.access_token set revoked_at = ?
                where id = ? and person_id = ? and revoked_at is null
                """,
                now,
                token,
                person));
  }

  /** Revokes every access token of a person. */
  int revokeTokens(UUID person, OffsetDateTime now) {
    return jdbi.withHandle(
        h ->
            h.execute(
                "update workforce.access_token set revoked_at = ?"
                    + " where person_id = ? and revoked_at is null",
                now,
                person));
  }
}

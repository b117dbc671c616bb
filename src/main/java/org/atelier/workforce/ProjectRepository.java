package org.atelier.workforce;

import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.RecordMapper;
import org.atelier.platform.Role;
import org.jdbi.v3.core.Jdbi;

@Singleton
class ProjectRepository {

  private final Jdbi jdbi;

  ProjectRepository(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  boolean insert(UUID id, String slug, String name, OffsetDateTime now) {
    return jdbi.withHandle(
            h ->
                h.execute(
                    """
                    insert into workforce.project (id, slug, name, created_at) values (?, ?, ?, ?)
                    on conflict (slug) do nothing
                    """,
                    id,
                    slug,
                    name,
                    now))
        == 1;
  }

  /** A project in which the person has any role. */
  Optional<ProjectRef> ofMember(String slug, UUID person) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select id, slug, name from workforce.project p
                    where slug = :slug and exists (select from workforce.project_member m
                      where m.project_id = p.id and m.person_id = :person)
                    """)
                .bind("slug", slug)
                .bind("person", person)
                .map(RecordMapper.of(ProjectRef.class))
                .findOne());
  }

  Optional<ProjectRef> byId(UUID id) {
    return jdbi.withHandle(
        h ->
            h.createQuery("select id, slug, name from workforce.project where id = :id")
                .bind("id", id)
                .map(RecordMapper.of(ProjectRef.class))
                .findOne());
  }

  List<ProjectRef> ofPerson(UUID person) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select id, slug, name from workforce.project
                    where archived_at is null and id in
                      (select project_id from workforce.project_member where person_id = :person)
                    order by name, id
                    """)
                .bind("person", person)
                .map(RecordMapper.of(ProjectRef.class))
                .list());
  }

  /** As {@link #ofPerson(UUID)}, in order of ids after one. */
  List<ProjectRef> ofPerson(UUID person, UUID after, int limit) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select id, slug, name from workforce.project
                    where archived_at is null and id > :after and id in
                      (select project_id from workforce.project_member where person_id = :person)
                    order by id limit :limit
                    """)
                .bind("person", person)
                .bind("after", after)
                .bind("limit", limit)
                .map(RecordMapper.of(ProjectRef.class))
                .list());
  }

  Set<Role> roles(UUID project, UUID person) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select role from workforce.project_member
                    where project_id = :project and person_id = :person
                    """)
                .bind("project", project)
                .bind("person", person)
                .mapTo(Role.class)
                .set());
  }

  /** Whether the last change of a person's roles took all of them, at this instant or later. */
  boolean left(UUID project, UUID person, OffsetDateTime since) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select details ->> 'roles' = '[]' and at >= :since from platform.audit_entry
                    where subject_id = :person and project_id = :project and action = 'roles-set'
                    order by id desc limit 1
                    """)
                .bind("project", project)
                .bind("person", person)
                .bind("since", since)
                .mapTo(Boolean.class)
                .findOne()
                .orElse(false));
  }

  /** Keeps others from changing the roles of a project's members until the transaction ends. */
  void holdRoles(UUID project) {
    jdbi.useHandle(
        h ->
            h.createQuery("select id from workforce.project where id = :id for no key update")
                .bind("id", project)
                .mapTo(UUID.class)
                .list());
  }

  /** Whether somebody else administers the project and may sign in. */
  boolean hasOtherAdministrator(UUID project, UUID person) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select exists (select from workforce.project_member m
                      join workforce.person p on p.id = m.person_id and p.disabled_at is null
                      where m.project_id = :project and m.role = 'ADMIN'
                        and m.person_id <> :person)
                    """)
                .bind("project", project)
                .bind("person", person)
                .mapTo(Boolean.class)
                .one());
  }

  void grant(UUID project, UUID person, Role role, OffsetDateTime now) {
    jdbi.useHandle(
        h ->
            h.execute(
                """
                insert into workforce.project_member (project_id, person_id, role, since)
                values (?, ?, ?, ?) on conflict do nothing
                """,
                project,
                person,
                role.name(),
                now));
  }

  int revoke(UUID project, UUID person) {
    return jdbi.withHandle(
        h ->
            h.execute(
                "delete from workforce.project_member where project_id = ? and person_id = ?",
                project,
                person));
  }

  List<MemberRow> members(UUID project) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select p.id, p.email, p.display_name, p.simulated, p.disabled_at is not null
                      as disabled, string_agg(m.role, ',' order by m.role) as roles
                    from workforce.project_member m join workforce.person p on p.id = m.person_id
                    where m.project_id = :project
                    group by p.id order by p.display_name, p.id
                    """)
                .bind("project", project)
                .map(RecordMapper.of(MemberRow.class))
                .list());
  }

  /** As {@link #members(UUID)}, in order of ids after one. */
  List<MemberRow> members(UUID project, UUID after, int limit) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select p.id, p.email, p.display_name, p.simulated, p.disabled_at is not null
                      as disabled, string_agg(m.role, ',' order by m.role) as roles
                    from workforce.project_member m join workforce.person p on p.id = m.person_id
                    where m.project_id = :project and m.person_id > :after
                    group by p.id order by p.id limit :limit
                    """)
                .bind("project", project)
                .bind("after", after)
                .bind("limit", limit)
                .map(RecordMapper.of(MemberRow.class))
                .list());
  }

  /** One member; empty when the person has no role in the project. */
  Optional<MemberRow> member(UUID project, UUID person) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select p.id, p.email, p.display_name, p.simulated, p.disabled_at is not null
                      as disabled, string_agg(m.role, ',' order by m.role) as roles
                    from workforce.project_member m join workforce.person p on p.id = m.person_id
                    where m.project_id = :project and m.person_id = :person
                    group by p.id
                    """)
                .bind("project", project)
                .bind("person", person)
                .map(RecordMapper.of(MemberRow.class))
                .findOne());
  }
}

package org.atelier.platform.work;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.atelier.platform.Slice;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What lists and counters of works read. */
final class WorkLists {

  private final Jdbi jdbi;

  WorkLists(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  Set<UUID> projectsWithWork() {
    return jdbi.withHandle(
        handle ->
            new HashSet<>(
                handle
                    .createQuery(
                        """
                        with recursive known as (
                          (select project_id from platform.work where project_id is not null
                           order by project_id limit 1)
                          union all
                          select (select w.project_id from platform.work w
                            where w.project_id > known.project_id order by w.project_id limit 1)
                          from known where known.project_id is not null)
                        select project_id from known where project_id is not null
                        """)
                    .mapTo(UUID.class)
                    .list()));
  }

  /** Newest first; {@code installation} adds the works that belong to no project. */
  Slice<WorkView> list(Collection<UUID> projects, boolean installation, UUID before, int size) {
    List<WorkView> rows =
        jdbi.withHandle(
            handle ->
                scope(
                        handle,
                        "select "
                            + WorkRepository.COLUMNS
                            + " from platform.work where SCOPE"
                            + " and (:before::uuid is null or id < :before)"
                            + " order by id desc limit :size",
                        projects,
                        installation)
                    .bind("before", before)
                    .bind("size", size + 1)
                    .map(WorkRepository.VIEW)
                    .list());
    boolean more = rows.size() > size;
    List<WorkView> page = more ? rows.subList(0, size) : rows;
    return new Slice<>(page, more ? page.get(size - 1).id().toString() : null);
  }

  /** Works of a kind about a subject, newest first. */
  List<WorkView> about(String kind, UUID subject, int newest) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select "
                        + WorkRepository.COLUMNS
                        + " from platform.work where subject_id = :subject and kind = :kind"
                        + " order by id desc limit :newest")
                .bind("subject", subject)
                .bind("kind", kind)
                .bind("newest", newest)
                .map(WorkRepository.VIEW)
                .list());
  }

  int countUnfinished(Collection<UUID> projects, boolean installation) {
    return jdbi.withHandle(
        handle ->
            scope(
                    handle,
                    "select count(*) from platform.work"
                        + " where SCOPE and state in ('QUEUED', 'RUNNING')",
                    projects,
                    installation)
                .mapTo(Integer.class)
                .one());
  }

  private static org.jdbi.v3.core.statement.Query scope(
      Handle handle, String sql, Collection<UUID> projects, boolean installation) {
    return handle
        .createQuery(
            sql.replace(
                "SCOPE", "(project_id = any(:projects) or (:installation and project_id is null))"))
        .bind("projects", projects.toArray(UUID[]::new))
        .bind("installation", installation);
  }
}

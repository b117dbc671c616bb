package org.atelier.labeling;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.atelier.labeling.queue.Rows;
import org.atelier.platform.Cursor;
import org.atelier.platform.Slice;
import org.jdbi.v3.core.Jdbi;

/** SQL on the jobs of a project as a list. Every method runs in the caller's transaction. */
@Singleton
class JobListRepository {

  private final Jdbi jdbi;

  JobListRepository(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * Jobs of a project, newest first.
   *
   * @param cursor where the page before ended, null or blank for the first
   * @param limit wished size of the page, taken as 1 to 200
   * @throws ProblemException when the cursor is of no page of this list
   */
  Slice<JobRow> page(UUID projectId, String cursor, int limit) {
    int size = Math.max(1, Math.min(200, limit));
    List<JobRow> rows = rows(projectId, Cursor.asPlainId(cursor), size + 1);
    boolean more = rows.size() > size;
    List<JobRow> page = more ? rows.subList(0, size) : rows;
    return new Slice<>(page, more ? page.get(size - 1).id().toString() : null);
  }

  /** Jobs with an id smaller than the given one. */
  private List<JobRow> rows(UUID projectId, UUID before, int limit) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select j.id, j.title, j.state, j.state_since, j.dataset_id, j.dataset_version,
                      j.items, coalesce(l.human, 0) as human_labels,
                      coalesce(l.machine, 0) as machine_labels
                    from labeling.job j
                    left join lateral (
                      select sum(value) filter (where kind = 'H') as human,
                        sum(value) filter (where kind = 'M') as machine
                      from (
                        select kind, value from labeling.tally
                        where job_id = j.id and kind in ('H', 'M') and key = -1
                        union all
                        select kind, value from labeling.tally_change
                        where job_id = j.id and kind in ('H', 'M') and key = -1) t) l on true
                    where j.project_id = :project and (cast(:before as uuid) is null
                      or j.id < :before)
                    order by j.id desc limit :limit
                    """)
                .bind("project", projectId)
                .bind("before", before)
                .bind("limit", limit)
                .map(Rows.mapper(JobRow.class))
                .list());
  }

  List<JobLabels> labels(UUID projectId, Collection<UUID> jobIds) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select j.id, j.title, j.item_kind, j.task_type, array(
                      select name from labeling.job_label
                      where job_id = j.id order by index) as class_names
                    from labeling.job j
                    where j.project_id = :project and j.id = any(:jobs)
                    """)
                .bind("project", projectId)
                .bind("jobs", jobIds.toArray(new UUID[0]))
                .map(Rows.mapper(JobLabels.class))
                .list());
  }

  record Found(UUID id, String title) {}

  /** Jobs of a project whose title contains the text or whose id it is, newest first. */
  List<Found> search(UUID projectId, String text, int limit) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select id, title from labeling.job
                    where project_id = :project
                      and (position(lower(:text) in lower(title)) > 0 or id::text = lower(:text))
                    order by id desc limit :limit
                    """)
                .bind("project", projectId)
                .bind("text", text)
                .bind("limit", limit)
                .map(Rows.mapper(Found.class))
                .list());
  }
}

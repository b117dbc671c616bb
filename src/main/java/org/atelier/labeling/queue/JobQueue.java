package org.atelier.labeling.queue;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** What jobs need of the queue. Every method runs in the caller's transaction. */
@Singleton
public class JobQueue {

  private final Jdbi jdbi;
  private final HandQueue handQueue;
  private final OpenCounts openCounts;
  private final Notices notices;
  private final HandWork handWork;

  JobQueue(
      Jdbi jdbi, HandQueue handQueue, OpenCounts openCounts, Notices notices, HandWork handWork) {
    this.jdbi = jdbi;
    this.handQueue = handQueue;
    this.openCounts = openCounts;
    this.notices = notices;
    this.handWork = handWork;
  }

  /** Starts (or goes on) asking people for every item without a label, in order. */
  public void askInOrder(UUID jobId) {
    jdbi.useHandle(
        h ->
            h.createUpdate(
                    """
                    update labeling.job set next_ordinal = coalesce((
                      select max(t.ordinal) + 1 from labeling.task t
                      where t.job_id = :job and t.reason = 'BY_HAND'), 0)
                    where id = :job
                    """)
                .bind("job", jobId)
                .execute());
    handQueue.topUp(jobId);
  }

  /** Takes all open tasks out of the queue of a finished job. */
  public void close(UUID jobId) {
    jdbi.useHandle(
        h ->
            h.createUpdate(
                    """
                    update labeling.task set state = 'WITHDRAWN'
                    where job_id = :job and state = 'OPEN'
                    """)
                .bind("job", jobId)
                .execute());
    openCounts.forget(jobId);
  }

  /** Whether a job by hand has items left that its budget of answers does not allow to ask. */
  public boolean isBudgetUsed(UUID jobId) {
    return handWork.isBudgetUsed(jobId);
  }

  /** Tells the people who may work on the job that there is work. */
  public void announce(UUID jobId) {
    notices.announce(jobId);
  }

  /** Those of the given people who are members of the project. */
  public List<UUID> members(UUID projectId, Collection<UUID> people) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select distinct person_id from workforce.project_member
                    where project_id = :project and person_id = any(:people)
                    """)
                .bind("project", projectId)
                .bind("people", people.toArray(new UUID[0]))
                .mapTo(UUID.class)
                .list());
  }
}

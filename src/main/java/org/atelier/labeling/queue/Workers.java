package org.atelier.labeling.queue;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Who may work on a job now. */
@Singleton
class Workers {

  /** A simulated person who has not answered for so long does not come back by itself. */
  static final Duration SIMULATED_STAY = Duration.ofMinutes(10);

  /**
   * People who may work on {@code :job}: its chosen people, or every labeler of the project;
   * accounts that are disabled do not count, and simulated ones only while they work ({@code
   * :recent}).
   */
  static final String MAY_WORK =
      """
        select distinct m.person_id
        from labeling.job j
        join workforce.project_member m on m.project_id = j.project_id
        join workforce.person p on p.id = m.person_id and p.disabled_at is null
        where j.id = :job
          and case when j.everyone then m.role = 'LABELER'
            else exists (select from labeling.job_worker w
              where w.job_id = j.id and w.person_id = m.person_id) end
          and (not p.simulated or exists (select from labeling.worker_day d
            where d.worker_id = p.id and d.job_id = j.id and d.last_at > :recent))\
      """;

  private final Jdbi jdbi;

  Workers(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  int count(UUID jobId, Instant now) {
    return jdbi.withHandle(
        h ->
            h.createQuery("select count(*) from (%s) as may".formatted(MAY_WORK))
                .bind("job", jobId)
                .bind("recent", now.minus(SIMULATED_STAY))
                .mapTo(Integer.class)
                .one());
  }
}

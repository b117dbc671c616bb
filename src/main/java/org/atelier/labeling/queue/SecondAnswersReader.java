package org.atelier.labeling.queue;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.atelier.labeling.SecondAnswers;
import org.jdbi.v3.core.Jdbi;

/** Counts the items that several people answered. */
@Singleton
class SecondAnswersReader implements SecondAnswers {

  private final Jdbi jdbi;

  SecondAnswersReader(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public Found of(UUID jobId) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select count(*) as items,
                      count(*) filter (where asked < 2) as surplus,
                      count(*) filter (where asked > 1 and blind < 2) as in_view
                    from (
                      select count(distinct a.worker_id) filter (where not a.surplus) as asked,
                        count(distinct a.worker_id) filter (where not l.suggested) as blind
                      from labeling.task t
                      join labeling.answer a on a.task_id = t.id
                      join labeling.lease l on l.id = a.lease_id
                      where t.job_id = :job and t.answered > 0 and a.undone_at is null
                        and a.replaced_at is null and a.reason <> 'DECIDED'
                      group by t.id having count(distinct a.worker_id) > 1) one
                    """)
                .bind("job", jobId)
                .map(QueueRepository.mapper(Found.class))
                .one());
  }
}

package org.atelier.labeling.queue;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.atelier.labeling.JobState;
import org.atelier.labeling.TaskReason;
import org.atelier.platform.Ids;
import org.jdbi.v3.core.Jdbi;

/**
 * Brings the items of a job that people label by hand into the queue: in order, a few thousand at a
 * time, so that starting such a job costs the same whatever its size.
 */
@Singleton
class HandQueue {

  static final int CHUNK = 5_000;
  private static final int ROUND = 0;

  private final Jdbi jdbi;
  private final AnswerBudget budget;
  private final OpenCounts openCounts;

  HandQueue(Jdbi jdbi, AnswerBudget budget, OpenCounts openCounts) {
    this.jdbi = jdbi;
    this.budget = budget;
    this.openCounts = openCounts;
  }

  /** More answers than any item needs. */
  private static final int MANY = 1_000;

  private record Source(
      UUID datasetId,
      int datasetVersion,
      int nextOrdinal,
      int answersPerItem,
      Integer budgetAnswers,
      JobState state,
      boolean repeats) {

    int mostAnswers() {
      return repeats ? answersPerItem + 1 : answersPerItem;
    }

    Source withoutRepeats() {
      return new Source(
          datasetId, datasetVersion, nextOrdinal, answersPerItem, budgetAnswers, state, false);
    }
  }

  private record Next(UUID id, int ordinal) {}

  /**
   * Adds the next chunk, as far as the budget of answers goes. Does nothing while somebody else is
   * adding one or has the budget's turn, when the job is not asked by hand, or when everything is
   * asked.
   *
   * @return tasks added
   */
  int topUp(UUID jobId) {
    return jdbi.withHandle(
        h -> {
          Source source =
              h.createQuery(
                      """
                      select dataset_id, dataset_version, next_ordinal, answers_per_item,
                        budget_answers, state, learning and scope = 'DATASET'
                          and answers_per_item = 1 as repeats
                      from labeling.job
                      where id = :job and next_ordinal is not null and state = 'RUNNING'
                      for no key update skip locked
                      """)
                  .bind("job", jobId)
                  .map(QueueRepository.mapper(Source.class))
                  .findOne()
                  .orElse(null);
          if (source == null || !budget.takesTurn(jobId, source.budgetAnswers())) {
            return 0;
          }
          int answers = budget.room(jobId, source.budgetAnswers(), CHUNK * source.mostAnswers());
          boolean last = answers < source.mostAnswers();
          return last
              ? topUp(jobId, source.withoutRepeats(), answers, source.answersPerItem())
              : topUp(jobId, source, answers, MANY);
        });
  }

  /**
   * Where the rest of the budget is not enough to ask twice, its last item is asked once.
   *
   * @param most answers that an item is asked for which was asked before and taken back
   */
  private int topUp(UUID jobId, Source source, int answers, int most) {
    int room = answers / source.mostAnswers();
    int from = source.nextOrdinal();
    if (room <= 0 && next(jobId, source, from, 1).isEmpty()) {
      setNext(jobId, null);
    }
    while (room > 0) {
      List<Next> items = next(jobId, source, from, room);
      if (items.isEmpty()) {
        setNext(jobId, null);
        return 0;
      }
      from = items.get(items.size() - 1).ordinal() + 1;
      int added = add(jobId, source, items, most);
      if (added > 0) {
        setNext(jobId, from);
        return added;
      }
    }
    return 0;
  }

  private List<Next> next(UUID jobId, Source source, int from, int count) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select i.id, i.ordinal from dataset.item i
                    where i.dataset_id = :dataset and i.ordinal >= :from
                      and i.added_in <= :version
                      and (i.removed_in is null or i.removed_in > :version)
                      and not exists (select from dataset.tombstone d where d.item_id = i.id)
                      and not exists (select from labeling.label l where l.job_id = :job
                        and l.item_id = i.id and l.superseded_at is null)
                    order by i.ordinal limit :count
                    """)
                .bind("dataset", source.datasetId())
                .bind("from", from)
                .bind("version", source.datasetVersion())
                .bind("job", jobId)
                .bind("count", count)
                .map(QueueRepository.mapper(Next.class))
                .list());
  }

  /** Goes on from an earlier item, whose task was taken out of the queue. */
  void goBackTo(UUID jobId, int ordinal) {
    setNext(jobId, ordinal);
  }

  private void setNext(UUID jobId, Integer ordinal) {
    jdbi.useHandle(
        h ->
            h.createUpdate("update labeling.job set next_ordinal = :next where id = :job")
                .bind("next", ordinal)
                .bind("job", jobId)
                .execute());
  }

  private int add(UUID jobId, Source source, List<Next> items, int most) {
    if (items.isEmpty()) {
      return 0;
    }
    openCounts.forget(jobId);
    UUID[] ids = new UUID[items.size()];
    java.util.Arrays.setAll(ids, at -> Ids.next());
    return jdbi.withHandle(
        h ->
            h.createUpdate(
"""
insert into labeling.task as t
  (id, job_id, item_id, ordinal, round, reason, priority, state, needed,
    required, repeated)
select a.id, :job, a.item, a.ordinal, :round, :reason, :priority, 'OPEN',
  :needed + coalesce(r.repeated, false)::int, :needed + coalesce(r.repeated, false)::int, r.repeated
from unnest(:ids, :items, :ordinals) as a (id, item, ordinal)
cross join lateral (
  select labeling.is_repeated(:job, a.item, :extra) as repeated) r
order by a.ordinal
on conflict (job_id, item_id) do update set state = 'OPEN',
    needed = least(t.needed, greatest(t.taken, t.answered + 1, :most)),
    required = least(t.required, greatest(t.taken, t.answered + 1, :most))
  where t.state = 'WITHDRAWN'
""")
                .bind("job", jobId)
                .bind("round", ROUND)
                .bind("reason", TaskReason.BY_HAND)
                .bind("priority", TaskReason.BY_HAND.priority())
                .bind("needed", source.answersPerItem())
                .bind("most", most)
                .bind("extra", source.repeats() ? QueueJob.REPEATED : 0.0)
                .bind("ids", ids)
                .bind("items", items.stream().map(Next::id).toArray(UUID[]::new))
                .bind("ordinals", items.stream().map(Next::ordinal).toArray(Integer[]::new))
                .execute());
  }
}

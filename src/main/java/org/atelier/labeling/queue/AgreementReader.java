package org.atelier.labeling.queue;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.atelier.labeling.PeopleAgreement;
import org.atelier.labeling.consolidation.Agreement;
import org.jdbi.v3.core.Jdbi;

/**
 * Measures agreement over at most {@value #MOST} items of a job. Of a job with more tasks a simple
 * random sample is taken, at random places of its dataset's order, which costs the same whatever
 * its size; where fewer than one place in a hundred has a task, the sample is smaller. The places
 * come from the job's seed.
 */
@Singleton
class AgreementReader {

  /** Most tasks that are read. */
  static final int MOST = 5_000;

  /** Places that are looked into at once, after the first {@value #MOST}, and altogether. */
  private static final int PLACES = 25_000;

  private static final int MOST_PLACES = 500_000;

  private static final long SALT = 0xA6_2EE_3E57L;

  private final Jdbi jdbi;

  AgreementReader(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * @param perItem answers the job asks of every item
   */
  private record Asked(long seed, int perItem, int tasks, int first, int last) {}

  private record Given(UUID taskId, int[] classIndexes) {}

  /** Nothing for an unknown job. */
  PeopleAgreement.Found read(UUID jobId) {
    Asked asked = asked(jobId);
    if (asked == null) {
      return null;
    }
    boolean sampled = asked.tasks() > MOST;
    List<UUID> tasks = sampled ? atRandom(jobId, asked) : all(jobId);
    Map<UUID, List<List<Integer>>> byTask = new LinkedHashMap<>();
    answers(tasks, asked.perItem())
        .forEach(
            one ->
                byTask
                    .computeIfAbsent(one.taskId(), id -> new ArrayList<>())
                    .add(Arrays.stream(one.classIndexes()).boxed().toList()));
    Agreement found = Agreement.of(List.copyOf(byTask.values()), asked.seed());
    return new PeopleAgreement.Found(
        found.items(),
        found.answers(),
        found.alike(),
        found.alikeFrom(),
        found.alikeTo(),
        found.alpha(),
        found.alphaFrom(),
        found.alphaTo(),
        found.byChance(),
        sampled);
  }

  private Asked asked(UUID jobId) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select j.seed, j.answers_per_item as per_item,
                      (select count(*) from (select from labeling.task where job_id = j.id
                        limit :most + 1) first_ones) as tasks,
                      coalesce((select min(ordinal) from labeling.task where job_id = j.id), 0)
                        as first,
                      coalesce((select max(ordinal) from labeling.task where job_id = j.id), 0)
                        as last
                    from labeling.job j where j.id = :job
                    """)
                .bind("job", jobId)
                .bind("most", MOST)
                .map(Rows.mapper(Asked.class))
                .findOne()
                .orElse(null));
  }

  private List<UUID> all(UUID jobId) {
    return jdbi.withHandle(
        h ->
            h.createQuery("select id from labeling.task where job_id = :job order by ordinal")
                .bind("job", jobId)
                .mapTo(UUID.class)
                .list());
  }

  /**
   * Tasks at random places of the order; a place without a task is no draw, since the task that
   * comes next to it would stand for its neighbours without one.
   */
  private List<UUID> atRandom(UUID jobId, Asked asked) {
    SplittableRandom random = new SplittableRandom(asked.seed() ^ SALT);
    Set<UUID> found = new LinkedHashSet<>();
    int looked = 0;
    for (int next = MOST; found.size() < MOST && looked < MOST_PLACES; next = PLACES) {
      Integer[] places =
          random.ints(next, asked.first(), asked.last() + 1).boxed().toArray(Integer[]::new);
      found.addAll(at(jobId, places));
      looked += next;
    }
    return found.stream().limit(MOST).toList();
  }

  private List<UUID> at(UUID jobId, Integer[] places) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select t.id from unnest(:places) with ordinality p (place, number)
                    join labeling.task t on t.job_id = :job and t.ordinal = p.place
                    order by p.number
                    """)
                .bind("job", jobId)
                .bind("places", places)
                .mapTo(UUID.class)
                .list());
  }

  private List<Given> answers(List<UUID> tasks, int perItem) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select t.id as task_id, a.class_indexes
                    from unnest(:tasks) with ordinality chosen (id, place)
                    join labeling.task t on t.id = chosen.id and (:several or t.repeated)
                    cross join lateral (
                      select a.class_indexes, a.received_at, a.id
                      from labeling.answer a join labeling.lease l on l.id = a.lease_id
                      where a.task_id = t.id and a.undone_at is null and a.replaced_at is null
                        and a.reason <> 'DECIDED' and not l.suggested
                      order by a.received_at, a.id limit :first) a
                    order by chosen.place, a.received_at, a.id
                    """)
                .bind("tasks", tasks.toArray(UUID[]::new))
                .bind("several", perItem > 1)
                .bind("first", Math.max(2, perItem))
                .map(Rows.mapper(Given.class))
                .list());
  }
}

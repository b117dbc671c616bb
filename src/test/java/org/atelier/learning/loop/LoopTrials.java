package org.atelier.learning.loop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.atelier.labeling.GuaranteeScope;
import org.atelier.labeling.JobSettings;
import org.atelier.labeling.JobState;
import org.atelier.labeling.Jobs;
import org.atelier.labeling.LabelDefinition;
import org.atelier.labeling.LearningBridge;
import org.atelier.labeling.TaskType;
import org.atelier.labeling.WorkQueue;
import org.atelier.platform.work.WorkService;
import org.atelier.platform.work.WorkState;
import org.jdbi.v3.core.Jdbi;

/** Jobs over text pools for tests of the loop, and people who work on them. */
@Singleton
class LoopTrials {

  /** How many times slower than an idle machine the one that tests may be. */
  static final long SLOWNESS = 5;

  private final Jdbi jdbi;
  private final Jobs jobs;
  private final WorkQueue queue;
  private final LearningBridge bridge;
  private final LearningLoop loop;
  private final WorkService works;

  LoopTrials(
      Jdbi jdbi,
      Jobs jobs,
      WorkQueue queue,
      LearningBridge bridge,
      LearningLoop loop,
      WorkService works) {
    this.jdbi = jdbi;
    this.jobs = jobs;
    this.queue = queue;
    this.bridge = bridge;
    this.loop = loop;
    this.works = works;
  }

  /** Starts a job: one answer per item, 95 % at 5 % risk, 60 items a round. */
  UUID start(TextPool pool, Map<String, Object> options, Integer budget) {
    return start(
        pool,
        1,
        new JobSettings.Learning(true, 0.95, GuaranteeScope.MACHINE, 0.05, 60, options),
        budget);
  }

  UUID start(TextPool pool, int answersPerItem, JobSettings.Learning learning, Integer budget) {
    return start(pool, TaskType.SINGLE, answersPerItem, learning, budget);
  }

  UUID start(
      TextPool pool,
      TaskType type,
      int answersPerItem,
      JobSettings.Learning learning,
      Integer budget) {
    List<LabelDefinition> labels =
        List.of("a", "b", "c", "d").stream().map(LabelDefinition::named).toList();
    JobSettings settings =
        new JobSettings(
            "Texts",
            pool.dataset,
            1,
            type,
            labels,
            "",
            Set.of(),
            new JobSettings.Answering(
                answersPerItem, answersPerItem, "majority", type == TaskType.SINGLE, false, 600, 0),
            learning,
            new JobSettings.Budget(budget, null, null, null));
    UUID job = jobs.create(pool.project, settings).id();
    jobs.start(pool.project, job);
    return job;
  }

  /** Lets everybody work until something is true, whenever it is time to answer. */
  void workUntil(int seconds, TextPool pool, UUID job, BooleanSupplier condition) {
    await(
        seconds,
        job,
        () -> {
          if (isTimeToAnswer(job)) {
            pool.answer(queue, job);
          }
          return condition.getAsBoolean();
        });
  }

  /**
   * Whether the job runs and the machine does not compute: who answers faster than a slow machine
   * learns would label everything before it has learnt anything.
   */
  boolean isTimeToAnswer(UUID job) {
    return jobs.job(job).state() == JobState.RUNNING && !computes(job);
  }

  /**
   * Whether a look at the job finds nothing to do, so that nothing changes before people say more.
   */
  boolean rests(UUID job) {
    return isTimeToAnswer(job) && loop.look(job) && isTimeToAnswer(job);
  }

  private boolean computes(UUID job) {
    return loop.learner(job)
        .map(LearnerRow::workId)
        .flatMap(works::find)
        .filter(work -> work.state() == WorkState.QUEUED || work.state() == WorkState.RUNNING)
        .isPresent();
  }

  void await(int seconds, UUID job, BooleanSupplier condition) {
    long end = System.nanoTime() + SLOWNESS * seconds * 1_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, () -> state(job));
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** How a job stands, how it came there and which statements wait for which, in words. */
  private String state(UUID job) {
    List<String> lines = new ArrayList<>();
    lines.add(loop.learner(job) + " " + bridge.queueDepth(job));
    loop.rounds(job).forEach(round -> lines.add(round.number() + ". " + round.facts().note()));
    jdbi.useHandle(
        handle ->
            handle
                .createQuery(
                    """
                    (select concat_ws(' ', at, action, details ->> 'reason')
                     from platform.audit_entry where subject_id = :job order by id)
                    union all
                    (select concat_ws(' ', submitted_at, kind, state, 'attempt', attempt, error)
                     from platform.work where subject_id = :job order by submitted_at)
                    union all
                    (select concat_ws(' ', pid, state, query_start, pg_blocking_pids(pid), query)
                     from pg_stat_activity
                     where cardinality(pg_blocking_pids(pid)) > 0 or state like 'idle in%')
                    """)
                .bind("job", job)
                .mapTo(String.class)
                .forEach(lines::add));
    return String.join("\n", lines);
  }

  /** Whether a round was trained. */
  boolean trained(UUID job) {
    return loop.rounds(job).stream().anyMatch(round -> round.modelSha256() != null);
  }

  boolean completed(UUID job) {
    return jobs.job(job).state() == JobState.COMPLETED;
  }
}

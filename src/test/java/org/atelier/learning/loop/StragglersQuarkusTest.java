package org.atelier.learning.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.atelier.labeling.Jobs;
import org.atelier.labeling.LearningBridge;
import org.atelier.labeling.WorkQueue;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.atelier.workforce.TestPeople;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
@TestProfile(StragglersQuarkusTest.Impatient.class)
class StragglersQuarkusTest {

  /** Two seconds without an answer count as having left. */
  public static class Impatient implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("atelier.learning.patience", "2S");
    }
  }

  @Inject Jdbi jdbi;
  @Inject Jobs jobs;
  @Inject WorkQueue queue;
  @Inject LearningBridge bridge;
  @Inject LearningLoop loop;
  @Inject LoopTrials trials;
  @Inject TestPeople people;

  private final Map<UUID, List<WorkQueue.LeasedTask>> taken = new HashMap<>();

  @Test
  void nothingWaitsForPeopleWhoTookTasksAndLeft() {
    ProjectRef project = people.projectOf(people.visitor("Ana"));
    TextPool pool = new TextPool(jdbi, project.id(), 800, 9);
    UUID job = trials.start(pool, Map.of(), null);
    trials.await(60, job, () -> loop.learner(job).orElseThrow().phase() == LearnerPhase.STARTING);
    for (int i = 0; i < 8; i++) {
      leaveWithTasks(pool, job);
    }
    // on a slow machine the first of them count as having left while the last take theirs
    long held =
        taken.values().stream().flatMap(List::stream).map(one -> one.task()).distinct().count();
    assertTrue(held > 0.25 * bridge.queueDepth(job).open(), "enough to block a round");
    trials.workUntil(60, pool, job, () -> trials.trained(job));

    boolean[] left = {false};
    trials.await(
        150,
        job,
        () -> {
          // in this order: while the machine does not compute, the phase stays
          boolean time = trials.isTimeToAnswer(job);
          boolean audits = loop.learner(job).orElseThrow().phase() == LearnerPhase.AUDITING;
          if (audits && !left[0]) {
            left[0] = leaveWithTasks(pool, job);
          } else if (time) {
            pool.answer(queue, job);
          }
          return trials.completed(job);
        });
    assertTrue(left[0], "somebody left with audited items");
    whatTheySayLaterIsKept(pool, job);
  }

  private boolean leaveWithTasks(TextPool pool, UUID job) {
    UUID person = pool.bystander();
    List<WorkQueue.LeasedTask> tasks =
        queue.claim(pool.project, job, person, WorkQueue.MOST_HELD, List.of()).tasks();
    taken.put(person, new ArrayList<>(tasks));
    return !tasks.isEmpty();
  }

  private void whatTheySayLaterIsKept(TextPool pool, UUID job) {
    int kept = 0;
    for (Map.Entry<UUID, List<WorkQueue.LeasedTask>> one : taken.entrySet()) {
      for (WorkQueue.LeasedTask task : one.getValue()) {
        WorkQueue.Receipt receipt =
            queue.submit(
                pool.project,
                job,
                one.getKey(),
                new WorkQueue.GivenAnswer(
                    UUID.randomUUID(),
                    task.lease(),
                    task.task(),
                    new int[] {pool.truth.get(task.itemId())},
                    900,
                    null));
        assertNotNull(receipt.answer());
        kept++;
      }
    }
    long stored =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select count(*) from labeling.answer
                        where job_id = :job and worker_id = any(:people)
                        """)
                    .bind("job", job)
                    .bind("people", taken.keySet().toArray(new UUID[0]))
                    .mapTo(Long.class)
                    .one());
    assertEquals(kept, stored);
  }
}

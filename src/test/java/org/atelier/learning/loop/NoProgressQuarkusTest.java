package org.atelier.learning.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.atelier.labeling.JobState;
import org.atelier.labeling.Jobs;
import org.atelier.labeling.WorkQueue;
import org.atelier.learning.campaign.StopReason;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.atelier.workforce.TestPeople;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class NoProgressQuarkusTest {

  @Inject Jdbi jdbi;
  @Inject Jobs jobs;
  @Inject WorkQueue queue;
  @Inject LearningLoop loop;
  @Inject LoopTrials trials;
  @Inject TestPeople people;

  @Test
  void aJobWhoseLabelsCannotBeLearnedStopsAskingByModelAndSaysWhy() {
    ProjectRef project = people.projectOf(people.visitor("Ana"));
    TextPool pool = new TextPool(jdbi, project.id(), 1_500, 31);
    UUID job = trials.start(pool, Map.of("patience", 2), null);
    trials.await(
        120,
        job,
        () -> {
          if (trials.isTimeToAnswer(job)
              && loop.learner(job).orElseThrow().phase() != LearnerPhase.BY_HAND) {
            pool.answer(queue, job, item -> Math.floorMod(item.hashCode() * 31, TextPool.CLASSES));
          }
          return loop.learner(job).orElseThrow().phase() == LearnerPhase.BY_HAND;
        });
    LearnerRow learner = loop.learner(job).orElseThrow();
    assertEquals(StopReason.NO_PROGRESS, learner.stop());
    assertTrue(
        learner.phaseReason().startsWith("2 rounds in a row brought no progress"),
        learner.phaseReason());
    assertEquals(learner.phaseReason(), jobs.job(job).byHandReason());
    assertEquals(JobState.RUNNING, jobs.job(job).state(), "people go on");
    jobs.stop(project.id(), job, "The test is over.");
  }
}

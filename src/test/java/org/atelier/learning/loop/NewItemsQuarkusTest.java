package org.atelier.learning.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.atelier.labeling.JobState;
import org.atelier.labeling.Jobs;
import org.atelier.labeling.LearningBridge;
import org.atelier.labeling.WorkQueue;
import org.atelier.learning.campaign.StopReason;
import org.atelier.learning.certificate.Certificate;
import org.atelier.learning.certificate.CertificateView;
import org.atelier.learning.certificate.Certificates;
import org.atelier.learning.pool.FeatureMethod;
import org.atelier.learning.pool.FeatureService;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.atelier.workforce.TestPeople;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class NewItemsQuarkusTest {

  @Inject Jdbi jdbi;
  @Inject Jobs jobs;
  @Inject LearningBridge bridge;
  @Inject LearningLoop loop;
  @Inject LoopTrials trials;
  @Inject WorkQueue queue;
  @Inject CountingFeatures counting;
  @Inject FeatureService features;
  @Inject Certificates certificates;
  @Inject TestPeople people;

  @Test
  void aRunningJobTakesNewItemsInAndReadsOnlyThose() {
    ProjectRef project = people.projectOf(people.visitor("Ana"));
    TextPool pool = new TextPool(jdbi, project.id(), 700, 4);
    counting.itemsRead.set(0);
    counting.learnings.set(0);
    UUID job = trials.start(pool, Map.of("features", CountingFeatures.NAME), null);
    trials.workUntil(60, pool, job, () -> trials.trained(job));
    assertEquals(700, counting.itemsRead.get());
    int version = pool.grow(200);
    jobs.takeVersion(project.id(), job, version);
    trials.workUntil(60, pool, job, () -> loop.learner(job).orElseThrow().datasetVersion() == 2);
    assertEquals(900, counting.itemsRead.get(), "the first 700 are not read again");
    assertEquals(1, counting.learnings.get());

    trials.workUntil(120, pool, job, () -> trials.completed(job));
    Set<UUID> labelled = new HashSet<>();
    bridge.humanLabels(job, label -> labelled.add(label.itemId()));
    bridge.machineLabels(job, label -> labelled.add(label.itemId()));
    assertEquals(900, labelled.size(), () -> jobs.job(job).stateReason() + " " + loop.learner(job));
    assertEquals(pool.truth.keySet(), labelled);
    assertEquals(900, counting.itemsRead.get(), "no step reads an item again");
    Certificate certificate =
        certificates.find(project.id(), job).map(CertificateView::document).orElseThrow();
    assertEquals(900, certificate.counts().items());
    assertEquals("0".repeat(63) + "2", certificate.dataset().digest());
    featuresAreThereForEveryoneWhoComes(pool);
  }

  @Test
  void aPreparationThatEndsAfterThatOfANewerVersionChangesNothing() {
    ProjectRef project = people.projectOf(people.visitor("Ana"));
    TextPool pool = new TextPool(jdbi, project.id(), 400, 5);
    UUID job = trials.start(pool, Map.of("features", CountingFeatures.NAME), null);
    trials.workUntil(60, pool, job, () -> trials.trained(job));
    jobs.takeVersion(project.id(), job, pool.grow(50));
    trials.workUntil(60, pool, job, () -> loop.learner(job).orElseThrow().datasetVersion() == 2);
    LearnerRow newest = loop.learner(job).orElseThrow();
    loop.prepared(job, 1, newest.featureSetId());
    assertEquals(2, loop.learner(job).orElseThrow().datasetVersion());
    jobs.stop(project.id(), job, "The test is over.");
  }

  @Test
  void anItemThatNoStepAsksAboutIsLeftToPeopleInsteadOfSteppingWithoutEnd() {
    ProjectRef project = people.projectOf(people.visitor("Ana"));
    boolean lost = false;
    for (int attempt = 0; attempt < 10 && !lost; attempt++) {
      TextPool pool = new TextPool(jdbi, project.id(), 400, 6);
      UUID job = trials.start(pool, Map.of(), null);
      lost = losesALabelAtItsEnd(pool, job);
      if (lost) {
        // Where an audit accepted all that was left, people still look at the watch's draws.
        trials.await(60, job, () -> isLeftToPeople(pool, job));
        jobs.stop(project.id(), job, "The test is over.");
      }
    }
    assertTrue(lost, "each job was over before it could lose a label");
  }

  private boolean isLeftToPeople(TextPool pool, UUID job) {
    boolean byHand = loop.learner(job).orElseThrow().phase() == LearnerPhase.BY_HAND;
    if (!byHand && trials.isTimeToAnswer(job)) {
      pool.answer(queue, job);
    }
    return byHand;
  }

  /** False when the job was completed first: between its last step and its end is one tick. */
  private boolean losesALabelAtItsEnd(TextPool pool, UUID job) {
    boolean[] lost = {false};
    trials.await(
        120,
        job,
        () -> {
          if (loop.learner(job).orElseThrow().stop() == StopReason.NOTHING_LEFT) {
            lost[0] = lose(job) > 0;
            return true;
          }
          if (trials.isTimeToAnswer(job)) {
            pool.answer(queue, job);
          }
          return false;
        });
    return lost[0];
  }

  /** Takes the label of an item that is with nobody, unless the job is over already. */
  private int lose(UUID job) {
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              bridge.hold(job);
              return jobs.job(job).state() != JobState.RUNNING
                  ? 0
                  : jdbi.withHandle(
                      handle ->
                          handle.execute(
                              """
                              update labeling.label set superseded_at = now()
                              where id = (select l.id from labeling.label l
                                where l.job_id = ? and l.superseded_at is null
                                  and not exists (select from labeling.task t
                                    where t.job_id = l.job_id and t.item_id = l.item_id
                                      and t.state = 'OPEN')
                                order by (l.source = 'MACHINE') desc limit 1)
                              """,
                              job));
            });
  }

  /** As after a restart: nothing of the process is needed, only what is stored. */
  private void featuresAreThereForEveryoneWhoComes(TextPool pool) {
    List<String> phases = new ArrayList<>();
    FeatureMethod.Progress progress = (phase, done, total) -> phases.add(phase);
    UUID set =
        features.compute(
            pool.project,
            pool.dataset,
            features.items(pool.project, pool.dataset, 2),
            counting,
            progress);
    assertEquals(900, features.learner(set, 900).vectors().columns() * 225);
    assertEquals(List.of(), phases);
    assertEquals(900, counting.itemsRead.get());
    assertEquals(
        List.of(0, 700),
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        "select first_row from learning.feature_part where set_id = :s order by 1")
                    .bind("s", set)
                    .mapTo(Integer.class)
                    .list()));
  }
}

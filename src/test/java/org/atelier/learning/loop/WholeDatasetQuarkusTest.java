package org.atelier.learning.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.atelier.labeling.GuaranteeScope;
import org.atelier.labeling.JobSettings;
import org.atelier.labeling.JobState;
import org.atelier.labeling.Jobs;
import org.atelier.labeling.WorkQueue;
import org.atelier.learning.certificate.Certificate;
import org.atelier.learning.certificate.CertificateView;
import org.atelier.learning.certificate.Certificates;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.atelier.workforce.TestPeople;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class WholeDatasetQuarkusTest {

  @Inject org.atelier.labeling.LearningBridge bridge;
  @Inject Jdbi jdbi;
  @Inject LoopTrials trials;
  @Inject Jobs jobs;
  @Inject WorkQueue queue;
  @Inject LearningLoop loop;
  @Inject Certificates certificates;
  @Inject TestPeople people;

  private static JobSettings.Learning whole(double target) {
    return new JobSettings.Learning(true, target, GuaranteeScope.DATASET, 0.05, 60, Map.of());
  }

  @Test
  void twoAnswersPerItemTellHowOftenPeopleErrAndTheWholeDatasetIsPromised() {
    ProjectRef project = people.projectOf(people.visitor("Ana"));
    TextPool pool = new TextPool(jdbi, project.id(), 600, 12);
    UUID job = trials.start(pool, 2, whole(0.85), null);
    trials.workUntil(180, pool, job, () -> trials.completed(job));
    Certificate certificate =
        certificates.find(project.id(), job).map(CertificateView::document).orElseThrow();
    assertEquals(Certificate.State.CERTIFIED, certificate.guarantee().state());
    assertEquals("DATASET", certificate.guarantee().scope());
    assertNull(certificate.guarantee().scopeNote());
    Certificate.HumanError error = certificate.humanError();
    assertTrue(error.items() > 50);
    assertTrue(error.differAtMost() < 0.15);
    assertEquals(1.0, error.share());
    assertEquals(error.labels(), error.items() + error.unchecked(), "all are checked or named");
    assertTrue(error.agreeing() <= error.pairs() && error.pairs() <= error.items());
    assertTrue(certificate.guarantee().wholeAtLeast() >= 0.85, certificate.sentence());
  }

  @Test
  void withOneAnswerPerItemAFifthIsAnsweredTwice() {
    ProjectRef project = people.projectOf(people.visitor("Ana"));
    TextPool pool = new TextPool(jdbi, project.id(), 500, 13);
    UUID once = trials.start(pool, 1, whole(0.95), null);
    trials.workUntil(60, pool, once, () -> trials.trained(once));
    assertNull(note(once));
    assertTrue(bridge.repeats(once).checked() > 0, "some are answered twice");
  }

  @Test
  void aJobWhosePeopleDisagreeTooOftenRestsAndRemembersWhyUntilItRunsAgain() {
    ProjectRef project = people.projectOf(people.visitor("Ana"));
    TextPool pool = new TextPool(jdbi, project.id(), 600, 14);
    UUID job = trials.start(pool, 2, whole(0.95), null);
    trials.await(
        120,
        job,
        () -> {
          if (trials.isTimeToAnswer(job)) {
            pool.answerAs(queue, job, (person, item) -> pool.people.indexOf(person) % 2);
          }
          return jobs.job(job).state() == JobState.PAUSED;
        });
    assertTrue(jobs.job(job).stateReason().contains("of the whole dataset cannot be right"));
    assertTrue(loop.learner(job).orElseThrow().refused());
    loop.resumed(job);
    assertFalse(loop.learner(job).orElseThrow().refused());
  }

  private String note(UUID job) {
    return loop.round(job, loop.learner(job).orElseThrow().round())
        .orElseThrow()
        .facts()
        .scopeNote();
  }
}

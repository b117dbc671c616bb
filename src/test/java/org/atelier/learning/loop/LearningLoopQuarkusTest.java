package org.atelier.learning.loop;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.atelier.labeling.GuaranteeScope;
import org.atelier.labeling.JobNumbers;
import org.atelier.labeling.JobSettings;
import org.atelier.labeling.JobState;
import org.atelier.labeling.Jobs;
import org.atelier.labeling.LabelDefinition;
import org.atelier.labeling.LearningBridge;
import org.atelier.labeling.MachineLabel;
import org.atelier.labeling.QueueDepth;
import org.atelier.labeling.TaskType;
import org.atelier.labeling.WorkQueue;
import org.atelier.learning.certificate.Certificate;
import org.atelier.learning.certificate.CertificateView;
import org.atelier.learning.certificate.Certificates;
import org.atelier.learning.pool.FeatureService;
import org.atelier.learning.pool.PoolItems;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.atelier.workforce.TestPeople;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class LearningLoopQuarkusTest {

  @Inject Jdbi jdbi;
  @Inject Jobs jobs;
  @Inject WorkQueue queue;
  @Inject LearningBridge bridge;
  @Inject LearningLoop loop;
  @Inject LoopTrials trials;
  @Inject Certificates certificates;
  @Inject JobNumbers numbers;
  @Inject StepRunner runner;
  @Inject StepPlanner planner;
  @Inject StepApplier applier;
  @Inject EvidenceReader evidence;
  @Inject FeatureService features;
  @Inject TestPeople people;

  private TestPeople.Visitor owner;
  private ProjectRef project;

  @BeforeEach
  void openProject() {
    owner = people.visitor("Ana");
    project = people.projectOf(owner);
  }

  @Test
  void theMachineLabelsWhatAnAuditCertifiesAndTheJobEnds() {
    TextPool pool = new TextPool(jdbi, project.id(), 1_500, 1);
    UUID job = trials.start(pool, Map.of(), null);
    List<MachineLabel> machine = new ArrayList<>();
    trials.await(
        90,
        job,
        () -> {
          if (trials.isTimeToAnswer(job)) {
            pool.answer(queue, job);
          }
          if (machine.isEmpty()) {
            bridge.machineLabels(job, machine::add);
          }
          return jobs.job(job).state() == JobState.COMPLETED;
        });
    machine.clear();
    bridge.machineLabels(job, machine::add);
    long right =
        machine.stream()
            .filter(label -> label.classes()[0] == pool.truth.get(label.itemId()))
            .count();
    assertTrue(machine.size() > 500, "only " + machine.size() + " machine labels");
    assertTrue(right >= 0.95 * machine.size(), right + " of " + machine.size() + " are right");
    assertFalse(loop.rounds(job).isEmpty());
    assertNotNull(jobs.job(job).resultVersion());
    assertEquals(LearnerPhase.FINISHED, loop.learner(job).orElseThrow().phase());
    Certificate certificate =
        certificates.find(pool.project, job).map(CertificateView::document).orElseThrow();
    assertEquals(Certificate.State.CERTIFIED, certificate.guarantee().state());
    assertTrue(certificate.guarantee().accuracyAtLeast() >= 0.95);
    assertEquals(machine.size(), certificate.counts().machine());
    assertEquals(1_500, certificate.counts().human() + certificate.counts().machine());
    assertEquals("No item is left to ask about.", certificate.job().learningEnded());
    JobNumbers.Progress progress = numbers.progress(job);
    assertEquals(certificate.counts().human(), progress.human());
    assertEquals(machine.size(), progress.machine());
    assertEquals(
        1_500,
        progress.humanByClass().values().stream().mapToLong(n -> n).sum()
            + progress.machineByClass().values().stream().mapToLong(n -> n).sum());
    thePagesTellIt(job);
    aDeletionMarksTheCertificate(pool, job);
  }

  private void aDeletionMarksTheCertificate(TextPool pool, UUID job) {
    String item = pool.truth.keySet().iterator().next().toString();
    given()
        .contentType("application/json")
        .header("Authorization", "Bearer " + owner.token())
        .body("{\"items\":[\"" + item + "\"],\"reason\":\"Right to erasure\"}")
        .post("/api/v1/projects/" + project.id() + "/datasets/" + pool.dataset + "/items/delete")
        .then()
        .statusCode(200);
    String page = "/p/" + project.slug() + "/jobs/" + job;
    html(page + "/certificate").body(containsString("Affected by a deletion"));
    json("/api/v1/projects/" + project.id() + "/jobs/" + job + "/learning/certificate")
        .body("affectedItems", equalTo(1));
  }

  private void thePagesTellIt(UUID job) {
    String page = "/p/" + project.slug() + "/jobs/" + job;
    html(page).body(containsString("of the model&#39;s"));
    html(page + "/learning")
        .body(containsString("Learning curve"))
        .body(not(containsString("come with the next round")));
    html(page + "/review").body(containsString("Newest labels of the model"));
    html(page + "/certificate").body(containsString("What is promised"));
    String parts = "/p/" + project.slug() + "/learning/" + job;
    html(parts + "/numbers").body(containsString("Labelled by the model"));
    html(parts + "/cell?people=0&model=1").body(containsString("People say a"));
    for (String chart : List.of("learning", "coverage", "confusion", "labels", "answers")) {
      json(parts + "/charts/" + chart).body("kind", notNullValue());
    }
    String api = "/api/v1/projects/" + project.id() + "/jobs/" + job + "/learning";
    json(api)
        .body("phase", equalTo("FINISHED"))
        .body("quality.known", equalTo(true))
        .body("counts.unlabelled", equalTo(0));
    json(api + "/rounds").body("size()", greaterThan(1));
    json(api + "/items").body("confusion.size()", equalTo(TextPool.CLASSES));
    json(api + "/certificate").body("document.guarantee.state", equalTo("CERTIFIED"));
    json(api + "/certificate.json").body("format", equalTo("atelier-certificate-1"));
  }

  private ValidatableResponse html(String path) {
    return given()
        .accept("text/html")
        .cookie(TestPeople.COOKIE, owner.session())
        .get(path)
        .then()
        .statusCode(200);
  }

  private ValidatableResponse json(String path) {
    return given()
        .accept("application/json")
        .header("Authorization", "Bearer " + owner.token())
        .get(path)
        .then()
        .statusCode(200);
  }

  @Test
  void aStepThatWasCutShortHasItsEffectsOnce() {
    TextPool pool = new TextPool(jdbi, project.id(), 600, 2);
    UUID job = trials.start(pool, Map.of(), null);
    trials.await(30, job, () -> loop.learner(job).orElseThrow().phase() == LearnerPhase.STARTING);
    jobs.pause(pool.project, job, "Nobody else takes steps now.");
    LearnerRow row = loop.learner(job).orElseThrow();
    answerAll(pool, job);
    PoolItems items = features.items(pool.project, pool.dataset, 1);
    RoundFacts facts = loop.round(job, 0).orElseThrow().facts();
    StepPlanner.Plan plan =
        planner.plan(
            jobs.job(job),
            row,
            facts,
            items,
            () -> features.learner(row.featureSetId(), items.size()));
    applier.plan(plan.step());
    assertFalse(applier.apply(plan.step(), plan.document(), items), "the job is paused");
    resumeQuietly(job);
    assertThrows(
        IllegalStateException.class,
        () ->
            QuarkusTransaction.requiringNew()
                .run(
                    () -> {
                      assertTrue(applier.apply(plan.step(), plan.document(), items));
                      throw new IllegalStateException("the process dies before the commit");
                    }));
    assertEquals(row.step(), loop.learner(job).orElseThrow().step());
    assertEquals(StepRunner.Outcome.WAIT, runner.step(job, items, () -> null), "as planned");
    assertEquals(row.step() + 1, loop.learner(job).orElseThrow().step());
    QueueDepth after = bridge.queueDepth(job);
    assertEquals(plan.document().directive().asks().size(), after.open());
    assertFalse(applier.apply(plan.step(), plan.document(), items), "a second time");
    assertEquals(after, bridge.queueDepth(job));
    jobs.stop(pool.project, job, "The test is over.");
  }

  @Test
  void labelsAreConsolidatedByTheJobsMethodBeforeAStepReadsThem() {
    TextPool pool = new TextPool(jdbi, project.id(), 600, 4);
    UUID job = start(pool, new JobSettings.Answering(2, 2, "dawid-skene", true, false, 600, 0));
    trials.await(30, job, () -> loop.learner(job).orElseThrow().phase() == LearnerPhase.STARTING);
    jobs.pause(pool.project, job, "Nobody else takes steps now.");
    UUID liar = pool.people.get(2);
    resumeQuietly(job);
    while (pool.answerAs(
            queue,
            job,
            (person, item) ->
                person.equals(liar)
                    ? (pool.truth.get(item) + 1) % TextPool.CLASSES
                    : pool.truth.get(item))
        > 0) {
      // everything that is with people
    }
    jdbi.useHandle(
        handle -> handle.execute("update labeling.job set state = 'PAUSED' where id = ?", job));
    long byVotes = right(pool, job);
    PoolItems items = features.items(pool.project, pool.dataset, 1);
    EvidenceReader.Heard heard = evidence.read(jobs.job(job), items, null);
    long read =
        heard.evidence().labels().stream()
            .filter(one -> one.classes()[0] == pool.truth.get(items.item(one.item())))
            .count();
    assertTrue(read > byVotes, read + " right labels instead of " + byVotes + " by votes");
    assertTrue(read >= 0.95 * heard.evidence().labels().size(), "the liar is known by now");
    jobs.stop(pool.project, job, "The test is over.");
  }

  private long right(TextPool pool, UUID job) {
    long[] right = {0};
    bridge.humanLabels(
        job, label -> right[0] += label.classes()[0] == pool.truth.get(label.itemId()) ? 1 : 0);
    return right[0];
  }

  @Test
  void nobodyInChargeCanDecideWhatAnAuditWaitsFor() {
    TextPool pool = new TextPool(jdbi, project.id(), 600, 5);
    UUID job = trials.start(pool, Map.of(), null);
    trials.await(30, job, () -> bridge.queueDepth(job).open() > 20);
    List<UUID> open = bridge.openItems(job);
    decide(job, open.get(0), 409).body("code", equalTo("with-people"));
    jobs.pause(pool.project, job, "Nobody else takes steps now.");
    answerAll(pool, job);
    decide(job, open.get(0), 409).body("detail", containsString("just answered"));
    assertTrue(
        given()
                .accept("text/html")
                .cookie(TestPeople.COOKIE, owner.session())
                .get("/p/" + project.slug() + "/jobs/" + job + "/review")
                .then()
                .statusCode(200)
                .extract()
                .asString()
                .indexOf(open.get(0).toString())
            < 0);
    jobs.stop(pool.project, job, "The test is over.");
  }

  private ValidatableResponse decide(UUID job, UUID item, int status) {
    return given()
        .accept("application/json")
        .contentType("application/json")
        .header("Authorization", "Bearer " + owner.token())
        .body(Map.of("items", List.of(item), "classes", new int[] {0}))
        .post("/api/v1/projects/" + project.id() + "/jobs/" + job + "/learning/decisions")
        .then()
        .statusCode(status);
  }

  @Test
  void theCertificateFallsWhenPeopleFindAcceptedLabelsWrong() {
    TextPool pool = new TextPool(jdbi, project.id(), 1_200, 3);
    UUID job = trials.start(pool, Map.of(), null);
    trials.await(
        60,
        job,
        () -> {
          if (trials.isTimeToAnswer(job)) {
            pool.answer(queue, job, item -> contradiction(pool, job, item));
          }
          return loop.learner(job).orElseThrow().withdrawnAt() != null;
        });
    assertEquals(LearnerPhase.BY_HAND, loop.learner(job).orElseThrow().phase());
    assertNotNull(jobs.job(job).byHandReason());
    String numbers = "/p/" + project.slug() + "/learning/" + job + "/numbers";
    html(numbers)
        .body(containsString("labels accepted from the model"))
        .body(containsString("people label the rest"));
    jobs.stop(pool.project, job, "The test is over.");
    html(numbers)
        .body(containsString("labels accepted from the model"))
        .body(not(containsString("people label the rest")))
        .body(not(containsString("the whole rest would take")));
  }

  /** Another class than the machine's where it has labelled, else the truth. */
  private int contradiction(TextPool pool, UUID job, UUID item) {
    return numbers.labels(job, List.of(item)).stream()
        .filter(JobNumbers.CurrentLabel::machine)
        .map(label -> (label.classes()[0] + 1) % TextPool.CLASSES)
        .findFirst()
        .orElse(pool.truth.get(item));
  }

  private void answerAll(TextPool pool, UUID job) {
    jdbi.useHandle(
        handle -> handle.execute("update labeling.job set state = 'RUNNING' where id = ?", job));
    while (pool.answer(queue, job) > 0) {
      // everything that is with people
    }
    jdbi.useHandle(
        handle -> handle.execute("update labeling.job set state = 'PAUSED' where id = ?", job));
  }

  /** Lets the job run without the loop noticing, so that only the test takes steps. */
  private void resumeQuietly(UUID job) {
    jdbi.useHandle(
        handle -> handle.execute("update labeling.job set state = 'RUNNING' where id = ?", job));
  }

  private UUID start(TextPool pool, JobSettings.Answering answering) {
    List<LabelDefinition> labels =
        List.of("a", "b", "c", "d").stream().map(LabelDefinition::named).toList();
    JobSettings settings =
        new JobSettings(
            "Texts",
            pool.dataset,
            1,
            TaskType.SINGLE,
            labels,
            "",
            Set.of(),
            answering,
            new JobSettings.Learning(true, 0.95, GuaranteeScope.MACHINE, 0.05, 60, Map.of()),
            JobSettings.Budget.unlimited());
    UUID job = jobs.create(pool.project, settings).id();
    jobs.start(pool.project, job);
    return job;
  }
}

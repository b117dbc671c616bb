package org.atelier.learning.loop;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.atelier.labeling.JobState;
import org.atelier.labeling.JobView;
import org.atelier.labeling.Jobs;
import org.atelier.labeling.LearningBridge;
import org.atelier.learning.campaign.StopReason;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.atelier.workforce.TestPeople;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class BudgetQuarkusTest {

  private static final int BUDGET = 160;

  @Inject Jdbi jdbi;
  @Inject Jobs jobs;
  @Inject LearningBridge bridge;
  @Inject LearningLoop loop;
  @Inject LoopTrials trials;
  @Inject TestPeople people;

  @Test
  void aJobWhoseBudgetIsUsedUpRestsSaysWhyAndGoesOnWithALargerOne() {
    TestPeople.Visitor owner = people.visitor("Ana");
    ProjectRef project = people.projectOf(owner);
    TextPool pool = new TextPool(jdbi, project.id(), 900, 10);
    UUID job = trials.start(pool, Map.of(), BUDGET);
    trials.workUntil(120, pool, job, () -> jobs.job(job).state() != JobState.RUNNING);
    JobView rests = jobs.job(job);
    assertEquals(JobState.PAUSED, rests.state(), rests.stateReason());
    assertTrue(rests.stateReason().startsWith("The budget of 160 answers is used up"));
    assertTrue(bridge.queueDepth(job).answers() <= BUDGET);
    assertEquals(StopReason.BUDGET, loop.learner(job).orElseThrow().stop());

    String tab = "/p/" + project.slug() + "/jobs/" + job + "/learning";
    String act = "/p/" + project.slug() + "/learning/" + job + "/budget";
    given()
        .cookie(TestPeople.COOKIE, owner.session())
        .get(tab)
        .then()
        .statusCode(200)
        .body(containsString("The budget is used up"))
        .body(containsString("Raise the budget and go on"));
    Forms.send(owner, tab, act, Map.of("budgetAnswers", 100)).statusCode(400);
    assertEquals(JobState.PAUSED, jobs.job(job).state());
    raise(owner, project, job, 100).statusCode(400).body("field", equalTo("budgetAnswers"));
    int rounds = loop.rounds(job).size();
    raise(owner, project, job, 850).statusCode(200).body("state", equalTo("RUNNING"));
    Forms.send(owner, tab, act, Map.of("budgetAnswers", 900)).statusCode(303);
    assertEquals(JobState.RUNNING, jobs.job(job).state());
    assertEquals(900, jobs.job(job).settings().budget().answers());
    assertEquals(2, audited(job, "budget-raised"));
    assertEquals(1, audited(job, "job-paused"));

    trials.workUntil(150, pool, job, () -> trials.completed(job));
    assertTrue(loop.rounds(job).size() > rounds, "learning went on");
    assertNotNull(jobs.job(job).resultVersion());
    int[] labelled = {0};
    bridge.humanLabels(job, label -> labelled[0]++);
    bridge.machineLabels(job, label -> labelled[0]++);
    assertEquals(900, labelled[0]);
  }

  @Test
  void aJobThatRestsCanBeCompletedAsItIs() {
    ProjectRef project = people.projectOf(people.visitor("Ana"));
    TextPool pool = new TextPool(jdbi, project.id(), 700, 11);
    UUID job = trials.start(pool, Map.of(), BUDGET);
    trials.workUntil(120, pool, job, () -> jobs.job(job).state() == JobState.PAUSED);
    jobs.resume(project.id(), job);
    trials.workUntil(30, pool, job, () -> jobs.job(job).state() == JobState.PAUSED);
    assertTrue(bridge.queueDepth(job).answers() <= BUDGET, "nothing more is asked");
    jobs.complete(project.id(), job, "Enough.");
    trials.await(60, job, () -> trials.completed(job));
  }

  private static ValidatableResponse raise(
      TestPeople.Visitor owner, ProjectRef project, UUID job, int answers) {
    return given()
        .header("Authorization", "Bearer " + owner.token())
        .contentType("application/json")
        .body(Map.of("budgetAnswers", answers))
        .post("/api/v1/projects/" + project.id() + "/jobs/" + job + "/learning/budget")
        .then();
  }

  private long audited(UUID job, String act) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select count(*) from platform.audit_entry
                    where subject_id = :job and action = :act
                    """)
                .bind("job", job)
                .bind("act", act)
                .mapTo(Long.class)
                .one());
  }
}

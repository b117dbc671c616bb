package org.atelier.learning.loop;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.atelier.labeling.JobState;
import org.atelier.labeling.JobView;
import org.atelier.labeling.Jobs;
import org.atelier.labeling.LearningBridge;
import org.atelier.labeling.WorkQueue;
import org.atelier.platform.ProblemException;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.atelier.workforce.TestPeople;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** Steps of the machine that fail for good, and the ways out. */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class FailedJobQuarkusTest {

  @Inject Jdbi jdbi;
  @Inject Jobs jobs;
  @Inject LearningBridge bridge;
  @Inject WorkQueue queue;
  @Inject LearningLoop loop;
  @Inject LoopTrials trials;
  @Inject TestPeople people;

  @Test
  void aJobWhoseFeaturesCannotBeKeptFailsKeepsItsAnswersAndGoesOnWhenTheyCan() {
    TestPeople.Visitor owner = people.visitor("Ana");
    ProjectRef project = people.projectOf(owner);
    TextPool pool = new TextPool(jdbi, project.id(), 600, 21);
    refuse("learning.feature_set", "dataset_id", pool.dataset);
    UUID job = trials.start(pool, Map.of(), null);
    trials.await(30, job, () -> bridge.queueDepth(job).open() > 0);
    UUID person = pool.people.get(0);
    WorkQueue.LeasedTask task =
        queue.claim(project.id(), job, person, 1, java.util.List.of()).tasks().get(0);
    trials.await(30, job, () -> jobs.job(job).state() == JobState.FAILED);

    String reason = jobs.job(job).stateReason();
    assertTrue(reason.startsWith("Getting to know the items failed: "), reason);
    assertTrue(reason.contains("no space for this row"), reason);
    assertEquals(1, audited(job, "job-failed"));
    queue.submit(
        project.id(),
        job,
        person,
        new WorkQueue.GivenAnswer(
            UUID.randomUUID(),
            task.lease(),
            task.task(),
            new int[] {pool.truth.get(task.itemId())},
            900,
            null));
    assertEquals(1, bridge.queueDepth(job).settled(), "an answer under way counts");
    assertEquals(0, queue.claim(project.id(), job, person, 5, java.util.List.of()).tasks().size());
    assertThrows(ProblemException.class, () -> jobs.complete(project.id(), job, "enough"));
    String page = "/p/" + project.slug() + "/jobs/" + job;
    given()
        .cookie(TestPeople.COOKIE, owner.session())
        .get(page)
        .then()
        .statusCode(200)
        .body(containsString("A step of the model failed"))
        .body(containsString("no space for this row"))
        .body(containsString("Try again"));

    allow("learning.feature_set");
    Forms.send(owner, page, page + "/state", Map.of("act", "retry")).statusCode(303);
    assertEquals(JobState.RUNNING, jobs.job(job).state());
    trials.workUntil(60, pool, job, () -> trials.trained(job));
    assertEquals(JobState.RUNNING, jobs.job(job).state());
    jobs.stop(project.id(), job, "The test is over.");
  }

  @Test
  void aCancelledStepIsShownWithAWayOnAndGoesOnWhenTheJobIsResumed() {
    TestPeople.Visitor owner = people.visitor("Ana");
    ProjectRef project = people.projectOf(owner);
    TextPool pool = new TextPool(jdbi, project.id(), 600, 24);
    UUID job = trials.start(pool, Map.of(), null);
    trials.await(30, job, () -> bridge.queueDepth(job).open() > 0);
    trials.await(60, job, () -> trials.isTimeToAnswer(job));
    UUID work = loop.learner(job).orElseThrow().workId();
    asIfCancelled(work);
    given()
        .cookie(TestPeople.COOKIE, owner.session())
        .get("/p/" + project.slug() + "/learning/" + job + "/numbers")
        .then()
        .statusCode(200)
        .body(containsString("The model's work was cancelled"))
        .body(containsString("/work/" + work));
    jobs.pause(project.id(), job, "The machine is slow.");
    jobs.resume(project.id(), job, "It is night.");
    trials.workUntil(60, pool, job, () -> trials.trained(job));
    jobs.stop(project.id(), job, "The test is over.");
  }

  /** What a manager does on the page of a work that waits. */
  private void asIfCancelled(UUID work) {
    QuarkusTransaction.requiringNew()
        .run(
            () ->
                jdbi.useHandle(
                    handle ->
                        handle.execute(
                            "update platform.work set state = 'CANCELLED' where id = ?", work)));
  }

  @Test
  void aLookDoesNotWaitForAJobThatAStepHolds() {
    ProjectRef project = people.projectOf(people.visitor("Ana"));
    TextPool pool = new TextPool(jdbi, project.id(), 600, 22);
    UUID job = trials.start(pool, Map.of(), null);
    boolean looked =
        QuarkusTransaction.requiringNew()
            .call(
                () -> {
                  bridge.hold(job);
                  return CompletableFuture.supplyAsync(() -> loop.look(job))
                      .get(60, TimeUnit.SECONDS);
                });
    assertFalse(looked);
    jobs.stop(project.id(), job, "The test is over.");
  }

  @Test
  void aJobWhoseLearningStepFailsCanBeStoppedAndKeepsItsLabels() {
    ProjectRef project = people.projectOf(people.visitor("Ana"));
    TextPool pool = new TextPool(jdbi, project.id(), 600, 22);
    UUID job = trials.start(pool, Map.of(), null);
    trials.await(30, job, () -> bridge.queueDepth(job).open() > 0);
    refuse("learning.step", "job_id", job);
    try {
      trials.workUntil(60, pool, job, () -> jobs.job(job).state() == JobState.FAILED);
    } finally {
      allow("learning.step");
    }
    assertTrue(jobs.job(job).stateReason().contains("no space for this row"), reason(job));
    int[] labels = {0};
    bridge.humanLabels(job, label -> labels[0]++);
    assertTrue(labels[0] > 0);
    jobs.stop(project.id(), job, "Enough.");
    assertEquals(JobState.STOPPED, jobs.job(job).state());
    int[] kept = {0};
    bridge.humanLabels(job, label -> kept[0]++);
    assertEquals(labels[0], kept[0]);
  }

  @Test
  void aCompletionThatFailedIsTriedAgainAndWritesTheLabelsOnce() {
    ProjectRef project = people.projectOf(people.visitor("Ana"));
    TextPool pool = new TextPool(jdbi, project.id(), 40, 23);
    UUID job = trials.start(pool, Map.of(), null);
    // from the start, since so few items are answered at once and the job completes by itself
    refuse("dataset.dataset_version", "dataset_id", pool.dataset);
    failLate(job);
    try {
      trials.workUntil(30, pool, job, () -> bridge.queueDepth(job).settled() >= 10);
      completeUnlessItDoesByItself(project, job);
      trials.await(60, job, () -> jobs.job(job).state() == JobState.FAILED);
    } finally {
      allow("dataset.dataset_version");
      allow("platform.work");
    }
    assertTrue(reason(job).startsWith("Writing the labels failed: "), reason(job));
    JobView again = jobs.retry(project.id(), job, null);
    assertEquals(JobState.COMPLETING, again.state());
    trials.await(60, job, () -> trials.completed(job));
    assertEquals(2, jobs.job(job).resultVersion());
  }

  private void completeUnlessItDoesByItself(ProjectRef project, UUID job) {
    try {
      jobs.complete(project.id(), job, "Enough.");
    } catch (ProblemException e) {
      assertNotEquals(JobState.RUNNING, jobs.job(job).state(), e.getMessage());
    }
  }

  private String reason(UUID job) {
    return jobs.job(job).stateReason();
  }

  /** Lets the database itself refuse rows of one owner, as a full disk would. */
  private void refuse(String table, String column, UUID owner) {
    QuarkusTransaction.requiringNew()
        .run(
            () ->
                jdbi.useHandle(
                    handle -> {
                      handle.execute(
                          """
                          create or replace function public.refuse_row() returns trigger
                          language plpgsql as $$ begin raise 'no space for this row'; end $$
                          """);
                      handle.execute(
                          "create trigger refuse before insert on %s for each row when (new.%s = '%s') execute function public.refuse_row()"
                              .formatted(table, column, owner));
                    }));
  }

  /** Whoever learns that the job failed can try again, however long its work takes to end. */
  private void failLate(UUID job) {
    QuarkusTransaction.requiringNew()
        .run(
            () ->
                jdbi.useHandle(
                    handle -> {
                      handle.execute(
                          """
                          create or replace function public.fail_late() returns trigger
                          language plpgsql as $$ begin perform pg_sleep(1); return new; end $$
                          """);
                      handle.execute(
                          "create trigger refuse before update on platform.work for each row when (new.state = 'FAILED' and new.subject_id = '%s') execute function public.fail_late()"
                              .formatted(job));
                    }));
  }

  private void allow(String table) {
    QuarkusTransaction.requiringNew()
        .run(() -> jdbi.useHandle(handle -> handle.execute("drop trigger refuse on " + table)));
  }

  private long audited(UUID job, String action) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select count(*) from platform.audit_entry where subject_id = :job and action = :action")
                .bind("job", job)
                .bind("action", action)
                .mapTo(Long.class)
                .one());
  }
}

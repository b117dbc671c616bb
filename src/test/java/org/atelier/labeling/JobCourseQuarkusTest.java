package org.atelier.labeling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.atelier.platform.Ids;
import org.atelier.platform.ProblemException;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.Role;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.atelier.platform.web.PlaceNews;
import org.atelier.workforce.People;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
@ActivateRequestContext
class JobCourseQuarkusTest {

  @Inject People people;
  @Inject Jobs jobs;
  @Inject WorkQueue queue;
  @Inject JobFlowReader flows;
  @Inject Jdbi jdbi;
  @Inject @io.quarkus.arc.All List<PlaceNews> news;

  private UUID project;
  private UUID dataset;
  private UUID ana;

  @BeforeEach
  void prepare() {
    UUID owner = account();
    ProjectRef made =
        people.createProject("p-" + Ids.next().toString().substring(19), "Autumn", owner);
    project = made.id();
    ana = account();
    people.setRoles(project, ana, Set.of(Role.LABELER));
    dataset = Ids.next();
    QuarkusTransaction.requiringNew().run(this::threeTexts);
  }

  private UUID account() {
    return people.createAccount("p-" + Ids.next() + "@example.com", "Ana", false).id();
  }

  private void threeTexts() {
    update(
        """
        insert into dataset.dataset (id, project_id, name, kind, created_at, latest_version)
        values (:id, :project, 'texts', 'TEXT', now(), 1)
        """,
        Map.of("id", dataset, "project", project));
    version(1, 3, 3);
    items(0, 3, 1);
  }

  private void version(int number, int count, int added) {
    update(
        """
        insert into dataset.dataset_version
          (dataset_id, number, digest, item_count, added, removed, labeled, note, created_at)
        values (:id, :number, '', :count, :added, 0, 0, '', now())
        """,
        Map.of("id", dataset, "number", number, "count", count, "added", added));
  }

  private void items(int from, int to, int version) {
    for (int ordinal = from; ordinal < to; ordinal++) {
      update(
          """
          insert into dataset.item
            (id, dataset_id, ordinal, external_id, kind, text, metadata, added_in, digest)
          values (:id, :dataset, :ordinal, 'e' || :ordinal, 'TEXT', 'text', '{}', :version, '')
          """,
          Map.of("id", Ids.next(), "dataset", dataset, "ordinal", ordinal, "version", version));
    }
  }

  private void update(String sql, Map<String, ?> values) {
    jdbi.useHandle(handle -> handle.createUpdate(sql).bindMap(values).execute());
  }

  private UUID started(Integer budget) {
    JobSettings settings =
        new JobSettings(
            "Collars",
            dataset,
            1,
            TaskType.SINGLE,
            List.of(label("Shirt"), label("Coat")),
            "",
            Set.of(),
            new JobSettings.Answering(1, 1, "majority", true, false, 600, 0),
            JobSettings.Learning.byHand(),
            new JobSettings.Budget(budget, null, null, null));
    UUID job = jobs.create(project, settings).id();
    jobs.start(project, job);
    return job;
  }

  private static LabelDefinition label(String name) {
    return new LabelDefinition(name, null, null, null, null, List.of());
  }

  private boolean answer(UUID job) {
    List<WorkQueue.LeasedTask> tasks = queue.claim(project, job, ana, 1, List.of()).tasks();
    tasks.forEach(
        task ->
            queue.submit(
                project,
                job,
                ana,
                new WorkQueue.GivenAnswer(
                    UUID.randomUUID(), task.lease(), task.task(), new int[] {1}, 900, null)));
    return !tasks.isEmpty();
  }

  private JobState untilItRests(UUID job) throws InterruptedException {
    for (int wait = 0; wait < 1_200; wait++) {
      JobState state = jobs.job(project, job).state();
      if (state != JobState.RUNNING && state != JobState.COMPLETING) {
        return state;
      }
      answer(job);
      Thread.sleep(50);
    }
    return jobs.job(project, job).state();
  }

  @Test
  void aUsedUpBudgetPausesWorkByHandAndMoreBudgetEndsIt() throws InterruptedException {
    UUID job = started(2);
    assertEquals(JobState.PAUSED, untilItRests(job));
    JobView paused = jobs.job(project, job);
    assertTrue(paused.stateReason().startsWith("The budget of 2 answers is used"));
    assertTrue(paused.stateReason().contains("1 of 3 items have no label"));
    assertThrows(ProblemException.class, () -> jobs.resume(project, job, "Go on"));
    jobs.change(project, job, paused.revision(), withBudget(paused.settings(), 3));
    jobs.resume(project, job, "The rest is paid for.");
    assertEquals(JobState.COMPLETED, untilItRests(job));
    List<JobFlow.Step> steps = flows.of(jobs.job(project, job)).steps();
    assertEquals(
        List.of("Completed", "Completing", "Resumed", "Paused", "Started", "Created"),
        steps.stream().map(JobFlow.Step::what).toList());
    assertEquals("The rest is paid for.", steps.get(2).why());
    assertFalse(steps.get(2).who().isBlank());
  }

  @Test
  void whoResumesAJobWaitsForItBeforeItsBudgetIsTouched() throws Exception {
    UUID job = started(1);
    assertEquals(JobState.PAUSED, untilItRests(job));
    CountDownLatch held = new CountDownLatch(1);
    CompletableFuture<Boolean> budgetIsFree =
        CompletableFuture.supplyAsync(
            () -> QuarkusTransaction.requiringNew().call(() -> holdUntilSomebodyWaits(job, held)));
    assertTrue(held.await(60, TimeUnit.SECONDS));
    assertThrows(ProblemException.class, () -> jobs.resume(project, job, "Go on"));
    assertTrue(budgetIsFree.get(120, TimeUnit.SECONDS));
  }

  private static final String SOMEBODY_WAITS =
      """
      select exists (select from pg_locks join pg_stat_activity using (pid)
        where not granted and datname = current_database())
      """;

  private boolean holdUntilSomebodyWaits(UUID job, CountDownLatch held) {
    return jdbi.withHandle(
        h -> {
          h.execute("select from labeling.job where id = ? for no key update", job);
          held.countDown();
          for (int look = 0; look < 6_000; look++) {
            if (is(h, SOMEBODY_WAITS)) {
              String key = "hashtextextended('budget " + job + "', 0)";
              return is(h, "select pg_try_advisory_xact_lock(" + key + ")");
            }
            h.execute("select pg_sleep(0.01)");
          }
          return false;
        });
  }

  private static boolean is(Handle handle, String sql) {
    return handle.createQuery(sql).mapTo(Boolean.class).one();
  }

  private static JobSettings withBudget(JobSettings old, int answers) {
    return new JobSettings(
        old.title(),
        old.datasetId(),
        old.datasetVersion(),
        old.taskType(),
        old.labels(),
        old.instructions(),
        old.workers(),
        old.answering(),
        old.learning(),
        new JobSettings.Budget(answers, null, null, null));
  }

  @Test
  void aNewerVersionIsOfferedAndTakingItInTellsThePeopleAgain() {
    UUID job = started(null);
    assertEquals(1, unseen());
    QuarkusTransaction.requiringNew()
        .run(
            () -> {
              update("update labeling.notice set seen_at = now()", Map.of());
              version(2, 5, 2);
              items(3, 5, 2);
              update(
                  "update dataset.dataset set latest_version = 2 where id = :id",
                  Map.of("id", dataset));
            });
    assertEquals(0, unseen());
    assertEquals(new JobFlow.Newer(2, "2"), flows.of(jobs.job(project, job)).newer());
    jobs.takeVersion(project, job, 2);
    assertEquals(1, unseen());
    assertEquals(5, jobs.job(project, job).items());
    assertEquals(null, flows.of(jobs.job(project, job)).newer());
  }

  private int unseen() {
    return QuarkusTransaction.requiringNew()
        .call(() -> news.stream().mapToInt(one -> one.count(project, ana)).sum());
  }
}

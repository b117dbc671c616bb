package org.atelier.learning.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.atelier.labeling.Jobs;
import org.atelier.labeling.LearningBridge;
import org.atelier.labeling.QueueDepth;
import org.atelier.labeling.TaskReason;
import org.atelier.learning.campaign.CampaignState;
import org.atelier.learning.certify.Draw;
import org.atelier.learning.certify.EarlyDesign;
import org.atelier.learning.pool.FeatureService;
import org.atelier.learning.pool.PoolItems;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.atelier.workforce.TestPeople;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class EarlyDrawsQuarkusTest {

  private static final int ITEMS = 2_000;

  @Inject Jdbi jdbi;
  @Inject ObjectMapper json;
  @Inject Jobs jobs;
  @Inject LearningBridge bridge;
  @Inject LearningLoop loop;
  @Inject QueueFilling filling;
  @Inject EarlyDraws early;
  @Inject StoredJson stored;
  @Inject FeatureService features;
  @Inject LoopTrials trials;
  @Inject TestPeople people;

  @Test
  void whoeverWouldWaitForTheModelIsGivenTheFirstOfARandomOrder() {
    TextPool pool = pool(31);
    UUID job = trials.start(pool, Map.of(), null);
    trials.workUntil(60, pool, job, () -> trials.trained(job));
    trials.await(60, job, () -> trials.rests(job));
    List<UUID> order = offer(pool, job);
    askWithoutReserve(job);
    fill(job, false);
    assertEquals(List.of(), early.handedOut(job), "nothing is computed");
    fill(job, true);
    fill(job, true);
    List<UUID> given = early.handedOut(job);
    assertEquals(order.subList(0, 40), given);
    Set<UUID> asked = new HashSet<>(tasks(job, TaskReason.EARLY_DRAW));
    assertTrue(asked.size() > 20, "those without a label have a task");
    assertTrue(given.containsAll(asked));
    early.forget(job);
    fill(job, true);
    assertEquals(List.of(), early.handedOut(job), "a step that reads has another order");
    trials.workUntil(150, pool, job, () -> trials.completed(job));
    assertEquals(0, orders(job), "an order does not outlive its step");
  }

  @Test
  void theAuditThatIsOpenedCountsThemAmongItsDraws() {
    TextPool pool = pool(32);
    UUID job = trials.start(pool, Map.of(), null);
    trials.workUntil(
        120,
        pool,
        job,
        () ->
            loop.learner(job).orElseThrow().phase() == LearnerPhase.AUDITING
                || trials.completed(job));
    assertEquals(LearnerPhase.AUDITING, loop.learner(job).orElseThrow().phase());
    int round = loop.learner(job).orElseThrow().round();
    List<UUID> given =
        QuarkusTransaction.requiringNew()
            .call(
                () -> {
                  List<UUID> next = early.handOut(job, 200);
                  bridge.enqueue(job, round, TaskReason.EARLY_DRAW, next);
                  return next;
                });
    assertEquals(200, given.size(), "the step that opened the audit offered an order");
    trials.workUntil(150, pool, job, () -> trials.completed(job));
    PoolItems items = items(pool);
    List<Integer> rows = given.stream().map(items::row).toList();
    CampaignState.AuditInProgress audit =
        audits(job).stream()
            .filter(one -> one.state().batches().size() > 1)
            .findFirst()
            .orElseThrow();
    int first = audit.state().batches().get(1).first();
    Set<Integer> before = new HashSet<>();
    audit.state().draws().subList(0, first).forEach(draw -> before.add(audit.items()[draw.item()]));
    Set<Integer> candidates = new HashSet<>();
    Arrays.stream(audit.items()).forEach(candidates::add);
    List<Integer> expected =
        rows.stream().filter(candidates::contains).filter(row -> !before.contains(row)).toList();
    assertTrue(expected.size() > 20);
    assertEquals(
        expected,
        audit.state().draws().stream()
            .skip(first)
            .limit(expected.size())
            .map(Draw::item)
            .map(place -> audit.items()[place])
            .toList());
    Set<UUID> machine = new HashSet<>();
    bridge.machineLabels(job, label -> machine.add(label.itemId()));
    assertFalse(machine.isEmpty());
    assertTrue(given.stream().noneMatch(machine::contains), "people labelled all of them");
  }

  @Test
  void everyBeginningHasAnotherOrder() {
    long seed = EarlyDraws.seed(7, 3, Instant.EPOCH);
    assertEquals(seed, EarlyDraws.seed(7, 3, Instant.EPOCH));
    assertFalse(seed == EarlyDraws.seed(7, 4, Instant.EPOCH));
    assertFalse(seed == EarlyDraws.seed(7, 3, Instant.EPOCH.plusMillis(1)));
  }

  private TextPool pool(long seed) {
    ProjectRef project = people.projectOf(people.visitor("Ana"));
    return new TextPool(jdbi, project.id(), ITEMS, seed);
  }

  private PoolItems items(TextPool pool) {
    return features.items(pool.project, pool.dataset, 1);
  }

  private List<UUID> offer(TextPool pool, UUID job) {
    PoolItems items = items(pool);
    int[] rows = IntStream.range(0, ITEMS).toArray();
    early.forget(job);
    byte[] kinds = new byte[ITEMS];
    early.offer(job, items, rows, kinds, 5);
    return Arrays.stream(EarlyDesign.order(kinds, ITEMS, 5)).mapToObj(items::item).toList();
  }

  private void askWithoutReserve(UUID job) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                """
                update learning.learner set phase = 'ASKING', reserve_used = 1000000
                where job_id = ?
                """,
                job));
  }

  private void fill(UUID job, boolean busy) {
    QuarkusTransaction.requiringNew()
        .run(
            () ->
                filling.fill(
                    jobs.job(job),
                    new LearnerRepository(jdbi, json).lock(job).orElseThrow(),
                    new QueueDepth(0, 0, 0, 0, 0),
                    busy));
  }

  private int orders(UUID job) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select count(*) from learning.early_draws where job_id = :job")
                .bind("job", job)
                .mapTo(Integer.class)
                .one());
  }

  private List<UUID> tasks(UUID job, TaskReason reason) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select item_id from labeling.task where job_id = :job and reason = :reason")
                .bind("job", job)
                .bind("reason", reason.name())
                .mapTo(UUID.class)
                .list());
  }

  /** The audits that the job's steps kept, in the order of the steps. */
  private List<CampaignState.AuditInProgress> audits(UUID job) {
    List<CampaignState.AuditInProgress> audits = new ArrayList<>();
    jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        "select state_sha256 from learning.step where job_id = :job order by number")
                    .bind("job", job)
                    .mapTo(String.class)
                    .list())
        .forEach(
            digest -> {
              CampaignState campaign = stored.get(digest, LoopState.class).campaign();
              if (campaign.audit() != null) {
                audits.add(campaign.audit());
              }
            });
    return audits;
  }
}

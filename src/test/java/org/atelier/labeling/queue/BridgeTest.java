package org.atelier.labeling.queue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.atelier.labeling.HumanLabel;
import org.atelier.labeling.LearningBridge.Decided;
import org.atelier.labeling.LearningBridge.Repeats;
import org.atelier.labeling.MachineLabel;
import org.atelier.labeling.QueueDepth;
import org.atelier.labeling.TaskReason;
import org.atelier.labeling.WorkQueue.LeasedTask;
import org.atelier.platform.Ids;
import org.atelier.platform.database.PostgresExtension;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BridgeTest {

  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();
  private static QueueFixture fixture;

  @BeforeAll
  static void build() {
    fixture = new QueueFixture(POSTGRES.dataSource(), 30);
  }

  @AfterAll
  static void close() {
    fixture.transactions.close();
  }

  private static MachineLabel machine(int item, int label, double confidence) {
    return new MachineLabel(fixture.items.get(item), new int[] {label}, confidence);
  }

  private static int accept(UUID job, int round, MachineLabel... labels) {
    return fixture.in(
        () -> fixture.bridge.acceptMachineLabels(job, round, "digest-" + round, List.of(labels)));
  }

  @Test
  void machineLabelsNeverTouchHumanOnesAndAreSupersededNotOverwritten() {
    UUID job = fixture.job(1, 1);
    fixture.ask(job, 0, TaskReason.RANDOM_START, 0, 1);
    fixture.answerNext(job, fixture.labeler(), 2);
    assertEquals(2, accept(job, 1, machine(0, 1, 0.99), machine(1, 1, 0.9), machine(2, 0, 0.8)));
    assertArrayEquals(new int[] {2}, fixture.label(job, 0).classIndexes());
    assertEquals(LabelOrigin.MACHINE, fixture.label(job, 1).source());
    assertEquals(0, accept(job, 1, machine(1, 1, 0.9)));
    assertEquals(1, accept(job, 2, machine(1, 0, 0.7), machine(2, 0, 0.8)) - 1);
    assertArrayEquals(new int[] {0}, fixture.label(job, 1).classIndexes());
    assertEquals(
        2L,
        fixture.count(
            """
            select count(*) from labeling.label
            where job_id = :job and superseded_why = 'A newer model labelled it.'
            """,
            job));
  }

  @Test
  void itemsOfOtherDatasetsArePassedOver() {
    UUID job = fixture.job(1, 1);
    QueueFixture other = new QueueFixture(POSTGRES.dataSource(), 1);
    assertEquals(0, accept(job, 1, new MachineLabel(other.items.get(0), new int[] {1}, 0.9)));
    assertEquals(
        0,
        fixture.in(
            () ->
                fixture.bridge.enqueue(
                    job, 0, TaskReason.AUDIT, List.of(other.items.get(0), Ids.next()))));
    other.transactions.close();
  }

  @Test
  void aHumanAnswerSupersedesAMachineLabel() {
    UUID job = fixture.job(1, 1);
    accept(job, 1, machine(0, 1, 0.9));
    fixture.ask(job, 1, TaskReason.AUDIT, 0, 1);
    assertEquals(LabelOrigin.MACHINE, fixture.label(job, 0).source());
    assertEquals(TaskReason.AUDIT, fixture.answerNext(job, fixture.labeler(), 0).reason());
    assertEquals(LabelOrigin.HUMAN, fixture.label(job, 0).source());
    List<HumanLabel> humans = new ArrayList<>();
    fixture.in(
        () -> {
          fixture.bridge.humanLabels(job, humans::add);
          return null;
        });
    assertEquals(1, humans.size());
    assertEquals(TaskReason.AUDIT, humans.get(0).reason());
    assertEquals(1, humans.get(0).round());
  }

  @Test
  void withdrawnMachineLabelsAreGoneAndHumanOnesStay() {
    UUID job = fixture.job(1, 1);
    fixture.ask(job, 0, TaskReason.RANDOM_START, 0, 1);
    fixture.answerNext(job, fixture.labeler(), 2);
    accept(job, 1, machine(1, 1, 0.9));
    assertEquals(
        1,
        fixture.in(
            () ->
                fixture.bridge.withdrawMachineLabels(
                    job, 2, fixture.items.subList(0, 5), "The audit did not hold.")));
    assertNull(fixture.label(job, 1));
    assertArrayEquals(new int[] {2}, fixture.label(job, 0).classIndexes());
  }

  @Test
  void auditsComeBeforeUncertainItemsAndUnansweredTasksTakeTheNewReason() {
    UUID job = fixture.job(1, 1);
    fixture.ask(job, 1, TaskReason.LOW_MARGIN, 0, 3);
    fixture.ask(job, 2, TaskReason.AUDIT, 2, 3);
    UUID ana = fixture.labeler();
    assertEquals(fixture.items.get(2), fixture.claimOne(job, ana).itemId());
    assertEquals(
        new QueueDepth(1, 1, 0, 0, 0), fixture.in(() -> fixture.bridge.queueDepth(job, 2)));
    assertEquals(2, fixture.in(() -> fixture.bridge.dequeue(job, TaskReason.LOW_MARGIN)));
    assertTrue(fixture.claim(job, fixture.labeler(), 5).tasks().isEmpty());
  }

  @Test
  void anItemSentBackGetsOneMoreAnswerBySomebodyElse() {
    UUID job = fixture.job(1, 3);
    fixture.ask(job, 0, TaskReason.RANDOM_START, 0, 1);
    UUID ana = fixture.labeler();
    fixture.answerNext(job, ana, 0);
    assertEquals(1, fixture.in(() -> fixture.bridge.sendBack(job, 3, fixture.items.subList(0, 1))));
    assertTrue(fixture.claim(job, ana, 1).tasks().isEmpty());
    assertArrayEquals(new int[] {0}, fixture.label(job, 0).classIndexes());
    UUID ben = fixture.labeler();
    assertEquals(TaskReason.SENT_BACK, fixture.answerNext(job, ben, 1).reason());
    fixture.answerNext(job, fixture.labeler(), 1);
    LabelRow label = fixture.label(job, 0);
    assertArrayEquals(new int[] {1}, label.classIndexes());
    assertEquals(3, label.answers());
    assertEquals(TaskReason.RANDOM_START, label.reason());
  }

  @Test
  void aDecisionHoldsWhateverComesLater() {
    UUID job = fixture.job(1, 1);
    UUID ana = fixture.labeler();
    fixture.ask(job, 0, TaskReason.LOW_MARGIN, 0, 1);
    var task = fixture.claimOne(job, ana);
    fixture.in(() -> fixture.bridge.dequeue(job, TaskReason.LOW_MARGIN));
    accept(job, 1, machine(1, 1, 0.9));
    UUID boss = fixture.labeler();
    assertEquals(new Decided(2, 0), decide(job, boss, 0, 2));
    fixture.answer(job, ana, task, 0);
    assertArrayEquals(new int[] {2}, fixture.label(job, 0).classIndexes());
    assertArrayEquals(new int[] {2}, fixture.label(job, 1).classIndexes());
    assertEquals(LabelOrigin.HUMAN, fixture.label(job, 1).source());
    assertEquals(new Decided(0, 0), decide(job, boss, 0, 2));
    assertEquals(TaskReason.DECIDED, fixture.label(job, 1).reason(), "it is not blind");
  }

  @Test
  void anAnswerTakenBackAfterADecisionLeavesTheDecisionAndAsksNobody() {
    UUID job = fixture.job(1, 1);
    fixture.ask(job, 0, TaskReason.RANDOM_START, 0, 1);
    UUID ana = fixture.labeler();
    UUID key = UUID.randomUUID();
    fixture.answer(job, ana, key, fixture.claimOne(job, ana), 0);
    assertEquals(new Decided(1, 0), decide(job, fixture.labeler(), 0, 1));
    assertTrue(fixture.in(() -> fixture.queue.undo(fixture.project, job, ana, key)).isEmpty());
    assertArrayEquals(new int[] {2}, fixture.label(job, 0).classIndexes());
    assertTrue(fixture.claim(job, ana, 1).tasks().isEmpty());
    assertEquals(0, fixture.in(() -> fixture.bridge.queueDepth(job)).open());
    assertEquals(0, fixture.count("select answered from labeling.task where job_id = :job", job));
  }

  private static Decided decide(UUID job, UUID person, int from, int to) {
    return fixture.in(
        () ->
            fixture.bridge.decide(job, 1, person, fixture.items.subList(from, to), new int[] {2}));
  }

  @Test
  void aDecisionNeverTakesThePlaceOfTheBlindAnswerOfSomebodyAskedNow() {
    UUID job = fixture.job(1, 1);
    fixture.ask(job, 1, TaskReason.AUDIT, 0, 2);
    accept(job, 1, machine(2, 2, 0.9));
    fixture.ask(job, 1, TaskReason.MONITOR, 2, 3);
    UUID boss = fixture.labeler();
    assertEquals(new Decided(1, 3), decide(job, boss, 0, 4), "only the fourth is with nobody");
    assertNull(fixture.label(job, 0));
    assertEquals(LabelOrigin.MACHINE, fixture.label(job, 2).source());
    UUID ana = fixture.labeler();
    for (int i = 0; i < 3; i++) {
      TaskReason why = fixture.answerNext(job, ana, 1).reason();
      assertTrue(why == TaskReason.AUDIT || why == TaskReason.MONITOR, why.name());
    }
    assertArrayEquals(new int[] {1}, fixture.label(job, 0).classIndexes());
    assertEquals(TaskReason.MONITOR, fixture.label(job, 2).reason());
  }

  @Test
  void anAnswerWithTheModelsOpinionInViewIsNeverBlindWhateverTheItemIsAskedForMeanwhile() {
    UUID job = fixture.job(1, 1);
    fixture.ask(job, 1, TaskReason.LOW_MARGIN, 0, 1);
    fixture.in(
        () -> {
          fixture.bridge.suggest(
              job, List.of(new MachineLabel(fixture.items.get(0), new int[] {2}, 0.4)));
          return null;
        });
    UUID ana = fixture.labeler();
    LeasedTask held = fixture.claimOne(job, ana);
    assertArrayEquals(new int[] {2}, held.suggestion().classes());
    fixture.in(() -> fixture.bridge.dequeue(job, List.of(fixture.items.get(0))));
    fixture.ask(job, 2, TaskReason.MONITOR, 0, 2);
    fixture.answer(job, ana, held, 2);
    fixture.answerNext(job, fixture.labeler(), 1);
    Map<UUID, HumanLabel> said = new HashMap<>();
    fixture.in(
        () -> {
          fixture.bridge.humanLabels(job, label -> said.put(label.itemId(), label));
          return null;
        });
    assertEquals(TaskReason.MONITOR, said.get(fixture.items.get(0)).reason());
    assertFalse(said.get(fixture.items.get(0)).blind());
    assertTrue(said.get(fixture.items.get(1)).blind());
  }

  @Test
  void reconsolidationLearnsFromFairItemsWhoIsToBeTrusted() {
    UUID job = fixture.job(3, 3);
    fixture.ask(job, 0, TaskReason.RANDOM_START, 0, 20);
    fixture.ask(job, 1, TaskReason.LOW_MARGIN, 20, 21);
    UUID good = fixture.labeler();
    UUID bad = fixture.labeler();
    UUID worse = fixture.labeler();
    for (int item = 0; item < 20; item++) {
      fixture.answerNext(job, good, item % 2);
    }
    for (int item = 0; item < 20; item++) {
      fixture.answerNext(job, bad, item < 5 ? 2 : item % 2);
    }
    for (int item = 0; item < 20; item++) {
      fixture.answerNext(job, worse, item > 12 ? 2 : item % 2);
    }
    fixture.answerNext(job, good, 0);
    fixture.answerNext(job, bad, 2);
    fixture.answerNext(job, worse, 2);
    assertArrayEquals(new int[] {2}, fixture.label(job, 20).classIndexes());
    int about = fixture.in(() -> fixture.bridge.consolidateAbout(job));
    int changed = about + fixture.in(() -> fixture.bridge.consolidate(job));
    assertTrue(changed > 0);
    AtomicInteger statements = new AtomicInteger();
    fixture
        .transactions
        .jdbi()
        .setSqlLogger(
            new SqlLogger() {
              @Override
              public void logAfterExecution(StatementContext context) {
                statements.incrementAndGet();
              }
            });
    assertEquals(0, fixture.in(() -> fixture.bridge.consolidate(job)));
    fixture.transactions.jdbi().setSqlLogger(SqlLogger.NOP_SQL_LOGGER);
    assertTrue(statements.get() < 5, statements + " statements for 21 items");
    assertArrayEquals(new int[] {0}, fixture.label(job, 20).classIndexes());
    // the first two answers differ on five items of the first 20 and on the last
    assertEquals(new Repeats(21, 21, 6, 0, 0, 1), fixture.in(() -> fixture.bridge.repeats(job)));
  }

  @Test
  void whereTheWholeDatasetIsPromisedAFifthOfTheItemsIsAnsweredTwice() {
    QueueFixture many = new QueueFixture(POSTGRES.dataSource(), 400);
    UUID job = many.job(1, 1);
    many.ask(job, 0, TaskReason.RANDOM_START, 0, 10);
    many.in(
        () ->
            many.update(
                "update labeling.job set scope = 'DATASET' where id = :job", Map.of("job", job)));
    many.ask(job, 1, TaskReason.LOW_MARGIN, 10, 400);
    UUID ana = many.labeler();
    for (int i = 0; i < 400; i++) {
      many.answerNext(job, ana, 0);
    }
    assertTrue(many.claim(job, ana, 1).tasks().isEmpty(), "never the same person twice");
    UUID ben = many.labeler();
    int twice = 0;
    while (!many.claim(job, ben, 1).tasks().isEmpty()) {
      many.answerNext(job, ben, 1);
      twice++;
    }
    assertTrue(twice > 45 && twice < 115, twice + " of 390");
    Repeats repeats = many.in(() -> many.bridge.repeats(job));
    assertEquals(new Repeats(390, twice, twice, 0, 10, 0.2), repeats);
    many.transactions.close();
  }
}

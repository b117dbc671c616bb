package org.atelier.labeling.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.atelier.labeling.LearningBridge.Repeats;
import org.atelier.labeling.MachineLabel;
import org.atelier.labeling.TaskReason;
import org.atelier.labeling.WorkQueue.LeasedTask;
import org.atelier.platform.database.PostgresExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whose answers tell how often people agree. */
class RepeatsTest {

  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();
  private static QueueFixture fixture;

  @BeforeAll
  static void build() {
    fixture = new QueueFixture(POSTGRES.dataSource(), 6);
  }

  @AfterAll
  static void close() {
    fixture.transactions.close();
  }

  @Test
  void twoPeopleWhoBothSawTheModelsOpinionDoNotAgreeIndependently() {
    UUID job = fixture.job(2, 2);
    fixture.ask(job, 1, TaskReason.LOW_MARGIN, 0, 6);
    UUID ana = fixture.labeler();
    UUID ben = fixture.labeler();
    Map<UUID, LeasedTask> early = claim(job, ana);
    say(job, ana, early, 0, 1);
    say(job, ana, early, 1, 1);
    say(job, ana, early, 4, 1);
    say(job, ana, early, 5, 1);
    suggest(job, 2, 3, 4);
    Map<UUID, LeasedTask> late = claim(job, ana);
    assertNotNull(late.get(fixture.items.get(2)).suggestion());
    say(job, ana, late, 2, 1);
    say(job, ana, late, 3, 1);
    Map<UUID, LeasedTask> second = claim(job, ben);
    assertNull(second.get(fixture.items.get(0)).suggestion());
    say(job, ben, second, 0, 1);
    say(job, ben, second, 1, 2);
    say(job, ben, second, 2, 1);
    say(job, ben, second, 3, 1);
    say(job, ben, second, 4, 1);
    // 0 agrees, 1 differs, 5 waits; of 2, 3 and 4 nobody knows what people would say on their own
    assertEquals(new Repeats(3, 3, 1, 1, 3, 1), repeats(job));
  }

  @Test
  void amongItemsDrawnForASecondAnswerOnlyBlindPairsCount() {
    UUID job = fixture.job(1, 1);
    fixture.in(
        () ->
            fixture.update(
                "update labeling.job set scope = 'DATASET' where id = :job", Map.of("job", job)));
    fixture.ask(job, 1, TaskReason.LOW_MARGIN, 0, 5);
    fixture.in(
        () ->
            fixture.update(
                """
                update labeling.task set repeated = ordinal < 3,
                  needed = 1 + (ordinal < 3)::int, required = 1 + (ordinal < 3)::int
                where job_id = :job
                """,
                Map.of("job", job)));
    UUID ana = fixture.labeler();
    UUID ben = fixture.labeler();
    Map<UUID, LeasedTask> blind = claim(job, ana);
    say(job, ana, blind, 0, 1);
    say(job, ana, blind, 1, 1);
    say(job, ana, blind, 4, 1);
    fixture.in(() -> fixture.queue().release(fixture.project, job, ana, List.of(lease(blind, 3))));
    suggest(job, 1, 2, 3);
    Map<UUID, LeasedTask> second = claim(job, ben);
    say(job, ben, second, 0, 2);
    say(job, ben, second, 1, 1);
    say(job, ben, second, 2, 1);
    say(job, ben, second, 3, 1);
    say(job, ana, blind, 2, 1);
    // chosen: 0 differs, 1 lacks a second blind answer, 2 began with one in view; not chosen: 3 was
    // answered in view, 4 blind
    assertEquals(new Repeats(3, 2, 1, 1, 2, 0.2), repeats(job));
  }

  private static UUID lease(Map<UUID, LeasedTask> held, int item) {
    return held.get(fixture.items.get(item)).lease();
  }

  private static Map<UUID, LeasedTask> claim(UUID job, UUID person) {
    return fixture.claim(job, person, 6).tasks().stream()
        .collect(Collectors.toMap(LeasedTask::itemId, task -> task));
  }

  private static void say(UUID job, UUID person, Map<UUID, LeasedTask> held, int item, int label) {
    fixture.answer(job, person, held.get(fixture.items.get(item)), label);
  }

  private static void suggest(UUID job, int... items) {
    fixture.in(
        () -> {
          fixture.bridge.suggest(
              job,
              Arrays.stream(items)
                  .mapToObj(item -> new MachineLabel(fixture.items.get(item), new int[] {1}, 0.6))
                  .toList());
          return null;
        });
  }

  private static Repeats repeats(UUID job) {
    return fixture.in(() -> fixture.bridge.repeats(job));
  }
}

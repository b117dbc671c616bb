package org.atelier.labeling.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.atelier.labeling.MachineLabel;
import org.atelier.labeling.PeopleAgreement.Found;
import org.atelier.labeling.TaskReason;
import org.atelier.labeling.WorkQueue.LeasedTask;
import org.atelier.platform.Ids;
import org.atelier.platform.database.PostgresExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which answers tell how far people agree, and when it is found out. */
class AgreementsTest {

  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();
  private static QueueFixture fixture;
  private static AgreementReader reader;

  @BeforeAll
  static void build() {
    fixture = new QueueFixture(POSTGRES.dataSource(), 12_000);
    reader = new AgreementReader(fixture.transactions.jdbi());
  }

  @AfterAll
  static void close() {
    fixture.transactions.close();
  }

  @Test
  void ofEachItemTheFirstIndependentAnswersCount() {
    UUID job = fixture.job(2, 3);
    fixture.ask(job, 1, TaskReason.LOW_MARGIN, 0, 5);
    UUID ana = fixture.labeler();
    UUID ben = fixture.labeler();
    UUID cem = fixture.labeler();
    suggest(job, 4);
    Map<UUID, LeasedTask> anas = claim(job, ana);
    Map<UUID, LeasedTask> bens = claim(job, ben);
    say(job, ana, anas, 0, 1);
    say(job, ben, bens, 0, 1);
    say(job, ana, anas, 1, 1);
    say(job, ben, bens, 1, 2);
    say(job, ana, anas, 2, 2);
    say(job, ben, bens, 2, 2);
    say(job, ana, anas, 3, 0);
    say(job, ana, anas, 4, 1);
    say(job, ben, bens, 4, 1);
    // a third is asked because two differ, and does not count; 3 waits; 4 was answered in view
    say(job, cem, claim(job, cem), 1, 1);
    Found found = fixture.in(() -> reader.read(job));
    assertEquals(3, found.items());
    assertEquals(6, found.answers());
    assertEquals(2, found.alike());
    // 1 1, 1 2, 2 2: observed 2 of 6, by chance 18 of 30
    assertEquals(1 - (2 / 6.0) / (18 / 30.0), found.alpha(), 1e-12);
    assertNull(found.alphaFrom());
    assertEquals(false, found.sampled());
  }

  @Test
  void ofALargeJobRandomPlacesAreLookedInto() {
    UUID job = fixture.job(2, 2);
    fixture.ask(job, 0, TaskReason.RANDOM_START, 0, 12_000);
    UUID ana = fixture.labeler();
    UUID ben = fixture.labeler();
    answerAll(job, ana, "t.ordinal % 10 = 0");
    answerAll(job, ben, "t.ordinal % 5 = 0");
    Found found = fixture.in(() -> reader.read(job));
    assertTrue(found.sampled());
    assertEquals(AgreementReader.MOST, found.items());
    // Ana says 1 of every tenth item, Ben of every fifth, both 0 of the rest: one in ten differs
    assertEquals(0.9, (double) found.alike() / found.items(), 0.02);
    assertTrue(found.alikeFrom() < 0.9 && found.alikeTo() > 0.89);
    assertEquals(found, fixture.in(() -> reader.read(job)), "the places come from the job's seed");
  }

  @Test
  void itemsThatLieAloneCountNoMoreThanOthers() {
    UUID job = fixture.job(2, 2);
    fixture.ask(job, 0, TaskReason.RANDOM_START, 0, 6_000);
    fixture.in(
        () -> {
          List<UUID> sparse = new ArrayList<>();
          for (int i = 6_000; i < 12_000; i += 6) {
            sparse.add(fixture.items.get(i));
          }
          return fixture.bridge.enqueue(job, 0, TaskReason.RANDOM_START, sparse);
        });
    answerAll(job, fixture.labeler(), "t.ordinal < 6000 and t.ordinal % 2 = 0");
    answerAll(job, fixture.labeler(), "false");
    Found found = fixture.in(() -> reader.read(job));
    assertEquals(AgreementReader.MOST, found.items());
    // 3,000 of 7,000 differ; by places of the order it would be a quarter
    assertEquals(4 / 7.0, (double) found.alike() / found.items(), 0.02);
  }

  @Test
  void nothingIsCountedWhileSomebodyWaitsAndNotMoreOftenThanAllowed() {
    UUID job = fixture.job(2, 2);
    List<Runnable> waiting = new ArrayList<>();
    Agreements agreements = new Agreements(reader, fixture.clock, waiting::add);
    assertEquals(Optional.empty(), agreements.of(job));
    assertEquals(Optional.empty(), agreements.of(job));
    assertEquals(1, waiting.size());
    waiting.remove(0).run();
    assertEquals(0, agreements.of(job).orElseThrow().items());
    assertEquals(List.of(), waiting);
    fixture.clock.move(Agreements.FRESH);
    assertEquals(0, agreements.of(job).orElseThrow().items(), "what was found last, meanwhile");
    assertEquals(1, waiting.size());
    assertEquals(Optional.empty(), agreements.of(Ids.next()));
    waiting.forEach(Runnable::run);
  }

  private static void answerAll(UUID job, UUID person, String saysOne) {
    fixture.in(
        () -> {
          fixture.update(
              """
              insert into labeling.lease (id, job_id, task_id, worker_id, state, leased_at,
                expires_at, ended_at)
              select gen_random_uuid(), :job, id, :person, 'ANSWERED', now(), now(), now()
              from labeling.task where job_id = :job
              """,
              Map.of("job", job, "person", person));
          return fixture.update(
              """
              insert into labeling.answer (id, job_id, task_id, lease_id, worker_id, client_key,
                class_indexes, reason, active_millis, answered_at, received_at, surplus)
              select gen_random_uuid(), :job, t.id, l.id, :person, gen_random_uuid(),
                array[(%s)::int], 'RANDOM_START', 100, now(), now(), false
              from labeling.lease l join labeling.task t on t.id = l.task_id
              where l.job_id = :job and l.worker_id = :person
              """
                  .formatted(saysOne),
              Map.of("job", job, "person", person));
        });
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
}

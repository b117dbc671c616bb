package org.atelier.learning.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.atelier.labeling.GuaranteeScope;
import org.atelier.labeling.JobSettings;
import org.atelier.labeling.JobState;
import org.atelier.labeling.Jobs;
import org.atelier.labeling.LabelDefinition;
import org.atelier.labeling.LearningBridge;
import org.atelier.labeling.MachineLabel;
import org.atelier.labeling.TaskType;
import org.atelier.labeling.WorkQueue;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class LearningLoopQuarkusTest {

  @Inject Jdbi jdbi;
  @Inject Jobs jobs;
  @Inject WorkQueue queue;
  @Inject LearningBridge bridge;
  @Inject LearningLoop loop;

  @Test
  void theMachineLabelsWhatAnAuditCertifiesAndTheJobEnds() {
    TextPool pool = new TextPool(jdbi, 1_500, 1);
    UUID job = start(pool);
    List<MachineLabel> machine = new ArrayList<>();
    await(
        90,
        () -> {
          pool.answer(queue, job);
          if (machine.isEmpty()) {
            bridge.machineLabels(job, machine::add);
          }
          return jobs.job(job).state() == JobState.COMPLETED;
        },
        job);
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
  }

  private UUID start(TextPool pool) {
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
            new JobSettings.Answering(1, 1, "majority", true, false, 600, 0),
            new JobSettings.Learning(true, 0.95, GuaranteeScope.MACHINE, 0.05, 60, Map.of()),
            JobSettings.Budget.unlimited());
    UUID job = jobs.create(pool.project, settings).id();
    jobs.start(pool.project, job);
    return job;
  }

  private void await(int seconds, BooleanSupplier condition, UUID job) {
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertTrue(
          System.nanoTime() < end,
          () -> loop.learner(job) + " " + bridge.queueDepth(job) + " " + loop.rounds(job));
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}

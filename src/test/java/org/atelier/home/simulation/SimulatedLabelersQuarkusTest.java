package org.atelier.home.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.atelier.dataset.BundledDatasets;
import org.atelier.dataset.Datasets;
import org.atelier.dataset.ItemLabels;
import org.atelier.labeling.HumanLabel;
import org.atelier.labeling.JobSettings;
import org.atelier.labeling.JobView;
import org.atelier.labeling.Jobs;
import org.atelier.labeling.LabelDefinition;
import org.atelier.labeling.LearningBridge;
import org.atelier.labeling.TaskType;
import org.atelier.platform.Ids;
import org.atelier.platform.ProblemException;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.atelier.platform.work.WorkService;
import org.atelier.platform.work.WorkState;
import org.atelier.workforce.People;
import org.atelier.workforce.TestPeople;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class SimulatedLabelersQuarkusTest {

  private static final long LONGEST_WAIT = 120_000;
  private static final long STEP = 100;
  private static final List<String> DEPARTMENTS =
      List.of("Tops", "Dresses", "Bottoms", "Knitwear", "Outerwear", "Loungewear");

  @Inject BundledDatasets bundles;
  @Inject Datasets datasets;
  @Inject Jobs jobs;
  @Inject LearningBridge bridge;
  @Inject SimulationStart start;
  @Inject WorkService works;
  @Inject TestPeople visitors;
  @Inject People people;
  @Inject Jdbi jdbi;

  @Test
  void withoutErrorsTheirLabelsAreTheKnownOnesUntilTheyAreSentHome() throws InterruptedException {
    JobView job = runningJob();
    labelledWrongSince(job);
    UUID work = start.begin(job, new Crew(3, 0.0, 6_000, null));
    assertThrows(ProblemException.class, () -> start.begin(job, new Crew(1, 0.0, 60, null)));
    await("60 labels", () -> humanLabels(job).size() >= 60);
    works.cancel(work);
    await("they went home", () -> works.find(work).orElseThrow().state() == WorkState.CANCELLED);

    List<HumanLabel> labels = humanLabels(job);
    Map<UUID, List<String>> imported =
        datasets.importedLabels(job.projectId(), labels.stream().map(HumanLabel::itemId).toList());
    for (HumanLabel label : labels) {
      assertEquals(imported.get(label.itemId()), List.of(DEPARTMENTS.get(label.classes()[0])));
      assertEquals(1, label.answers());
    }
    Set<UUID> items = labels.stream().map(HumanLabel::itemId).collect(Collectors.toSet());
    assertEquals(labels.size(), items.size());
    assertTrue(works.find(work).orElseThrow().done() >= 60);
  }

  /** As a job leaves it whose labels are not those that came with the data. */
  private void labelledWrongSince(JobView job) {
    List<ItemLabels> labels = new ArrayList<>();
    datasets.items(
        job.projectId(),
        job.settings().datasetId(),
        1,
        0,
        item -> labels.add(new ItemLabels(item.id(), List.of("Tops"))));
    datasets.addLabeledVersion(job.projectId(), job.settings().datasetId(), "Wrong", labels);
  }

  @Test
  void aCrewAtWorkIsFoundBehindManyOtherWorksAndTwoWhoBeginAtOnceSendOne() throws Exception {
    JobView job = runningJob();
    Crew crew = new Crew(1, 0.0, 6, null);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<UUID>> begun =
          threads.invokeAll(List.of(() -> start.begin(job, crew), () -> start.begin(job, crew)));
      List<UUID> crews = new ArrayList<>();
      for (Future<UUID> one : begun) {
        try {
          crews.add(one.get());
        } catch (ExecutionException refused) {
          assertInstanceOf(ProblemException.class, refused.getCause());
        }
      }
      assertEquals(1, crews.size());
      buryUnderOtherWorks(job);
      assertThrows(ProblemException.class, () -> start.begin(job, crew));
      works.cancel(crews.get(0));
      await("they went home", () -> works.find(crews.get(0)).orElseThrow().state().finished());
      UUID next = start.begin(job, crew);
      await("they began", () -> works.find(next).orElseThrow().state() == WorkState.RUNNING);
      works.retry(crews.get(0));
      await("refused", () -> works.find(crews.get(0)).orElseThrow().state() == WorkState.FAILED);
      works.cancel(next);
      await("all went home", () -> works.find(next).orElseThrow().state().finished());
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void twoCrewsOfOneProjectThatBeginAtOnceShareTheirAccounts() throws Exception {
    UUID project = visitors.projectOf(visitors.visitor("Ines")).id();
    Callable<UUID> arrival = () -> people.simulatedPerson(project, 1).id();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      Set<UUID> accounts = new HashSet<>();
      for (Future<UUID> one : threads.invokeAll(Collections.nCopies(8, arrival))) {
        accounts.add(one.get());
      }
      assertEquals(1, accounts.size());
    } finally {
      threads.shutdownNow();
    }
  }

  private void buryUnderOtherWorks(JobView job) {
    jdbi.useHandle(
        h -> {
          for (int i = 0; i < 60; i++) {
            h.execute(
                """
                insert into platform.work
                  (id, project_id, kind, subject_id, title, payload, submitted_at, state)
                values (?, ?, 'learning-step', ?, 'A step', '{}', now(), 'DONE')
                """,
                Ids.next(),
                job.projectId(),
                job.id());
          }
        });
  }

  @Test
  void anOrderOutsideItsBoundsIsRefused() {
    UUID job = UUID.randomUUID();
    assertThrows(ProblemException.class, () -> new SimulationOrder(job, 0, 1, 60, 1));
    assertThrows(ProblemException.class, () -> new SimulationOrder(job, 21, 1, 60, 1));
    assertThrows(ProblemException.class, () -> new SimulationOrder(job, 1, 51, 60, 1));
    assertThrows(ProblemException.class, () -> new SimulationOrder(job, 1, Double.NaN, 60, 1));
    assertThrows(ProblemException.class, () -> new SimulationOrder(job, 1, 1, 5, 1));
  }

  @Test
  void aCrewWithoutANumberOrWithAForeignLabelIsRefused() throws InterruptedException {
    JobView job = runningJob();
    ProblemException missing =
        assertThrows(
            ProblemException.class, () -> start.begin(job, new Crew(3, null, 6_000, null)));
    assertEquals("labelers", missing.members().get("field"));
    ProblemException foreign =
        assertThrows(
            ProblemException.class,
            () -> start.begin(job, new Crew(3, 0.0, 6_000, "Tops,Hats,0.1")));
    assertTrue(foreign.getMessage().contains("Hats"), foreign.getMessage());
  }

  @Test
  void aJobWithOtherLabelsThanTheDataIsRefusedBecauseEveryItemWouldBeSkipped() throws Exception {
    JobView job = runningJob(List.of("Warm", "Cold"));
    ProblemException refused =
        assertThrows(ProblemException.class, () -> start.begin(job, new Crew(1, 0.0, 60, null)));
    assertTrue(refused.getMessage().contains("would be skipped"), refused.getMessage());
    assertTrue(refused.getMessage().contains("Tops"), refused.getMessage());
  }

  private JobView runningJob() throws InterruptedException {
    return runningJob(DEPARTMENTS);
  }

  private JobView runningJob(List<String> labels) throws InterruptedException {
    ProjectRef project = visitors.projectOf(visitors.visitor("Ines"));
    UUID dataset = bundles.bring(project.id(), BundledDatasets.Bundle.DESCRIPTIONS);
    await("the texts are there", () -> !datasets.datasets(project.id()).isEmpty());
    JobSettings settings =
        new JobSettings(
            "Departments",
            dataset,
            1,
            TaskType.SINGLE,
            labels.stream().map(LabelDefinition::named).toList(),
            "",
            Set.of(),
            JobSettings.Answering.defaults(),
            JobSettings.Learning.byHand(),
            JobSettings.Budget.unlimited());
    JobView job = jobs.create(project.id(), settings);
    return jobs.start(project.id(), job.id());
  }

  private List<HumanLabel> humanLabels(JobView job) {
    List<HumanLabel> labels = new ArrayList<>();
    bridge.humanLabels(job.id(), labels::add);
    return labels;
  }

  private static void await(String what, java.util.function.BooleanSupplier done)
      throws InterruptedException {
    for (long waited = 0; waited < LONGEST_WAIT; waited += STEP) {
      if (done.getAsBoolean()) {
        return;
      }
      Thread.sleep(STEP);
    }
    assertTrue(done.getAsBoolean(), "Never happened: " + what);
  }
}

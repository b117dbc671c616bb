package org.atelier.learning.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.atelier.labeling.Jobs;
import org.atelier.labeling.LearningBridge;
import org.atelier.labeling.MachineLabel;
import org.atelier.labeling.QueueDepth;
import org.atelier.labeling.TaskReason;
import org.atelier.labeling.WorkQueue;
import org.atelier.learning.campaign.Directive;
import org.atelier.learning.certificate.Certificate;
import org.atelier.learning.certificate.CertificateView;
import org.atelier.learning.certificate.Certificates;
import org.atelier.learning.pool.FeatureService;
import org.atelier.learning.pool.PoolItems;
import org.atelier.platform.ProblemException;
import org.atelier.platform.ProjectRef;
import org.atelier.workforce.TestPeople;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * The application in a process of its own, with people who work on one job until it is completed.
 * The first process makes the job and notes it in a file; a later one goes on with what the file
 * names. For tests that kill it.
 */
@QuarkusTest
class RoundProcess {

  /** System property: the file of the notes. */
  static final String NOTES = "atelier.test.notes";

  private static final int ITEMS = 1_500;

  @Inject Jdbi jdbi;
  @Inject Jobs jobs;
  @Inject WorkQueue queue;
  @Inject LearningBridge bridge;
  @Inject LearningLoop loop;
  @Inject FeatureService features;
  @Inject StoredJson stored;
  @Inject ObjectMapper json;
  @Inject Certificates certificates;
  @Inject LoopTrials trials;
  @Inject TestPeople people;

  /** Ends with 0 when the job was completed and everything was done once. */
  public static void main(String[] arguments) {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    Launcher launcher = LauncherFactory.create();
    launcher.execute(
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectClass(RoundProcess.class.getName()))
            .build(),
        listener);
    listener.getSummary().getFailures().forEach(one -> one.getException().printStackTrace());
    System.exit(listener.getSummary().getTestsSucceededCount() == 1 ? 0 : 1);
  }

  /** A job, who works on it, and what is right. */
  record Notes(UUID project, UUID job, List<UUID> people, Map<UUID, Integer> truth) {

    static Notes read(Path file) throws IOException {
      List<String> lines = Files.readAllLines(file);
      List<UUID> people = new ArrayList<>();
      Map<UUID, Integer> truth = new HashMap<>();
      for (String line : lines.subList(2, lines.size())) {
        String[] parts = line.split(" ");
        if (parts.length == 1) {
          people.add(UUID.fromString(parts[0]));
        } else {
          truth.put(UUID.fromString(parts[0]), Integer.valueOf(parts[1]));
        }
      }
      return new Notes(UUID.fromString(lines.get(0)), UUID.fromString(lines.get(1)), people, truth);
    }

    void write(Path file) throws IOException {
      List<String> lines = new ArrayList<>(List.of(project.toString(), job.toString()));
      people.forEach(person -> lines.add(person.toString()));
      truth.forEach((item, label) -> lines.add(item + " " + label));
      Path part = file.resolveSibling("notes.part");
      Files.write(part, lines);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  @Test
  void peopleWorkUntilTheJobIsCompleted() throws Exception {
    Path file = Path.of(System.getProperty(NOTES));
    Notes notes = Files.exists(file) ? Notes.read(file) : begin(file);
    while (!trials.completed(notes.job())) {
      if (trials.isTimeToAnswer(notes.job())) {
        answer(notes);
      }
      Thread.sleep(20);
    }
    everyStepWasDoneOnce(notes);
    theJobEndedWell(notes);
  }

  /** What is in the database is what the steps say together: nothing twice, nothing missing. */
  private void everyStepWasDoneOnce(Notes notes) {
    LearnerRow learner = loop.learner(notes.job()).orElseThrow();
    LearnerRepository steps = new LearnerRepository(jdbi, json);
    Set<Integer> audited = new HashSet<>();
    Set<Integer> accepted = new HashSet<>();
    for (int number = 0; number < learner.step(); number++) {
      StepRow step = steps.step(notes.job(), number).orElseThrow();
      Directive directive = stored.get(step.directiveSha256(), StepDocument.class).directive();
      directive.asks().stream()
          .filter(ask -> ask.reason() == TaskReason.AUDIT)
          .forEach(ask -> assertTrue(audited.add(ask.item()), "drawn twice: " + ask));
      directive.accepted().forEach(one -> assertTrue(accepted.add(one.item()), "twice: " + one));
    }
    PoolItems items =
        features.items(notes.project(), jobs.job(notes.job()).settings().datasetId(), 1);
    // what people answered between the plan and its effect keeps the reason it came to them for
    Set<UUID> reached =
        items(
            "select item_id from labeling.task t",
            "reason = 'AUDIT' or exists (select 1 from labeling.answer a where a.task_id = t.id)",
            notes);
    assertTrue(reached.containsAll(ids(items, audited)), "every draw reached a person");
    assertTrue(
        ids(items, audited)
            .containsAll(items("select item_id from labeling.task", "reason = 'AUDIT'", notes)),
        "nothing else is called an audit");
    assertEquals(
        ids(items, accepted),
        items("select item_id from labeling.label", "source = 'MACHINE'", notes));
    QueueDepth depth = bridge.queueDepth(notes.job());
    int answers = items("select task_id from labeling.answer", "undone_at is null", notes).size();
    assertEquals(answers, depth.answers(), "one answer an item, each paid once");
    assertEquals(answers, depth.settled());
  }

  private static Set<UUID> ids(PoolItems items, Set<Integer> rows) {
    return rows.stream().map(items::item).collect(Collectors.toSet());
  }

  /** The ids a query gives, none of them twice. */
  private Set<UUID> items(String select, String where, Notes notes) {
    List<UUID> all =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(select + " where job_id = :job and (" + where + ")")
                    .bind("job", notes.job())
                    .mapTo(UUID.class)
                    .list());
    Set<UUID> once = new HashSet<>(all);
    assertEquals(once.size(), all.size(), select);
    return once;
  }

  /** As {@link LearningLoopQuarkusTest} asks of the same items without a kill. */
  private void theJobEndedWell(Notes notes) {
    List<MachineLabel> machine = new ArrayList<>();
    bridge.machineLabels(notes.job(), machine::add);
    Set<UUID> labelled = new HashSet<>();
    machine.forEach(label -> assertTrue(labelled.add(label.itemId())));
    bridge.humanLabels(notes.job(), label -> assertTrue(labelled.add(label.itemId())));
    assertEquals(notes.truth().keySet(), labelled);
    long right =
        machine.stream()
            .filter(label -> label.classes()[0] == notes.truth().get(label.itemId()))
            .count();
    assertTrue(machine.size() > 500, "only " + machine.size() + " machine labels");
    assertTrue(right >= 0.95 * machine.size(), right + " of " + machine.size() + " are right");
    Certificate certificate =
        certificates
            .find(notes.project(), notes.job())
            .map(CertificateView::document)
            .orElseThrow();
    assertEquals(Certificate.State.CERTIFIED, certificate.guarantee().state());
    assertEquals(machine.size(), certificate.counts().machine());
    assertEquals(ITEMS, certificate.counts().human() + certificate.counts().machine());
    assertEquals(2, jobs.job(notes.job()).resultVersion());
  }

  private Notes begin(Path file) throws IOException {
    ProjectRef project = people.projectOf(people.visitor("Ana"));
    TextPool pool = new TextPool(jdbi, project.id(), ITEMS, 1);
    UUID job = trials.start(pool, Map.of(), null);
    Notes notes = new Notes(project.id(), job, pool.people, pool.truth);
    notes.write(file);
    trials.await(100, job, this::isHeld);
    return notes;
  }

  /** Nobody answers before whoever kills the first process has said where it is held. */
  private boolean isHeld() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select exists (select from pg_trigger where tgname = 'hold')")
                .mapTo(Boolean.class)
                .one());
  }

  private void answer(Notes notes) {
    for (UUID person : notes.people()) {
      for (WorkQueue.LeasedTask task :
          queue
              .claim(notes.project(), notes.job(), person, WorkQueue.MOST_HELD, List.of())
              .tasks()) {
        try {
          queue.submit(
              notes.project(),
              notes.job(),
              person,
              new WorkQueue.GivenAnswer(
                  UUID.randomUUID(),
                  task.lease(),
                  task.task(),
                  new int[] {notes.truth().get(task.itemId())},
                  900,
                  null));
        } catch (ProblemException completedMeanwhile) {
          return;
        }
      }
    }
  }
}

package org.atelier.home.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.atelier.dataset.Datasets;
import org.atelier.dataset.ItemRow;
import org.atelier.labeling.JobState;
import org.atelier.labeling.JobView;
import org.atelier.labeling.Jobs;
import org.atelier.labeling.LabelDefinition;
import org.atelier.labeling.LabelingProblem;
import org.atelier.labeling.WorkQueue;
import org.atelier.labeling.WorkQueue.DeclineReason;
import org.atelier.labeling.WorkQueue.GivenAnswer;
import org.atelier.labeling.WorkQueue.LeasedTask;
import org.atelier.platform.Person;
import org.atelier.platform.ProblemException;
import org.atelier.platform.work.MadeWayException;
import org.atelier.platform.work.WorkContext;
import org.atelier.platform.work.WorkHandler;
import org.atelier.platform.work.WorkState;
import org.atelier.workforce.People;

/**
 * Lets simulated people work on a job until it ends, is cancelled, or has had nothing to do for a
 * while. Answers are real ones, by accounts that are marked as simulated; an answer given before a
 * restart is not given again, because its key is made of task and person. They make way for other
 * work, rounds above all, which they wait for themselves.
 */
@Singleton
class SimulatedLabelers implements WorkHandler {

  static final String KIND = "simulated-labelers";

  private static final int AT_ONCE = 4;
  private static final long PAUSE_MILLIS = 500;
  private static final long IDLE_MILLIS = 20 * 60_000;

  private final Jobs jobs;
  private final WorkQueue queue;
  private final Datasets datasets;
  private final People people;
  private final Clock clock;
  private final ObjectMapper json;
  private final SimulationSection section;

  SimulatedLabelers(
      Jobs jobs,
      WorkQueue queue,
      Datasets datasets,
      People people,
      Clock clock,
      ObjectMapper json,
      SimulationSection section) {
    this.jobs = jobs;
    this.queue = queue;
    this.datasets = datasets;
    this.people = people;
    this.clock = clock;
    this.json = json;
    this.section = section;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void run(WorkContext context) throws Exception {
    SimulationOrder order = context.payload(SimulationOrder.class);
    JobView job = jobs.job(context.projectId(), order.jobId());
    requireNoOthers(job, context.workId());
    List<Person> crew = new ArrayList<>();
    for (int number = 1; number <= order.labelers(); number++) {
      crew.add(people.simulatedPerson(job.projectId(), number));
    }
    Pace pace = new Pace(clock, order.answersPerMinute());
    Shift shift = new Shift(context, order, answers(job, order));
    shift.begin(clock.millis());
    while (!job.state().isFinished() && job.state() != JobState.COMPLETING) {
      int given = turn(context, job, crew, shift, pace);
      long now = clock.millis();
      shift.idleSince = given > 0 ? now : shift.idleSince;
      if (now - shift.idleSince > IDLE_MILLIS) {
        context.log("Nothing to do for 20 minutes.");
        return;
      }
      shift.makeWay();
      if (given == 0) {
        context.progress(waiting(job), shift.given, 0);
        Thread.sleep(PAUSE_MILLIS);
      }
      job = jobs.job(job.projectId(), job.id());
    }
    context.log("The job is over: " + job.state().name().toLowerCase(java.util.Locale.ROOT) + ".");
  }

  /** A crew that ended may be sent again when others are at work already. */
  private void requireNoOthers(JobView job, UUID self) {
    if (section.runs(job).stream()
        .anyMatch(one -> one.state() == WorkState.RUNNING && !one.id().equals(self))) {
      throw new ProblemException(
          LabelingProblem.JOB_STATE,
          "Other simulated labelers are at work on this job. Try again when they are done.");
    }
  }

  /** Lets everybody work once; returns how many tasks were settled. */
  private int turn(WorkContext context, JobView job, List<Person> crew, Shift shift, Pace pace)
      throws Exception {
    int given = 0;
    for (Person person : crew) {
      context.checkCancelled();
      try {
        given += shift.work(job, person, pace);
      } catch (ProblemException e) {
        if (jobs.job(job.projectId(), job.id()).state() == JobState.RUNNING) {
          throw e;
        }
        return given;
      }
    }
    return given;
  }

  private static String errors(SimulationOrder order) {
    return order.confusion() == null || order.confusion().isBlank()
        ? "%.1f %% errors".formatted(order.errorPercent())
        : "errors by the confusions given";
  }

  private static String waiting(JobView job) {
    return job.state() == JobState.RUNNING ? "Waiting for items" : "Waiting for the job to go on";
  }

  private static SimulatedAnswers answers(JobView job, SimulationOrder order) {
    List<LabelDefinition> labels = job.settings().labels();
    Map<String, Integer> classes = new HashMap<>();
    Set<Integer> groups = new HashSet<>();
    for (int index = 0; index < labels.size(); index++) {
      classes.put(labels.get(index).name(), index);
      if (labels.get(index).parent() != null) {
        groups.add(labels.get(index).parent());
      }
    }
    int[] choosable =
        classes.values().stream()
            .filter(one -> !groups.contains(one))
            .mapToInt(one -> one)
            .sorted()
            .toArray();
    double errorRate = order.errorPercent() / 100;
    return new SimulatedAnswers(
        classes,
        choosable,
        job.settings().taskType(),
        errorRate,
        Confusions.read(order.confusion(), job.settings().classNames()),
        order.seed());
  }

  /** One run of the crew. */
  private final class Shift {
    private final WorkContext context;
    private final SimulationOrder order;
    private final SimulatedAnswers answers;
    private long given;
    private long idleSince;

    Shift(WorkContext context, SimulationOrder order, SimulatedAnswers answers) {
      this.context = context;
      this.order = order;
      this.answers = answers;
    }

    /** Begins, or goes on where it made way. */
    void begin(long now) throws JsonProcessingException {
      Optional<String> before = context.checkpoint();
      if (before.isPresent()) {
        long[] kept = json.readValue(before.get(), long[].class);
        given = kept[0];
        idleSince = kept[1];
      } else {
        idleSince = now;
        context.log(
            String.format(
                Locale.ENGLISH,
                "%d simulated labelers, %s, %,d answers a minute.",
                order.labelers(),
                errors(order),
                order.answersPerMinute()));
      }
    }

    void makeWay() throws MadeWayException {
      try {
        context.makeWay();
      } catch (MadeWayException e) {
        context.checkpoint("[%d, %d]".formatted(given, idleSince));
        throw e;
      }
    }

    /** Takes a few tasks for a person and answers them; returns how many were settled. */
    int work(JobView job, Person person, Pace pace) throws Exception {
      int atOnce = Math.min(AT_ONCE, Math.max(1, order.answersPerMinute() / order.labelers() / 30));
      List<LeasedTask> tasks =
          queue.claim(job.projectId(), job.id(), person.id(), atOnce, List.of()).tasks();
      if (tasks.isEmpty()) {
        return 0;
      }
      Map<UUID, ItemRow> items = new HashMap<>();
      List<UUID> ids = tasks.stream().map(LeasedTask::itemId).toList();
      datasets.items(job.projectId(), ids).forEach(item -> items.put(item.id(), item));
      Map<UUID, List<String>> imported = datasets.importedLabels(job.projectId(), ids);
      for (LeasedTask task : tasks) {
        pace.next();
        UUID item = task.itemId();
        answer(job, person, task, imported.get(item), items.get(item));
      }
      given += tasks.size();
      context.progress("Answering", given, 0);
      return tasks.size();
    }

    /** From the labels the item came with; from those of a job only where it came with none. */
    private void answer(
        JobView job, Person person, LeasedTask task, List<String> imported, ItemRow item) {
      List<String> known = item == null ? null : item.knownLabels();
      Optional<int[]> said =
          answers
              .answer(person.id(), task.itemId(), imported)
              .or(() -> answers.answer(person.id(), task.itemId(), known));
      if (said.isEmpty()) {
        queue.decline(
            job.projectId(),
            job.id(),
            person.id(),
            task.lease(),
            DeclineReason.UNSURE,
            "No known label");
        return;
      }
      UUID key =
          UUID.nameUUIDFromBytes(
              (task.lease() + " " + task.task())
                  .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      int active = answers.activeMillis(person.id(), task.itemId());
      queue.submit(
          job.projectId(),
          job.id(),
          person.id(),
          new GivenAnswer(key, task.lease(), task.task(), said.get(), active, clock.instant()));
    }
  }
}

package org.atelier.labeling;

import jakarta.ws.rs.core.MultivaluedHashMap;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.UUID;
import org.atelier.dataset.ItemKind;
import org.atelier.labeling.consolidation.WorkerSkill;
import org.atelier.labeling.queue.JobItems;
import org.atelier.labeling.queue.OwnWork;
import org.atelier.labeling.queue.Questions;
import org.atelier.platform.Person;
import org.atelier.platform.ProjectRef;

/** What the pages of jobs show, of a job in the middle of its life. */
final class PageScenes {

  private static final UUID ID = UUID.fromString("018f3f1e-7c00-7000-8000-000000000007");
  private static final Instant NOW = Instant.parse("2026-11-23T09:30:00Z");
  private static final ProjectRef PROJECT = new ProjectRef(ID, "autumn", "Autumn 2027");
  private static final List<LabelDefinition> LABELS =
      List.of(
          new LabelDefinition("Tops", null, null, null, null, List.of()),
          new LabelDefinition("Shirt", "#3B6CD4", "h", "Buttons all the way", 0, List.of(ID)),
          new LabelDefinition("T-shirt", null, null, null, 0, List.of()),
          new LabelDefinition("Ankle boot with a very long name", null, "b", null, null, List.of()),
          new LabelDefinition("<i>Bag</i>", "#12ab34", null, "Carried", null, List.of()));
  private static final JobSettings SETTINGS =
      new JobSettings(
          "Autumn catalogue: which garment is it?",
          ID,
          1,
          TaskType.SINGLE,
          LABELS,
          "Look at the *collar*.",
          Set.of(),
          JobSettings.Answering.defaults(),
          JobSettings.Learning.defaults(),
          new JobSettings.Budget(12_000, null, new java.math.BigDecimal("0.08"), "EUR"));

  private PageScenes() {}

  /** Template and data of every page, by a short name. */
  static Map<String, Map.Entry<String, Map<String, Object>>> all() {
    Map<String, Map.Entry<String, Map<String, Object>>> scenes = new LinkedHashMap<>();
    scenes.put("jobs", page("jobs", jobs()));
    scenes.put("jobs-empty", page("jobs", without(jobs(), "jobs")));
    scenes.put("new", page("jobForm", form(null, typedForm(), List.of())));
    scenes.put("settings", page("jobForm", form(shell("settings"), JobForm.of(SETTINGS), both())));
    scenes.put("draft", page("jobForm", form(in(JobState.DRAFT), JobForm.of(SETTINGS), List.of())));
    scenes.put(
        "over", page("jobForm", form(in(JobState.STOPPED), JobForm.of(SETTINGS), List.of())));
    scenes.put(
        "overview",
        page(
            "jobOverview",
            of(
                "shell",
                shell(""),
                "dataset",
                "Autumn garments",
                "instructions",
                "<p>Look.</p>",
                "flow",
                flow(),
                "tieRule",
                "The label that stands first wins a tie.")));
    scenes.put("items", page("jobItems", items()));
    scenes.put("item", page("jobItem", item()));
    scenes.put("people", page("jobPeople", of("shell", shell("people"), "workers", workers())));
    scenes.put("questions", page("jobQuestions", questions()));
    scenes.put("questions-empty", page("jobQuestions", without(questions(), "questions")));
    scenes.put("open-jobs", page("openJobs", openJobs()));
    scenes.put("open-jobs-empty", page("openJobs", without(openJobs(), "jobs")));
    scenes.put("my-work", page("myWork", myWork()));
    scenes.put("correct", page("correct", correct()));
    return scenes;
  }

  private static Map.Entry<String, Map<String, Object>> page(
      String name, Map<String, Object> data) {
    return Map.entry("labeling/" + name, data);
  }

  private static JobFlow flow() {
    return new JobFlow(
        JobFlow.warnings(SETTINGS.answering(), 0),
        null,
        new JobFlow.Newer(4, "200"),
        List.of(new JobFlow.Step(Instant.EPOCH, "Ana Lima", "Paused", "Lunch")));
  }

  private static Map<String, Object> of(Object... pairs) {
    Map<String, Object> data = new LinkedHashMap<>();
    for (int at = 0; at < pairs.length; at += 2) {
      data.put((String) pairs[at], pairs[at + 1]);
    }
    return data;
  }

  private static Map<String, Object> without(Map<String, Object> data, String list) {
    data.put(list, List.of());
    return data;
  }

  private static JobView job(JobState state) {
    return new JobView(
        ID,
        ID,
        3,
        state,
        "Started.",
        NOW,
        SETTINGS,
        ItemKind.IMAGE,
        60_000,
        1,
        null,
        null,
        null,
        ID,
        NOW,
        NOW,
        null);
  }

  private static JobShell shell(String here) {
    JobItems.Counts counts = new JobItems.Counts(3_214, 41_200, 812, 2, 6_412, 3);
    return JobShell.of(PROJECT, job(JobState.RUNNING), counts, true, true, List.of(), here);
  }

  /** The tab of the settings of a job in another state. */
  private static JobShell in(JobState state) {
    JobItems.Counts counts = new JobItems.Counts(0, 0, 0, 0, 0, 0);
    return JobShell.of(PROJECT, job(state), counts, true, true, List.of(), "settings");
  }

  private static Map<String, Object> jobs() {
    List<JobPages.Listed> rows = new ArrayList<>();
    for (JobState state : JobState.values()) {
      rows.add(
          new JobPages.Listed(
              new JobRow(
                  ID, "Autumn catalogue " + state, state, NOW, ID, 1, 60_000, 3_214, 41_200)));
    }
    return of("project", PROJECT, "jobs", rows, "next", "x", "manages", true);
  }

  private static JobForm typedForm() {
    MultivaluedHashMap<String, String> fields = new MultivaluedHashMap<>();
    fields.putSingle("title", "");
    fields.putSingle("labels", "Shirt | s\nCoat | c | blue | Long\n  Parka\nShirt | x");
    fields.putSingle("answersPerItem", "three");
    JobForm form = JobForm.typed(fields);
    JobRules.breaches(form.settings(null)).forEach(form::blame);
    return form;
  }

  private static List<JobForm.Difference> both() {
    return List.of(
        new JobForm.Difference("Title", "Mine", "Theirs"),
        new JobForm.Difference("Labels", "Shirt\n  Tee\n", "Shirt\nTee\n"));
  }

  private static Map<String, Object> form(
      JobShell shell, JobForm form, List<JobForm.Difference> differences) {
    JobDraft draft =
        new JobDraft(
            PROJECT,
            shell == null ? null : ID,
            shell == null ? null : 3,
            false,
            List.of(
                new JobDraft.DatasetChoice(
                    "Garments",
                    List.of(
                        new JobDraft.VersionChoice(
                            ID + "/1", "Garments, version 1 (newest), 60,000 items")))),
            new JobDraft.LearningChoices(
                List.of(), List.of(), null, "/p/house/jobs/learning-choices"),
            List.of(new Person(ID, "ana@example.com", "Ana Lima", false)),
            Set.of(ID),
            List.of(),
            Map.of(
                ID.toString(),
                new LabelExamples.Shown(screen(1).thumbnail(), "shirt-1", null, null)),
            LABELS,
            null,
            differences);
    return of("draft", draft, "form", form, "shell", shell);
  }

  private static ItemScreen screen(int number) {
    return new ItemScreen(
        ID,
        "garment-000" + number,
        ItemKind.IMAGE,
        null,
        List.of(
            new ItemScreen.View(
                "front", "/static/sample/bag.svg", "/static/sample/bag.svg", 320, 400)),
        Map.of("brand", "Maison Lune", "price", 89));
  }

  private static Map<String, Object> items() {
    List<JobItemPages.Card> cards = new ArrayList<>();
    String[] states = {"HUMAN", "MACHINE", "OPEN", "DECLINED"};
    for (int at = 0; at < 12; at++) {
      JobItems.ListedItem listed =
          new JobItems.ListedItem(
              ID, at, states[at % 4], new int[] {1 + at % 3}, 0.9312, 1 + at % 3, TaskReason.AUDIT);
      WorkConfig.Label label = WorkConfig.labels(SETTINGS).get(1 + at % 3);
      cards.add(new JobItemPages.Card(screen(at), listed, label.name(), label));
    }
    return of(
        "shell",
        shell("items"),
        "cards",
        cards,
        "state",
        "HUMAN",
        "label",
        1,
        "labels",
        WorkConfig.labels(SETTINGS),
        "next",
        "47");
  }

  private static Map<String, Object> item() {
    int[] shirt = {1};
    JobItems.LabelStep human =
        new JobItems.LabelStep(
            shirt, "HUMAN", 0.67, 3, TaskReason.DISAGREEMENT, 4, null, NOW, null, null);
    JobItems.LabelStep machine =
        new JobItems.LabelStep(
            shirt,
            "MACHINE",
            0.9312,
            0,
            null,
            3,
            "ab12cd34ef56aa",
            NOW,
            NOW,
            "People answered it.");
    JobItems.AnswerStep answer =
        new JobItems.AnswerStep("Ana Lima", shirt, TaskReason.AUDIT, 4_200, NOW, false, null, null);
    return of(
        "shell",
        shell("items"),
        "item",
        screen(1),
        "labels",
        List.of(
            new JobItemPages.LabelLine(human, "Shirt"),
            new JobItemPages.LabelLine(machine, "Shirt")),
        "answers",
        List.of(new JobItemPages.AnswerLine(answer, "Shirt")),
        "declines",
        List.of(new JobItems.DeclineStep("Ben", "UNSURE", "too dark", NOW)));
  }

  private static List<JobPages.WorkerLine> workers() {
    WorkerSkill skill = new WorkerSkill(80, OptionalDouble.of(0.95), 0.87, 0.98);
    WorkerSkill little = new WorkerSkill(2, OptionalDouble.empty(), 0, 1);
    return List.of(
        new JobPages.WorkerLine(
            new JobItems.Worker(ID, "Ana Lima", 3_200, 9_000_000, NOW, skill), false),
        new JobPages.WorkerLine(new JobItems.Worker(ID, "Ben", 12, 60_000, NOW, little), true));
  }

  private static Questions.QuestionRow question(String answer) {
    String by = answer == null ? null : "Bo Chen";
    Instant at = answer == null ? null : NOW;
    return new Questions.QuestionRow(
        ID, ID, "e1", "Ana Lima", "Is a cape a coat?", NOW, answer, by, at, "Shoes");
  }

  private static Map<String, Object> questions() {
    Questions.QuestionRow open = question(null);
    return of(
        "shell",
        shell("questions"),
        "questions",
        List.of(
            new JobQuestionPages.Asked(open, screen(1)), new JobQuestionPages.Asked(open, null)),
        "open",
        true,
        "next",
        "x",
        "leads",
        true);
  }

  private static Map<String, Object> openJobs() {
    OwnWork.OpenJob job = new OwnWork.OpenJob(ID, SETTINGS.title(), "RUNNING", 812, 41, true);
    OwnWork.OpenJob paused = new OwnWork.OpenJob(ID, "Shoes", "PAUSED", 10_001, 0, false);
    return of(
        "project",
        PROJECT,
        "jobs",
        List.of(new OwnWorkPages.OpenLine(job, null), new OwnWorkPages.OpenLine(paused, "Lunch")));
  }

  private static OwnWorkPages.OwnLine own(boolean correctable) {
    return new OwnWorkPages.OwnLine(
        new OwnWork.OwnAnswer(
            ID, ID, SETTINGS.title(), ID, "garment-0001", new int[] {1}, 4_200, NOW, correctable),
        "Shirt",
        screen(1));
  }

  private static Map<String, Object> myWork() {
    OwnWork.Day day =
        new OwnWork.Day(LocalDate.parse("2026-11-23"), ID, SETTINGS.title(), 412, 3_700_000);
    return of(
        "project",
        PROJECT,
        "answers",
        List.of(own(true), own(false)),
        "filter",
        new OwnWorkPages.OwnFilter(ID, "gar", "x", Map.of(ID, SETTINGS.title())),
        "days",
        List.of(new OwnWorkPages.DayLine(day)),
        "moreDays",
        true,
        "asked",
        new OwnWorkPages.Asked(List.of(question(null), question("It is.")), "x"));
  }

  private static Map<String, Object> correct() {
    return of(
        "project",
        PROJECT,
        "answer",
        own(true),
        "item",
        screen(1),
        "labels",
        WorkConfig.labels(SETTINGS).stream().filter(WorkConfig.Label::selectable).toList(),
        "multi",
        false,
        "key",
        ID,
        "problem",
        "The answer was replaced, or is in use already.");
  }

  /** What stands around each page: a signed-in manager of the project. */
  static Map<String, Object> frame() {
    Map<String, Object> frame =
        of(
            "person",
            new Person(ID, "ana@example.com", "Ana Lima", false),
            "initials",
            "AL",
            "project",
            PROJECT,
            "csrfToken",
            "token",
            "places",
            List.of(
                of(
                    "href",
                    "/p/autumn/jobs",
                    "word",
                    "Jobs",
                    "icon",
                    "list-check",
                    "here",
                    true,
                    "news",
                    3)),
            "furtherPlaces",
            List.of(),
            "everywhere",
            List.of());
    return of(
        "frame",
        frame,
        "csrf",
        of("parameterName", "csrf-token", "headerName", "X-CSRF-TOKEN", "token", "token"));
  }
}

package org.atelier.labeling;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.atelier.labeling.queue.JobItems;
import org.atelier.platform.ProjectRef;

/** What stands around every tab of a job's page. */
record JobShell(
    ProjectRef project,
    JobView job,
    JobItems.Counts counts,
    boolean manages,
    boolean works,
    String sentence,
    boolean stuck,
    List<Tab> tabs) {

  /** Whether the settings can still be changed by somebody. */
  public boolean isChangeable() {
    return !job.state().isFinished() && job.state() != JobState.COMPLETING;
  }

  /** Whether an item can be asked about again. */
  public boolean asksAgain() {
    return job.state().takesAnswers();
  }

  /** Whether whoever looks may change the settings now. */
  public boolean isEditable() {
    return manages && isChangeable();
  }

  /** Whether this is the tab of the settings, whose form starting a draft sends along. */
  public boolean isSettings() {
    return tabs.stream().anyMatch(tab -> tab.here() && tab.href().endsWith("/settings"));
  }

  /** Whether this is the first tab, whose numbers move with the head. */
  public boolean isOverview() {
    return tabs.get(0).here();
  }

  /**
   * A tab of the page.
   *
   * @param count shown behind the title, empty while there is nothing to show, null for tabs that
   *     never have one
   */
  record Tab(String href, String title, String count, boolean here, int order) {}

  /** A thing one can do with the job now. */
  record Act(String action, String word, String kind, boolean asksReason, String warning) {}

  static JobShell of(
      ProjectRef project,
      JobView job,
      JobItems.Counts counts,
      boolean manages,
      boolean works,
      List<JobSection> sections,
      String here) {
    List<Tab> tabs = new ArrayList<>();
    String base = "/p/" + project.slug() + "/jobs/" + job.id();
    tabs.add(new Tab(base, "Overview", null, here.isEmpty(), 0));
    String labeled = Words.count(counts.human() + counts.machine());
    tabs.add(new Tab(base + "/items", "Items", labeled, here.equals("items"), 50));
    tabs.add(new Tab(base + "/people", "People", null, here.equals("people"), 60));
    String waiting = counts.openQuestions() == 0 ? "" : Words.count(counts.openQuestions());
    tabs.add(new Tab(base + "/questions", "Questions", waiting, here.equals("questions"), 70));
    tabs.add(new Tab(base + "/settings", "Settings", null, here.equals("settings"), 90));
    for (JobSection section : sections) {
      String key = section.key();
      tabs.add(new Tab(base + "/" + key, section.title(), null, here.equals(key), section.order()));
    }
    tabs.sort(Comparator.comparingInt(Tab::order));
    String sentence =
        sections.stream()
            .sorted(Comparator.comparingInt(JobSection::order))
            .map(section -> section.sentence(job))
            .flatMap(Optional::stream)
            .findFirst()
            .orElseGet(() -> sentence(job, counts));
    boolean stuck = sections.stream().anyMatch(section -> section.isStuck(job));
    return new JobShell(project, job, counts, manages, works, sentence, stuck, tabs);
  }

  /** Whether its model learns from numbers that people uploaded for the dataset. */
  public boolean readsEmbeddings() {
    return "embeddings".equals(job.settings().learning().options().get("features"));
  }

  private static String sentence(JobView job, JobItems.Counts counts) {
    long labeled = counts.human() + counts.machine();
    String done =
        "%s of %s items have a label, %s of them by people."
            .formatted(Words.count(labeled), Words.count(job.items()), Words.count(counts.human()));
    return switch (job.state()) {
      case DRAFT -> "Nothing has started; everything can still be changed.";
      case RUNNING -> done + " %s items wait for an answer.".formatted(Words.count(counts.asked()));
      case PAUSED -> done + " No new tasks are given while it is paused.";
      case COMPLETING -> done + " They are being written as a dataset version.";
      case FAILED -> done + " No new tasks are given until the failed step is tried again.";
      case COMPLETED, STOPPED -> done;
    };
  }

  /** Whether its state and numbers can still change by themselves. */
  public boolean moves() {
    return switch (job.state()) {
      case RUNNING, PAUSED, COMPLETING, FAILED -> true;
      case DRAFT, COMPLETED, STOPPED -> false;
    };
  }

  public String title() {
    return job.settings().title();
  }

  /** The labels with the colours they are shown in. */
  public List<WorkConfig.Label> labels() {
    return WorkConfig.labels(job.settings());
  }

  public String base() {
    return "/p/" + project.slug() + "/jobs/" + job.id();
  }

  public String stateWord() {
    return Words.state(job.state());
  }

  public String stateIcon() {
    return Words.icon(job.state());
  }

  public String stateTone() {
    return Words.tone(job.state());
  }

  public long human() {
    return counts.human();
  }

  public long machine() {
    return counts.machine();
  }

  public long openItems() {
    return Math.max(0, job.items() - counts.human() - counts.machine());
  }

  public String humanCount() {
    return Words.count(human());
  }

  public String machineCount() {
    return Words.count(machine());
  }

  public String openCount() {
    return Words.count(openItems());
  }

  public String humanShare() {
    return Words.percent(human(), job.items());
  }

  public String machineShare() {
    return Words.percent(machine(), job.items());
  }

  public String answerCount() {
    return Words.count(counts.answers());
  }

  /** What of its budget of answers is used, in words; null without one. */
  public String ofBudget() {
    Integer most = job.settings().budget().answers();
    return most == null ? null : "of at most " + Words.count(most);
  }

  public String declinedCount() {
    return Words.count(counts.declined());
  }

  public boolean hasDeclined() {
    return counts.declined() > 0;
  }

  /** What the answers cost so far, or null without a price. */
  public String spent() {
    JobSettings.Budget budget = job.settings().budget();
    return budget.answerPrice() == null
        ? null
        : String.format(
            java.util.Locale.ROOT,
            "%s %,.2f",
            budget.currency(),
            budget.answerPrice().multiply(java.math.BigDecimal.valueOf(counts.answers())));
  }

  /** The one thing to do next, first; then the others. */
  public List<Act> acts() {
    if (!manages) {
      return List.of();
    }
    Act stop =
        new Act(
            "stop",
            "Stop",
            "danger",
            true,
            "Stopping ends the job for good. Its answers and labels stay and can be exported.");
    String toEnd = stuck || isLabelled() ? "primary" : "";
    Act complete = new Act("complete", "Complete", toEnd, true, finality());
    return switch (job.state()) {
      case DRAFT -> List.of(new Act("start", "Start the job", "primary", false, null), stop);
      case RUNNING ->
          List.of(
              new Act("pause", "Pause", "", true, "No new tasks are given until it is resumed."),
              complete,
              stop);
      case PAUSED -> isExhausted() ? List.of(complete, stop) : List.of(resume(), complete, stop);
      case FAILED -> List.of(new Act("retry", "Try again", "primary", false, null), stop);
      case COMPLETING, COMPLETED, STOPPED -> List.of();
    };
  }

  private Act resume() {
    return stuck
        ? new Act(
            "resume",
            "Resume",
            "",
            true,
            "It rests because what it promises cannot be kept. Resuming changes nothing about that:"
                + " people are given tasks again and are paid for them, until it rests again.")
        : new Act("resume", "Resume", "primary", true, "People are given tasks again.");
  }

  /** Whether every item has a label, so that nobody can be asked any more. */
  public boolean isLabelled() {
    return openItems() == 0;
  }

  /** What completing does that cannot be undone. */
  private String finality() {
    String without =
        openItems() == 0
            ? "Every item has a label. "
            : "%s of %s items have no label and stay without one. "
                .formatted(openCount(), Words.count(job.items()));
    return "Its labels become a new version of the dataset. "
        + without
        + "This is final: the job cannot go on afterwards, and its labels cannot be changed.";
  }

  /** Whether it rests because what is left of its budget buys no label, so that it cannot go on. */
  public boolean isExhausted() {
    Integer most = job.settings().budget().answers();
    return job.state() == JobState.PAUSED
        && openItems() > 0
        && most != null
        && most - counts.answers() < job.settings().answering().perItem();
  }

  /** Where the budget is raised: beside what the model does, else in the settings. */
  public String budgetHref() {
    return tabs.stream()
        .map(Tab::href)
        .filter(href -> href.endsWith("/learning"))
        .findFirst()
        .map(href -> href + "#next-title")
        .orElse(base() + "/settings#budgetAnswers");
  }

  /** Address of the work page. */
  public String workHref() {
    return base() + "/work";
  }

  public boolean mayWork() {
    return works && job.state() == JobState.RUNNING;
  }

  UUID id() {
    return job.id();
  }
}

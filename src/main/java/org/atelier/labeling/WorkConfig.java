package org.atelier.labeling;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.atelier.dataset.ItemKind;

/** What the work page is told when it opens; the page's protocol fixes its names. */
record WorkConfig(
    UUID jobId,
    String title,
    String projectSlug,
    TaskType taskType,
    ItemKind itemKind,
    List<Label> labels,
    String instructionsHtml,
    boolean submitOnChoice,
    int graceSeconds,
    int leaseSeconds,
    int answersPerItem,
    boolean showPrelabels,
    UUID personId,
    Csrf csrf,
    Map<String, String> urls) {

  /**
   * A label; one that only groups others cannot be chosen.
   *
   * @param color set only when it is none of the twelve
   * @param swatch place among the twelve colours, null for another colour
   */
  record Label(
      int index,
      String name,
      String color,
      Integer swatch,
      String shortcut,
      String description,
      Integer parent,
      boolean selectable,
      List<String> examples) {}

  /** The header every change must carry. */
  record Csrf(String header, String token) {}

  /**
   * @param pictures addresses of the pictures that show each label
   * @param instructionsHtml sanitised
   */
  static WorkConfig of(
      JobView job,
      String slug,
      UUID personId,
      Csrf csrf,
      String instructionsHtml,
      List<List<String>> pictures) {
    JobSettings settings = job.settings();
    JobSettings.Answering answering = settings.answering();
    return new WorkConfig(
        job.id(),
        settings.title(),
        slug,
        settings.taskType(),
        job.itemKind(),
        labels(settings, pictures),
        instructionsHtml,
        answering.submitOnChoice(),
        answering.graceSeconds(),
        answering.leaseSeconds(),
        answering.perItem(),
        answering.showSuggestions(),
        personId,
        csrf,
        urls("/p/" + slug, job.id()));
  }

  /** The labels without their examples. */
  static List<Label> labels(JobSettings settings) {
    return labels(settings, List.of());
  }

  private static List<Label> labels(JobSettings settings, List<List<String>> pictures) {
    Set<Integer> groups = new HashSet<>();
    settings.labels().forEach(label -> groups.add(label.parent()));
    List<Label> labels = new ArrayList<>();
    for (int index = 0; index < settings.labels().size(); index++) {
      LabelDefinition label = settings.labels().get(index);
      OptionalInt swatch = LabelColors.shown(label.color(), index);
      labels.add(
          new Label(
              index,
              label.name(),
              swatch.isPresent() ? null : label.color(),
              swatch.isPresent() ? swatch.getAsInt() : null,
              label.shortcut(),
              label.description(),
              label.parent(),
              !groups.contains(index),
              pictures.isEmpty() ? List.of() : pictures.get(index)));
    }
    return labels;
  }

  private static Map<String, String> urls(String project, UUID jobId) {
    String work = project + "/jobs/" + jobId + "/work";
    Map<String, String> urls = new LinkedHashMap<>();
    for (String act :
        List.of(
            "claim",
            "answers",
            "undo",
            "skip",
            "release",
            "leave",
            "renew",
            "question",
            "summary")) {
      urls.put(act, work + "/" + act);
    }
    urls.put("job", project + "/work");
    urls.put(
        "signIn",
        "/sign-in?to=" + java.net.URLEncoder.encode(work, java.nio.charset.StandardCharsets.UTF_8));
    urls.put("myWork", project + "/work/mine");
    return urls;
  }
}

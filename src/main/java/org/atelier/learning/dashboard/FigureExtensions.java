package org.atelier.learning.dashboard;

import io.quarkus.qute.TemplateExtension;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.atelier.labeling.JobView;
import org.atelier.labeling.LabelDefinition;
import org.atelier.labeling.TaskType;

/** Numbers in words, for templates. */
@TemplateExtension
final class FigureExtensions {

  private FigureExtensions() {}

  /** Labels of a job that can be chosen, groups left out, with their class indexes. */
  static List<Choice> choices(JobView job) {
    List<LabelDefinition> labels = job.settings().labels();
    Set<Integer> groups =
        labels.stream()
            .map(LabelDefinition::parent)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    return IntStream.range(0, labels.size())
        .filter(index -> !groups.contains(index))
        .mapToObj(index -> new Choice(index, labels.get(index).name()))
        .toList();
  }

  /** Whether an item of a job may have any number of labels. */
  static boolean severalLabels(JobView job) {
    return job.settings().taskType() == TaskType.MULTI;
  }

  /** A label that can be chosen. */
  record Choice(int index, String name) {}

  /** 60,000. */
  static String asCount(long number) {
    return Figures.count(number);
  }

  /** 60,000. */
  static String asCount(int number) {
    return Figures.count(number);
  }

  /** 95.2 %. */
  static String asPercent(double share) {
    return Figures.percent(share);
  }

  /** A lower bound: 95.28 % is 95.2 %. */
  static String asAtLeast(double share) {
    return Figures.atLeast(share);
  }

  /** An upper bound: 95.22 % is 95.3 %. */
  static String asAtMost(double share) {
    return Figures.atMost(share);
  }

  /** 0.74. */
  static String asAlpha(Double alpha) {
    return AgreementReading.alpha(alpha);
  }

  /** 95.2 %. */
  static String asPercent(Double share) {
    return Figures.percent(share);
  }
}

package org.atelier.learning.dashboard;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.atelier.labeling.JobNumbers;
import org.atelier.labeling.JobView;
import org.atelier.learning.loop.LearningLoop;
import org.atelier.learning.loop.RoundLists;

/** What the machine says of items now, as the sheets show it. */
@Singleton
class Opinions {

  private final LearningLoop loop;
  private final JobNumbers numbers;

  Opinions(LearningLoop loop, JobNumbers numbers) {
    this.loop = loop;
    this.numbers = numbers;
  }

  /**
   * What stands for items: the machine's label where there is one, else what the lists of the
   * newest round say; the list of open items speaks only of those that have no label. An item can
   * stand on two lists; items of which nothing is said are left out.
   */
  Map<UUID, List<Shown>> of(JobView job, Collection<UUID> itemIds) {
    Set<UUID> asked = Set.copyOf(itemIds);
    Map<UUID, JobNumbers.CurrentLabel> labels =
        numbers.labels(job.id(), asked).stream()
            .collect(Collectors.toMap(JobNumbers.CurrentLabel::itemId, label -> label));
    RoundLists lists = loop.lists(job.id());
    List<Shown> said = new ArrayList<>();
    lists.uncertain().stream()
        .filter(one -> !labels.containsKey(one.itemId()))
        .forEach(one -> said.add(Shown.of(one.itemId(), one.classes())));
    lists.suspects().forEach(one -> said.add(Shown.of(one.itemId(), one.classes())));
    lists.differences().forEach(one -> said.add(Shown.of(one.itemId(), one.model())));
    Map<UUID, List<Shown>> opinions =
        said.stream()
            .filter(one -> asked.contains(one.itemId()))
            .distinct()
            .collect(Collectors.groupingBy(Shown::itemId, LinkedHashMap::new, Collectors.toList()));
    labels.values().stream()
        .filter(JobNumbers.CurrentLabel::machine)
        .forEach(
            label ->
                opinions.put(label.itemId(), List.of(Shown.of(label.itemId(), label.classes()))));
    return opinions;
  }
}

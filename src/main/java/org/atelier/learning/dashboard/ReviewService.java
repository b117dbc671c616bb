package org.atelier.learning.dashboard;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.atelier.dataset.Datasets;
import org.atelier.dataset.ItemRow;
import org.atelier.labeling.JobNumbers;
import org.atelier.labeling.JobView;
import org.atelier.labeling.LabelingProblem;
import org.atelier.labeling.LearningBridge;
import org.atelier.labeling.SecondLooks;
import org.atelier.learning.loop.LearningLoop;
import org.atelier.learning.loop.RoundLists;
import org.atelier.platform.AuditTrail;
import org.atelier.platform.ProblemException;

/** What people in charge look through: doubtful items, new machine labels, suspected errors. */
@ApplicationScoped
class ReviewService implements SecondLooks {

  private static final int MOST = 48;
  private static final int MOST_DECIDED = 500;

  private final LearningLoop loop;
  private final LearningBridge bridge;
  private final JobNumbers numbers;
  private final Datasets datasets;
  private final AlikeItems alike;
  private final AuditTrail audit;

  ReviewService(
      LearningLoop loop,
      LearningBridge bridge,
      JobNumbers numbers,
      Datasets datasets,
      AlikeItems alike,
      AuditTrail audit) {
    this.loop = loop;
    this.bridge = bridge;
    this.numbers = numbers;
    this.datasets = datasets;
    this.alike = alike;
    this.audit = audit;
  }

  /** Which sheet is looked at. */
  enum Sheet {
    /** Open items the model is least sure of. */
    UNCERTAIN,
    /** Machine labels of the newest rounds. */
    MACHINE,
    /** Human labels the model doubts most. */
    SUSPECTS
  }

  /** The items of a sheet, near-duplicates side by side. */
  @Transactional
  List<ReviewCard> sheet(JobView job, Sheet sheet) {
    RoundLists lists = loop.lists(job.id());
    List<ReviewCard> cards =
        switch (sheet) {
          case UNCERTAIN -> uncertain(job, lists.uncertain());
          case MACHINE -> machine(job);
          case SUSPECTS -> suspects(job, lists.suspects());
        };
    return alike.grouped(job, cards);
  }

  /** Items behind a cell of the confusion matrix. */
  @Transactional
  List<ReviewCard> cell(JobView job, int people, int model) {
    List<UUID> ids =
        loop.lists(job.id()).cells().stream()
            .filter(cell -> cell.people() == people && cell.model() == model)
            .findFirst()
            .map(RoundLists.Cell::items)
            .orElse(List.of());
    Map<UUID, ItemRow> items = items(job, ids);
    busy(job, ids).forEach(items::remove);
    List<String> names = job.settings().classNames();
    return ids.stream()
        .filter(items::containsKey)
        .map(id -> ReviewCard.of(items.get(id), names, new int[] {people}, new int[] {model}, null))
        .toList();
  }

  private List<ReviewCard> uncertain(JobView job, List<RoundLists.Opinion> opinions) {
    Set<UUID> taken = new HashSet<>(numbers.withPeople(job.id(), ids(opinions)));
    numbers.labels(job.id(), ids(opinions)).forEach(label -> taken.add(label.itemId()));
    List<RoundLists.Opinion> open =
        opinions.stream().filter(one -> !taken.contains(one.itemId())).limit(MOST).toList();
    Map<UUID, ItemRow> items = items(job, ids(open));
    return open.stream()
        .filter(one -> items.containsKey(one.itemId()))
        .map(
            one ->
                ReviewCard.of(
                    items.get(one.itemId()),
                    job.settings().classNames(),
                    null,
                    one.classes(),
                    one.score()))
        .toList();
  }

  private List<ReviewCard> machine(JobView job) {
    List<JobNumbers.CurrentLabel> labels = numbers.newestMachineLabels(job.id(), MOST);
    Map<UUID, ItemRow> items =
        items(job, labels.stream().map(JobNumbers.CurrentLabel::itemId).toList());
    return labels.stream()
        .filter(label -> items.containsKey(label.itemId()))
        .map(
            label ->
                ReviewCard.of(
                    items.get(label.itemId()),
                    job.settings().classNames(),
                    null,
                    label.classes(),
                    label.confidence()))
        .toList();
  }

  private List<ReviewCard> suspects(JobView job, List<RoundLists.Opinion> opinions) {
    Map<UUID, JobNumbers.CurrentLabel> labels = new HashMap<>();
    numbers.labels(job.id(), ids(opinions)).forEach(label -> labels.put(label.itemId(), label));
    busy(job, ids(opinions)).forEach(labels::remove);
    Map<UUID, ItemRow> items = items(job, ids(opinions));
    return opinions.stream()
        .filter(one -> items.containsKey(one.itemId()) && labels.containsKey(one.itemId()))
        .filter(one -> !java.util.Arrays.equals(one.classes(), labels.get(one.itemId()).classes()))
        .limit(MOST)
        .map(
            one ->
                ReviewCard.of(
                    items.get(one.itemId()),
                    job.settings().classNames(),
                    labels.get(one.itemId()).classes(),
                    one.classes(),
                    one.score()))
        .toList();
  }

  /**
   * Makes the person's decision the human label of items.
   *
   * @param classes chosen class indexes; null to confirm what the machine says of each
   * @return labels made or changed
   * @throws ProblemException with-people, and nothing is changed, when people are asked about some
   *     of the items or their answers were not used yet: a decision is not blind and must not take
   *     the place of the answer
   */
  @Transactional
  int decide(JobView job, UUID person, Collection<UUID> itemIds, int[] classes) {
    require(itemIds);
    int round = loop.learner(job.id()).map(learner -> learner.round()).orElse(0);
    requireFree(job, itemIds);
    int made = 0;
    if (classes != null) {
      made = bridge.decide(job.id(), round, person, itemIds, classes).changed();
    } else {
      for (Map.Entry<List<Integer>, List<UUID>> same : opinions(job, itemIds).entrySet()) {
        int[] chosen = same.getKey().stream().mapToInt(Integer::intValue).toArray();
        made += bridge.decide(job.id(), round, person, same.getValue(), chosen).changed();
      }
    }
    audit.record(
        job.projectId(),
        classes == null ? "labels-confirmed" : "labels-corrected",
        "job",
        job.id(),
        Map.of("items", itemIds.size(), "changed", made));
    return made;
  }

  /** Items by what the machine says of them: its label that stands, else its opinion. */
  private Map<List<Integer>, List<UUID>> opinions(JobView job, Collection<UUID> itemIds) {
    Map<UUID, int[]> said = new HashMap<>();
    RoundLists lists = loop.lists(job.id());
    lists.uncertain().forEach(one -> said.put(one.itemId(), one.classes()));
    lists.suspects().forEach(one -> said.put(one.itemId(), one.classes()));
    lists
        .cells()
        .forEach(cell -> cell.items().forEach(id -> said.put(id, new int[] {cell.model()})));
    numbers.labels(job.id(), itemIds).stream()
        .filter(JobNumbers.CurrentLabel::machine)
        .forEach(label -> said.put(label.itemId(), label.classes()));
    return itemIds.stream()
        .filter(said::containsKey)
        .collect(
            Collectors.groupingBy(id -> java.util.Arrays.stream(said.get(id)).boxed().toList()));
  }

  @Override
  @Transactional
  public int sendBack(JobView job, Collection<UUID> itemIds) {
    require(itemIds);
    requireFree(job, itemIds);
    int round = loop.learner(job.id()).map(learner -> learner.round()).orElse(0);
    int sent = bridge.sendBack(job.id(), round, itemIds);
    audit.record(job.projectId(), "labels-sent-back", "job", job.id(), Map.of("items", sent));
    return sent;
  }

  /** Items that people are asked about, or whose answers no step has used yet. */
  private Set<UUID> busy(JobView job, Collection<UUID> itemIds) {
    Set<UUID> busy = new HashSet<>(numbers.withPeople(job.id(), itemIds));
    loop.unreadSince(job.id())
        .ifPresent(
            since ->
                numbers.labels(job.id(), itemIds).stream()
                    .filter(label -> !label.machine() && !label.at().isBefore(since))
                    .forEach(label -> busy.add(label.itemId())));
    return busy;
  }

  private void requireFree(JobView job, Collection<UUID> itemIds) {
    int busy = busy(job, itemIds).size();
    if (busy > 0) {
      throw new ProblemException(
          LabelingProblem.WITH_PEOPLE,
          "%d of the %d items are with people or were just answered; what people say of them alone comes first. Nothing was changed: leave them out, or wait until they are answered and the next step has read it."
              .formatted(busy, itemIds.size()));
    }
  }

  private static void require(Collection<UUID> itemIds) {
    if (itemIds.isEmpty() || itemIds.size() > MOST_DECIDED) {
      throw ProblemException.invalid("items", "Choose 1 to " + MOST_DECIDED + " items.");
    }
  }

  private static List<UUID> ids(List<RoundLists.Opinion> opinions) {
    return opinions.stream().map(RoundLists.Opinion::itemId).toList();
  }

  private Map<UUID, ItemRow> items(JobView job, Collection<UUID> ids) {
    return datasets.items(job.projectId(), ids).stream()
        .collect(Collectors.toMap(ItemRow::id, item -> item));
  }
}

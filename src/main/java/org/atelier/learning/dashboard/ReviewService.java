package org.atelier.learning.dashboard;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
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
import org.atelier.learning.loop.LearnerRow;
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
  private final Opinions opinions;
  private final AuditTrail audit;

  ReviewService(
      LearningLoop loop,
      LearningBridge bridge,
      JobNumbers numbers,
      Datasets datasets,
      AlikeItems alike,
      Opinions opinions,
      AuditTrail audit) {
    this.loop = loop;
    this.bridge = bridge;
    this.numbers = numbers;
    this.datasets = datasets;
    this.alike = alike;
    this.opinions = opinions;
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

  /** A cell of the confusion matrix in words, and what is behind it. */
  record Cell(MatrixWords.Cell words, List<ReviewCard> cards) {}

  /**
   * Items behind a cell of the confusion matrix, each with all that people and the model chose.
   * Left out is what people are asked about, and what has another label by now.
   *
   * @param people key of the matrix' row
   * @param model key of its column
   * @throws ProblemException not-found when the matrix cannot have such a row or column
   */
  @Transactional
  Cell cell(JobView job, int people, int model) {
    RoundLists lists = loop.lists(job.id());
    MatrixWords words = MatrixWords.of(job, lists);
    if (!words.isKey(people) || !words.isKey(model)) {
      throw ProblemException.notFound("The job has no such label.");
    }
    return new Cell(words.cell(people, model), behind(job, lists, people, model));
  }

  private List<ReviewCard> behind(JobView job, RoundLists lists, int people, int model) {
    List<UUID> ids =
        lists.cells().stream()
            .filter(cell -> cell.people() == people && cell.model() == model)
            .findFirst()
            .map(RoundLists.Cell::items)
            .orElse(List.of());
    Map<UUID, RoundLists.Difference> said = new HashMap<>();
    lists.differences().forEach(one -> said.put(one.itemId(), one));
    Map<UUID, ItemRow> items = items(job, ids);
    busy(job, ids).forEach(items::remove);
    return numbers.labels(job.id(), ids).stream()
        .filter(label -> items.containsKey(label.itemId()) && said.containsKey(label.itemId()))
        .filter(label -> !label.machine())
        .filter(label -> Arrays.equals(label.classes(), said.get(label.itemId()).people()))
        .map(
            label ->
                ReviewCard.of(
                    items.get(label.itemId()),
                    job.settings().classNames(),
                    label.classes(),
                    said.get(label.itemId()).model(),
                    null))
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
        .filter(one -> !Arrays.equals(one.classes(), labels.get(one.itemId()).classes()))
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
   * Items of which the machine says something, as it stands now.
   *
   * @param ids those of which it says nothing any more are left out
   */
  @Transactional
  List<ReviewCard> again(JobView job, Collection<UUID> ids) {
    Map<UUID, List<Shown>> said = opinions.of(job, ids);
    busy(job, ids).forEach(said::remove);
    Map<UUID, JobNumbers.CurrentLabel> labels = new HashMap<>();
    numbers.labels(job.id(), said.keySet()).forEach(label -> labels.put(label.itemId(), label));
    Map<UUID, ItemRow> items = items(job, said.keySet());
    return ids.stream()
        .filter(items::containsKey)
        .map(
            id ->
                ReviewCard.of(
                    items.get(id),
                    job.settings().classNames(),
                    labels.containsKey(id) && !labels.get(id).machine()
                        ? labels.get(id).classes()
                        : null,
                    said.get(id).get(0).indexes(),
                    null))
        .toList();
  }

  /**
   * Makes the person's decision the human label of items.
   *
   * @param classes chosen class indexes
   * @return labels made or changed; what the person decided so before is left as it is
   * @throws ProblemException with-people, and nothing is changed, when people are asked about some
   *     of the items or their answers were not used yet: a decision is not blind and must not take
   *     the place of the answer
   */
  @Transactional
  int correct(JobView job, UUID person, Collection<UUID> itemIds, int[] classes) {
    require(job, itemIds);
    bridge.hold(job.id());
    int[] ascending = Arrays.stream(classes).sorted().toArray();
    Set<UUID> rest = new LinkedHashSet<>(itemIds);
    rest.removeAll(bridge.decidedAlike(job.id(), person, itemIds, ascending));
    if (rest.isEmpty()) {
      return 0;
    }
    requireFree(job, rest);
    int made = bridge.decide(job.id(), round(job), person, rest, classes).changed();
    record(job, "labels-corrected", rest.size(), made);
    return made;
  }

  /**
   * What came of confirming.
   *
   * @param changed labels made or changed
   * @param differing items left alone because the machine says something else of them by now, or
   *     nothing any more
   */
  record Confirmed(int changed, List<UUID> differing) {}

  /**
   * Makes what the machine was shown to say of items their human label, as {@link #correct} does,
   * where the machine still says it: nobody vouches for what they have not seen. What the same
   * person confirmed just so before is confirmed, whatever the machine says by now.
   */
  @Transactional
  Confirmed confirm(JobView job, UUID person, Collection<Shown> shown) {
    List<UUID> itemIds = shown.stream().map(Shown::itemId).toList();
    require(job, itemIds);
    bridge.hold(job.id());
    Set<Shown> rest = new LinkedHashSet<>(shown);
    rest.removeAll(confirmedBefore(job, person, shown));
    if (rest.isEmpty()) {
      return new Confirmed(0, List.of());
    }
    List<UUID> asked = rest.stream().map(Shown::itemId).distinct().toList();
    requireFree(job, asked);
    Map<UUID, List<Shown>> said = opinions.of(job, asked);
    Map<List<Integer>, List<UUID>> standing =
        byClasses(
            rest.stream()
                .filter(one -> said.getOrDefault(one.itemId(), List.of()).contains(one))
                .toList());
    int made = 0;
    for (Map.Entry<List<Integer>, List<UUID>> same : standing.entrySet()) {
      made +=
          bridge
              .decide(job.id(), round(job), person, same.getValue(), indexes(same.getKey()))
              .changed();
    }
    Set<UUID> confirmed = new HashSet<>();
    standing.values().forEach(confirmed::addAll);
    record(job, "labels-confirmed", confirmed.size(), made);
    return new Confirmed(made, asked.stream().filter(id -> !confirmed.contains(id)).toList());
  }

  /** What the person confirmed just so before: a double click, or a reply that was lost. */
  private Set<Shown> confirmedBefore(JobView job, UUID person, Collection<Shown> shown) {
    Set<Shown> before = new HashSet<>();
    byClasses(shown)
        .forEach(
            (classes, ids) ->
                bridge
                    .decidedAlike(job.id(), person, ids, indexes(classes))
                    .forEach(id -> before.add(new Shown(id, classes))));
    return before;
  }

  private static Map<List<Integer>, List<UUID>> byClasses(Collection<Shown> shown) {
    return shown.stream()
        .collect(
            Collectors.groupingBy(
                Shown::classes, Collectors.mapping(Shown::itemId, Collectors.toList())));
  }

  private static int[] indexes(List<Integer> classes) {
    return classes.stream().mapToInt(Integer::intValue).toArray();
  }

  private int round(JobView job) {
    return loop.learner(job.id()).map(LearnerRow::round).orElse(0);
  }

  private void record(JobView job, String action, int items, int changed) {
    Map<String, Object> details = Map.of("items", items, "changed", changed);
    audit.record(job.projectId(), action, "job", job.id(), details);
  }

  @Override
  @Transactional
  public int sendBack(JobView job, Collection<UUID> itemIds) {
    require(job, itemIds);
    requireFree(job, itemIds);
    int sent = bridge.sendBack(job.id(), round(job), itemIds);
    if (sent == 0) {
      throw new ProblemException(
          LabelingProblem.NOT_SENT_BACK,
          "Either the budget of answers is used up, or nine people have answered what was chosen."
              + " Raise the budget in the settings, then send it back.");
    }
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

  private void require(JobView job, Collection<UUID> itemIds) {
    if (itemIds.isEmpty() || itemIds.size() > MOST_DECIDED) {
      throw ProblemException.invalid("items", "Choose 1 to " + MOST_DECIDED + " items.");
    }
    Set<UUID> foreign = new LinkedHashSet<>(itemIds);
    datasets.items(job.projectId(), itemIds).stream()
        .filter(item -> item.datasetId().equals(job.settings().datasetId()))
        .forEach(item -> foreign.remove(item.id()));
    if (!foreign.isEmpty()) {
      UUID first = foreign.iterator().next();
      throw ProblemException.invalid(
          "items", "The job has no item " + first + ", or it was deleted. Nothing was changed.");
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

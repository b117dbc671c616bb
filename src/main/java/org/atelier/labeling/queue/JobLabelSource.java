package org.atelier.labeling.queue;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.atelier.dataset.ItemLabel;
import org.atelier.dataset.LabelSource;
import org.atelier.dataset.LabelSourceView;
import org.atelier.labeling.TaskType;
import org.jdbi.v3.core.Jdbi;

/** Offers the labels of jobs to exports, read in parts so that memory stays bounded. */
@Singleton
class JobLabelSource implements LabelSource {

  private static final int PART = 2_000;
  private static final int LONGEST_ATTRIBUTE = 100;

  private final Jdbi jdbi;

  JobLabelSource(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  private record About(String title, UUID datasetId, int datasetVersion, TaskType taskType) {}

  private record Answered(
      UUID itemId, UUID workerId, int[] classIndexes, Instant receivedAt, int activeMillis) {}

  @Override
  public Optional<LabelSourceView> find(UUID projectId, UUID sourceId) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select title, dataset_id, dataset_version, task_type from labeling.job
                    where id = :job and project_id = :project
                    """)
                .bind("job", sourceId)
                .bind("project", projectId)
                .map(Rows.mapper(About.class))
                .findOne()
                .map(
                    about ->
                        new LabelSourceView(
                            sourceId,
                            about.title(),
                            attribute(about.title()),
                            about.datasetId(),
                            about.datasetVersion(),
                            about.taskType() == TaskType.MULTI,
                            names(sourceId))));
  }

  private List<String> names(UUID jobId) {
    return jdbi.withHandle(
        h ->
            h.createQuery("select name from labeling.job_label where job_id = :job order by index")
                .bind("job", jobId)
                .mapTo(String.class)
                .list());
  }

  /** A name that manifests allow: letters, digits and hyphens, with no reserved ending. */
  static String attribute(String title) {
    String name =
        java.text.Normalizer.normalize(title, java.text.Normalizer.Form.NFD)
            .replaceAll("[^A-Za-z0-9]+", "-")
            .replaceAll("^-+", "");
    name = name.substring(0, Math.min(LONGEST_ATTRIBUTE, name.length())).replaceAll("-+$", "");
    boolean reserved =
        name.isEmpty()
            || name.equals("source")
            || name.equals("source-ref")
            || name.endsWith("-metadata")
            || name.endsWith("-ref");
    return reserved ? (name + "-label").replaceAll("^-", "") : name;
  }

  @Override
  public Stream<ItemLabel> labels(UUID projectId, UUID sourceId, boolean withAnswers) {
    if (find(projectId, sourceId).isEmpty()) {
      return Stream.empty();
    }
    Map<UUID, String> pseudonyms = withAnswers ? pseudonyms(sourceId) : Map.of();
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(
            new Parts(sourceId, withAnswers, pseudonyms),
            Spliterator.ORDERED | Spliterator.NONNULL),
        false);
  }

  /**
   * Workers as numbers in the order of their first answers, which never changes; simulated people
   * are called so.
   */
  private Map<UUID, String> pseudonyms(UUID jobId) {
    record Worker(UUID workerId, boolean simulated) {}
    Map<UUID, String> names = new HashMap<>();
    jdbi.useHandle(
        h ->
            h.createQuery(
                    """
                    select worker_id, p.simulated from (
                      select worker_id, min(received_at) as first from labeling.answer
                      where job_id = :job group by worker_id) a
                    join workforce.person p on p.id = a.worker_id
                    order by first, worker_id
                    """)
                .bind("job", jobId)
                .map(Rows.mapper(Worker.class))
                .forEach(
                    one ->
                        names.put(
                            one.workerId(),
                            "%s-%03d"
                                .formatted(
                                    one.simulated() ? "simulated" : "worker", names.size() + 1))));
    return names;
  }

  private List<LabelRow> after(UUID jobId, int ordinal) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    LabelRepository.LABEL
                        + """
                        where job_id = :job and superseded_at is null and ordinal > :ordinal
                        order by ordinal limit :part
                        """)
                .bind("job", jobId)
                .bind("ordinal", ordinal)
                .bind("part", PART)
                .map(Rows.mapper(LabelRow.class))
                .list());
  }

  private Map<UUID, List<ItemLabel.GivenAnswer>> answers(
      UUID jobId, Collection<UUID> items, Map<UUID, String> pseudonyms) {
    Map<UUID, List<ItemLabel.GivenAnswer>> byItem = new HashMap<>();
    jdbi.useHandle(
        h ->
            h.createQuery(
                    """
                    select t.item_id, a.worker_id, a.class_indexes, a.received_at, a.active_millis
                    from labeling.task t join labeling.answer a on a.task_id = t.id
                      and a.undone_at is null and a.replaced_at is null
                    where t.job_id = :job and t.item_id = any(:items)
                    order by a.received_at, a.id
                    """)
                .bind("job", jobId)
                .bind("items", items.toArray(new UUID[0]))
                .map(Rows.mapper(Answered.class))
                .forEach(
                    answer ->
                        byItem
                            .computeIfAbsent(answer.itemId(), id -> new ArrayList<>())
                            .add(
                                new ItemLabel.GivenAnswer(
                                    pseudonyms.get(answer.workerId()),
                                    answer.classIndexes(),
                                    answer.receivedAt(),
                                    answer.activeMillis()))));
    return byItem;
  }

  private static ItemLabel label(LabelRow row, List<ItemLabel.GivenAnswer> answers) {
    List<ItemLabel.ClassConfidence> mentioned = new ArrayList<>();
    for (int at = 0; at < row.mentioned().length; at++) {
      mentioned.add(
          new ItemLabel.ClassConfidence(row.mentioned()[at], row.mentionedConfidences()[at]));
    }
    return new ItemLabel(
        row.itemId(),
        row.ordinal(),
        row.classIndexes(),
        row.source() == LabelOrigin.HUMAN ? ItemLabel.Source.HUMAN : ItemLabel.Source.MACHINE,
        row.confidence(),
        mentioned,
        row.answers(),
        row.round(),
        row.modelDigest(),
        row.createdAt(),
        answers);
  }

  private final class Parts implements Iterator<ItemLabel> {

    private final UUID jobId;
    private final boolean withAnswers;
    private final Map<UUID, String> pseudonyms;
    private final ArrayDeque<ItemLabel> part = new ArrayDeque<>(PART);
    private int ordinal = -1;
    private boolean ended;

    Parts(UUID jobId, boolean withAnswers, Map<UUID, String> pseudonyms) {
      this.jobId = jobId;
      this.withAnswers = withAnswers;
      this.pseudonyms = pseudonyms;
    }

    @Override
    public boolean hasNext() {
      if (part.isEmpty() && !ended) {
        List<LabelRow> rows = after(jobId, ordinal);
        ended = rows.size() < PART;
        Map<UUID, List<ItemLabel.GivenAnswer>> answers =
            withAnswers
                ? answers(jobId, rows.stream().map(LabelRow::itemId).toList(), pseudonyms)
                : Map.of();
        for (LabelRow row : rows) {
          ordinal = row.ordinal();
          part.add(label(row, answers.getOrDefault(row.itemId(), List.of())));
        }
      }
      return !part.isEmpty();
    }

    @Override
    public ItemLabel next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return part.poll();
    }
  }
}

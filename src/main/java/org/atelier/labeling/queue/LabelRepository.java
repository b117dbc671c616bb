package org.atelier.labeling.queue;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.atelier.labeling.MachineLabel;
import org.atelier.platform.Ids;
import org.jdbi.v3.core.Jdbi;

/** SQL on labels and suggestions. Every method runs in the caller's transaction. */
@Singleton
class LabelRepository {

  static final String LABEL =
      """
      select id, item_id, ordinal, class_indexes, mentioned, mentioned_confidences, source,
        confidence, answers, reason, round, model_digest, created_at
      from labeling.label
      """;
  static final String ANSWERED = "People answered it.";
  private static final int FETCH = 1000;

  private final Jdbi jdbi;

  LabelRepository(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  Optional<LabelRow> current(UUID jobId, UUID itemId) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    LABEL + "where job_id = :job and item_id = :item and superseded_at is null")
                .bind("job", jobId)
                .bind("item", itemId)
                .map(QueueRepository.mapper(LabelRow.class))
                .findOne());
  }

  /** Of the items those whose current label and whose decision by the person have the classes. */
  Set<UUID> decidedAlike(UUID jobId, UUID personId, Collection<UUID> itemIds, int[] classes) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select t.item_id from labeling.task t
                    join labeling.label l on l.job_id = t.job_id and l.item_id = t.item_id
                      and l.superseded_at is null and l.class_indexes = :classes
                    join labeling.answer a on a.task_id = t.id and a.worker_id = :person
                      and a.undone_at is null and a.replaced_at is null
                      and a.reason = 'DECIDED' and a.class_indexes = :classes
                    where t.job_id = :job and t.item_id = any(:items) and t.decided
                    """)
                .bind("job", jobId)
                .bind("person", personId)
                .bind("items", itemIds.toArray(new UUID[0]))
                .bind("classes", classes)
                .mapTo(UUID.class)
                .set());
  }

  /**
   * Writes a label that people made. Where a machine label of the item was being written at the
   * same moment, it is superseded.
   */
  void insert(UUID jobId, LabelRow label) {
    if (!insertIfNone(jobId, label)) {
      supersede(jobId, label.itemId(), LabelOrigin.MACHINE, ANSWERED, label.createdAt());
      if (!insertIfNone(jobId, label)) {
        throw new IllegalStateException("Item " + label.itemId() + " has a label by people.");
      }
    }
  }

  private boolean insertIfNone(UUID jobId, LabelRow label) {
    return jdbi.withHandle(
        h ->
            Rows.bind(
                        h.createUpdate(
                                """
                            insert into labeling.label (id, job_id, item_id, ordinal, class_indexes,
                              mentioned, mentioned_confidences, source, confidence, answers, reason, round,
                              model_digest, created_at)
                            values (:id, :job, :itemId, :ordinal, :classIndexes, :mentioned,
                              :mentionedConfidences, :source, :confidence, :answers, :reason, :round,
                              :modelDigest, :createdAt)
                            on conflict (job_id, item_id) where superseded_at is null do nothing
                            """)
                            .bind("job", jobId),
                        label)
                    .execute()
                == 1);
  }

  /** As {@link #insert} for the first label of a task's item; writes the task with it. */
  void insertWith(UUID jobId, LabelRow label, TaskRow task) {
    if (!insertIfNoneWith(jobId, label, task)) {
      insert(jobId, label);
    }
  }

  private boolean insertIfNoneWith(UUID jobId, LabelRow label, TaskRow task) {
    return jdbi.withHandle(
        h ->
            Rows.bind(
                    h.createQuery(
                            """
                            with made as (
                              insert into labeling.label (id, job_id, item_id, ordinal,
                                class_indexes, mentioned, mentioned_confidences, source,
                                confidence, answers, reason, round, model_digest, created_at)
                              values (:id, :job, :itemId, :ordinal, :classIndexes, :mentioned,
                                :mentionedConfidences, :source, :confidence, :answers, :reason,
                                :round, :modelDigest, :createdAt)
                              on conflict (job_id, item_id) where superseded_at is null do nothing
                              returning id
                            ), saved as (
                              update labeling.task set state = :taskState, required = :required,
                                taken = :taken, answered = :answered, declines = :declines
                              where id = :task)
                            select exists (select from made)
                            """)
                        .bind("job", jobId)
                        .bind("taskState", task.state())
                        .bind("required", task.required())
                        .bind("taken", task.taken())
                        .bind("answered", task.answered())
                        .bind("declines", task.declines())
                        .bind("task", task.id()),
                    label)
                .mapTo(Boolean.class)
                .one());
  }

  /** Ends the item's current label of the given origin, or of any when null. */
  int supersede(UUID jobId, UUID itemId, LabelOrigin origin, String why, Instant now) {
    return jdbi.withHandle(
        h ->
            h.createUpdate(
                    """
                    update labeling.label set superseded_at = :now, superseded_why = :why
                    where job_id = :job and item_id = :item and superseded_at is null
                      and (cast(:origin as text) is null or source = :origin)
                    """)
                .bind("now", now)
                .bind("why", why)
                .bind("job", jobId)
                .bind("item", itemId)
                .bind("origin", origin)
                .execute());
  }

  /**
   * Writes machine labels in one go: items with a current human label are left out, and so are
   * items whose current machine label says the same; other current machine labels are superseded.
   */
  int acceptMachine(
      UUID jobId,
      UUID datasetId,
      int round,
      String modelDigest,
      Collection<MachineLabel> labels,
      Instant now) {
    Columns columns = new Columns(labels);
    return jdbi.withHandle(
        h -> {
          h.execute(
              """
              create temporary table if not exists arriving_label (
                id uuid, item_id uuid, ordinal int, class_indexes int[], confidence float8)
              on commit delete rows
              """);
          h.execute("truncate arriving_label");
          h.createUpdate(
                  """
                  insert into arriving_label
                  select distinct on (i.id) a.id, i.id, i.ordinal,
                    cast(string_to_array(a.classes, ',') as int[]), a.confidence
                  from unnest(:ids, :items, :classes, :confidences) as
                    a (id, item, classes, confidence)
                  join dataset.item i on i.id = a.item and i.dataset_id = :dataset
                  left join labeling.label l on l.job_id = :job and l.item_id = i.id
                    and l.superseded_at is null
                  where (l.id is null or l.source = 'MACHINE')
                    and not exists (select from dataset.tombstone d where d.item_id = i.id)
                    and not (l.id is not null
                      and l.class_indexes = cast(string_to_array(a.classes, ',') as int[])
                      and l.confidence = a.confidence
                      and l.model_digest is not distinct from cast(:digest as text))
                  """)
              .bind("ids", columns.ids)
              .bind("items", columns.items)
              .bind("classes", columns.classes)
              .bind("confidences", columns.confidences)
              .bind("dataset", datasetId)
              .bind("job", jobId)
              .bind("digest", modelDigest)
              .execute();
          h.createUpdate(
                  """
                  update labeling.label l
                  set superseded_at = :now, superseded_why = 'A newer model labelled it.'
                  from arriving_label a
                  where l.job_id = :job and l.item_id = a.item_id and l.superseded_at is null
                    and l.source = 'MACHINE'
                  """)
              .bind("now", now)
              .bind("job", jobId)
              .execute();
          return h.createUpdate(
                  """
                  insert into labeling.label (id, job_id, item_id, ordinal, class_indexes,
                    mentioned, mentioned_confidences, source, confidence, answers, round,
                    model_digest, created_at)
                  select id, :job, item_id, ordinal, class_indexes, '{}', '{}', 'MACHINE',
                    confidence, 0, :round, :digest, :now
                  from arriving_label
                  on conflict (job_id, item_id) where superseded_at is null do nothing
                  """)
              .bind("job", jobId)
              .bind("round", round)
              .bind("digest", modelDigest)
              .bind("now", now)
              .execute();
        });
  }

  int withdrawMachine(UUID jobId, Collection<UUID> itemIds, String why, Instant now) {
    return jdbi.withHandle(
        h ->
            h.createUpdate(
                    """
                    update labeling.label set superseded_at = :now, superseded_why = :why
                    where job_id = :job and item_id = any(:items) and superseded_at is null
                      and source = 'MACHINE'
                    """)
                .bind("now", now)
                .bind("why", why)
                .bind("job", jobId)
                .bind("items", itemIds.toArray(new UUID[0]))
                .execute());
  }

  void suggest(UUID jobId, Collection<MachineLabel> suggestions) {
    Columns columns = new Columns(suggestions);
    jdbi.useHandle(
        h ->
            h.createUpdate(
                    """
                    insert into labeling.suggestion (job_id, item_id, class_indexes, confidence)
                    select distinct on (i.id) :job, i.id,
                      cast(string_to_array(a.classes, ',') as int[]), a.confidence
                    from unnest(:items, :classes, :confidences) as a (item, classes, confidence)
                    join labeling.task t on t.job_id = :job and t.item_id = a.item
                    join dataset.item i on i.id = a.item
                    on conflict (job_id, item_id) do update
                      set class_indexes = excluded.class_indexes, confidence = excluded.confidence
                    """)
                .bind("job", jobId)
                .bind("items", columns.items)
                .bind("classes", columns.classes)
                .bind("confidences", columns.confidences)
                .execute());
  }

  java.util.List<MachineLabel> suggestions(UUID jobId, Collection<UUID> itemIds) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select item_id, class_indexes as classes, confidence from labeling.suggestion
                    where job_id = :job and item_id = any(:items)
                    """)
                .bind("job", jobId)
                .bind("items", itemIds.toArray(new UUID[0]))
                .map(QueueRepository.mapper(MachineLabel.class))
                .list());
  }

  /** Streams current labels of one origin in order of ordinals. */
  void eachCurrent(UUID jobId, LabelOrigin origin, Consumer<LabelRow> each) {
    jdbi.useHandle(
        h -> {
          try (var rows =
              h.createQuery(
                      LABEL
                          + """
                          where job_id = :job and source = :origin and superseded_at is null
                          order by ordinal
                          """)
                  .bind("job", jobId)
                  .bind("origin", origin)
                  .setFetchSize(FETCH)
                  .map(QueueRepository.mapper(LabelRow.class))
                  .iterator()) {
            while (rows.hasNext()) {
              each.accept(rows.next());
            }
          }
        });
  }

  /** Machine labels taken apart for unnest; a set of classes travels as text. */
  private static final class Columns {

    private final UUID[] ids;
    private final UUID[] items;
    private final String[] classes;
    private final Double[] confidences;

    Columns(Collection<MachineLabel> labels) {
      ids = new UUID[labels.size()];
      items = new UUID[labels.size()];
      classes = new String[labels.size()];
      confidences = new Double[labels.size()];
      Iterator<MachineLabel> each = labels.iterator();
      for (int at = 0; at < ids.length; at++) {
        MachineLabel label = each.next();
        ids[at] = Ids.next();
        items[at] = label.itemId();
        classes[at] =
            java.util.Arrays.stream(label.classes())
                .mapToObj(Integer::toString)
                .collect(java.util.stream.Collectors.joining(","));
        confidences[at] = label.confidence();
      }
    }
  }
}

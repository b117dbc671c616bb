package org.atelier.labeling;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.atelier.dataset.ItemKind;
import org.atelier.labeling.queue.Rows;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;

/** SQL on a job and its settings. Every method runs in the caller's transaction. */
@Singleton
class JobRepository {

  private static final TypeReference<Map<String, Object>> OPTIONS = new TypeReference<>() {};

  private static final String COLUMNS =
      """
      select id, project_id, revision, state, state_reason, state_since, title, dataset_id,
        dataset_version, item_kind, items, task_type, instructions, answers_per_item, most_answers,
        method, submit_on_choice, show_suggestions, lease_seconds, grace_seconds, learning, target,
        scope, risk, batch_size, learning_options::text as learning_options, budget_answers,
        budget_rounds, answer_price, currency, seed, by_hand_reason, result_version, copied_from,
        created_by, created_at, started_at, finished_at
      from labeling.job
      """;

  private static final String SETTINGS =
      """
      title = :title, dataset_id = :dataset, dataset_version = :datasetVersion,
      item_kind = :itemKind, items = :items, task_type = :taskType, instructions = :instructions,
      class_count = :classCount, group_indexes = :groups, everyone = :everyone,
      answers_per_item = :perItem, most_answers = :most, method = :method,
      submit_on_choice = :submitOnChoice, show_suggestions = :showSuggestions,
      lease_seconds = :leaseSeconds, grace_seconds = :graceSeconds, learning = :learning,
      target = :target, scope = :scope, risk = :risk, batch_size = :batchSize,
      learning_options = cast(:options as jsonb), budget_answers = :budgetAnswers,
      budget_rounds = :budgetRounds, answer_price = :answerPrice, currency = :currency
      """;

  private final Jdbi jdbi;
  private final LabelSetRepository labelSets;
  private final ObjectMapper json;

  JobRepository(Jdbi jdbi, LabelSetRepository labelSets, ObjectMapper json) {
    this.jdbi = jdbi;
    this.labelSets = labelSets;
    this.json = json;
  }

  Optional<JobView> find(UUID jobId) {
    return find(jobId, "where id = :job");
  }

  /** Finds a job and keeps others from changing it until the transaction ends. */
  Optional<JobView> lock(UUID jobId) {
    return find(jobId, "where id = :job for no key update");
  }

  private Optional<JobView> find(UUID jobId, String condition) {
    return jdbi.withHandle(
        h ->
            h.createQuery(COLUMNS + condition)
                .bind("job", jobId)
                .map(Rows.mapper(StoredJob.class))
                .findOne()
                .map(this::view));
  }

  private JobView view(StoredJob job) {
    return new JobView(
        job.id(),
        job.projectId(),
        job.revision(),
        job.state(),
        job.stateReason(),
        job.stateSince(),
        settings(job),
        job.itemKind(),
        job.items(),
        job.seed(),
        job.byHandReason(),
        job.resultVersion(),
        job.copiedFrom(),
        job.createdBy(),
        job.createdAt(),
        job.startedAt(),
        job.finishedAt());
  }

  private JobSettings settings(StoredJob job) {
    return new JobSettings(
        job.title(),
        job.datasetId(),
        job.datasetVersion(),
        job.taskType(),
        labelSets.of(job.id()),
        job.instructions(),
        workers(job.id()),
        new JobSettings.Answering(
            job.answersPerItem(),
            job.mostAnswers(),
            job.method(),
            job.submitOnChoice(),
            job.showSuggestions(),
            job.leaseSeconds(),
            job.graceSeconds()),
        new JobSettings.Learning(
            job.learning(),
            job.target(),
            job.scope(),
            job.risk(),
            job.batchSize(),
            options(job.learningOptions())),
        new JobSettings.Budget(
            job.budgetAnswers(), job.budgetRounds(), job.answerPrice(), job.currency()));
  }

  private Set<UUID> workers(UUID jobId) {
    return Set.copyOf(
        jdbi.withHandle(
            h ->
                h.createQuery("select person_id from labeling.job_worker where job_id = :job")
                    .bind("job", jobId)
                    .mapTo(UUID.class)
                    .list()));
  }

  void insert(JobView job) {
    jdbi.useHandle(
        h -> {
          h.createUpdate(
                  """
                  insert into labeling.job (id, project_id, state, state_reason, state_since, title,
                    dataset_id, dataset_version, item_kind, items, task_type, instructions,
                    class_count, group_indexes, everyone, answers_per_item, most_answers, method,
                    submit_on_choice, show_suggestions, lease_seconds, grace_seconds, learning,
                    target, scope, risk, batch_size, learning_options, seed, copied_from,
                    created_by, created_at)
                  values (:id, :project, 'DRAFT', :reason, :now, :title, :dataset, :datasetVersion,
                    :itemKind, :items, :taskType, '', 1, '{}', true, 1, 1, '', false, false, 600,
                    10, false, 0.95, 'MACHINE', 0.05, 10, '{}', :seed, :copiedFrom, :createdBy,
                    :now)
                  """)
              .bind("id", job.id())
              .bind("project", job.projectId())
              .bind("reason", job.stateReason())
              .bind("now", job.createdAt())
              .bind("title", job.settings().title())
              .bind("dataset", job.settings().datasetId())
              .bind("datasetVersion", job.settings().datasetVersion())
              .bind("itemKind", job.itemKind())
              .bind("items", job.items())
              .bind("taskType", job.settings().taskType())
              .bind("seed", job.seed())
              .bind("copiedFrom", job.copiedFrom())
              .bind("createdBy", job.createdBy())
              .execute();
          write(job.id(), job.settings(), job.itemKind(), job.items(), true);
        });
  }

  /** Writes new settings and counts the revision up. */
  void change(UUID jobId, JobSettings settings, ItemKind kind, int items, boolean labels) {
    write(jobId, settings, kind, items, labels);
    update("update labeling.job set revision = revision + 1 where id = :job", jobId);
  }

  private void write(UUID jobId, JobSettings settings, ItemKind kind, int items, boolean labels) {
    jdbi.useHandle(
        h -> {
          var update = h.createUpdate("update labeling.job set " + SETTINGS + " where id = :job");
          bind(update.bind("job", jobId).bind("itemKind", kind).bind("items", items), settings)
              .execute();
        });
    if (labels) {
      labelSets.write(jobId, settings.labels());
    }
    update("delete from labeling.job_worker where job_id = :job", jobId);
    for (UUID worker : settings.workers()) {
      jdbi.useHandle(
          h ->
              h.createUpdate("insert into labeling.job_worker values (:job, :person)")
                  .bind("job", jobId)
                  .bind("person", worker)
                  .execute());
    }
  }

  private <S extends SqlStatement<S>> S bind(S update, JobSettings settings) {
    JobSettings.Answering answering = settings.answering();
    JobSettings.Learning learning = settings.learning();
    JobSettings.Budget budget = settings.budget();
    return update
        .bind("title", settings.title())
        .bind("dataset", settings.datasetId())
        .bind("datasetVersion", settings.datasetVersion())
        .bind("taskType", settings.taskType())
        .bind("instructions", settings.instructions())
        .bind("classCount", settings.labels().size())
        .bind("groups", groups(settings.labels()))
        .bind("everyone", settings.workers().isEmpty())
        .bind("perItem", answering.perItem())
        .bind("most", answering.most())
        .bind("method", answering.method())
        .bind("submitOnChoice", answering.submitOnChoice())
        .bind("showSuggestions", answering.showSuggestions())
        .bind("leaseSeconds", answering.leaseSeconds())
        .bind("graceSeconds", answering.graceSeconds())
        .bind("learning", learning.enabled())
        .bind("target", learning.target())
        .bind("scope", learning.scope())
        .bind("risk", learning.risk())
        .bind("batchSize", learning.batchSize())
        .bind("options", write(learning.options()))
        .bind("budgetAnswers", budget.answers())
        .bind("budgetRounds", budget.rounds())
        .bind("answerPrice", budget.answerPrice())
        .bind("currency", budget.currency());
  }

  private static int[] groups(List<LabelDefinition> labels) {
    return labels.stream()
        .filter(label -> label.parent() != null)
        .mapToInt(LabelDefinition::parent)
        .distinct()
        .sorted()
        .toArray();
  }

  void setState(UUID jobId, JobState state, String reason, Instant now) {
    jdbi.useHandle(
        h ->
            h.createUpdate(
                    """
                    update labeling.job set state = :state, state_reason = :reason,
                      state_since = :now, revision = revision + 1,
                      started_at = case when :state = 'RUNNING' then coalesce(started_at, cast(:now as timestamptz))
                        else started_at end,
                      finished_at = case when :state in ('COMPLETED', 'STOPPED')
                        then cast(:now as timestamptz) end
                    where id = :job
                    """)
                .bind("state", state)
                .bind("reason", reason)
                .bind("now", now)
                .bind("job", jobId)
                .execute());
  }

  /** What made a job fail, and where it was. */
  record Failure(JobState failedFrom, UUID failedWork) {}

  void setFailure(UUID jobId, Failure failure) {
    jdbi.useHandle(
        h ->
            h.createUpdate(
                    """
                    update labeling.job set failed_from = :from, failed_work = :work where id = :job
                    """)
                .bind("from", failure.failedFrom())
                .bind("work", failure.failedWork())
                .bind("job", jobId)
                .execute());
  }

  Failure failure(UUID jobId) {
    return jdbi.withHandle(
        h ->
            h.createQuery("select failed_from, failed_work from labeling.job where id = :job")
                .bind("job", jobId)
                .map(Rows.mapper(Failure.class))
                .one());
  }

  void setResult(UUID jobId, int version) {
    jdbi.useHandle(
        h ->
            h.createUpdate("update labeling.job set result_version = :version where id = :job")
                .bind("version", version)
                .bind("job", jobId)
                .execute());
  }

  void setVersion(UUID jobId, int version, int items) {
    jdbi.useHandle(
        h ->
            h.createUpdate(
                    """
                    update labeling.job set dataset_version = :version, items = :items,
                      revision = revision + 1
                    where id = :job
                    """)
                .bind("version", version)
                .bind("items", items)
                .bind("job", jobId)
                .execute());
  }

  void setByHand(UUID jobId, String why) {
    jdbi.useHandle(
        h ->
            h.createUpdate(
                    """
                    update labeling.job set by_hand_reason = :why, revision = revision + 1
                    where id = :job
                    """)
                .bind("why", why)
                .bind("job", jobId)
                .execute());
  }

  private void update(String sql, UUID jobId) {
    jdbi.useHandle(h -> h.createUpdate(sql).bind("job", jobId).execute());
  }

  private String write(Map<String, Object> options) {
    try {
      return json.writeValueAsString(options);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The options are no JSON", e);
    }
  }

  private Map<String, Object> options(String text) {
    try {
      return json.readValue(text, OPTIONS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Stored options are no JSON", e);
    }
  }
}

package org.atelier.labeling.queue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.atelier.labeling.JobEvents.LabelsConsolidated;
import org.atelier.labeling.TaskReason;
import org.atelier.labeling.WorkQueue;
import org.atelier.labeling.WorkQueue.Claim;
import org.atelier.labeling.WorkQueue.GivenAnswer;
import org.atelier.labeling.WorkQueue.LeasedTask;
import org.atelier.labeling.WorkQueue.Receipt;
import org.atelier.platform.Ids;
import org.jdbi.v3.core.Jdbi;

/** A project with people and texts, jobs on them, and the queue as the application builds it. */
final class QueueFixture {

  final ThreadTransactions transactions;
  final SettableClock clock = new SettableClock();
  final RecordedEvents<LabelsConsolidated> events = new RecordedEvents<>();
  final RecordedEvents<HandWorkDone> handWorkDone = new RecordedEvents<>();
  final UUID project = Ids.next();
  final UUID dataset = Ids.next();
  final List<UUID> items = new ArrayList<>();
  final TaskQueue queue;
  final QueueRepository repository;
  final LeaseRepository leases;
  final LabelRepository labels;
  final Bridge bridge;
  final JobQueue jobQueue;
  final Tally tally;
  final DeletedItems deletedItems;
  final AnswersUnderWay underWay;
  final AnswerBudget budget;
  final Notices notices;
  final OpenCounts openCounts;
  private final Jdbi jdbi;

  QueueFixture(javax.sql.DataSource source, int itemCount) {
    transactions = new ThreadTransactions(source);
    jdbi = transactions.jdbi();
    repository = new QueueRepository(jdbi);
    labels = new LabelRepository(jdbi);
    leases = new LeaseRepository(jdbi);
    AnswerRepository answers = new AnswerRepository(jdbi);
    tally = new Tally(jdbi);
    budget = new AnswerBudget(jdbi, tally);
    underWay = new AnswersUnderWay(jdbi);
    LabelNews news = new LabelNews(events, this::publish);
    openCounts = new OpenCounts(repository, tally, clock);
    Settlement settlement = new Settlement(repository, answers, labels, budget, news);
    HandQueue handQueue = new HandQueue(jdbi, budget, openCounts);
    StrandedTasks stranded = new StrandedTasks(jdbi, repository, settlement, new Workers(jdbi));
    HandWork handWork = new HandWork(jdbi, handQueue, budget, tally, repository, handWorkDone);
    deletedItems = new DeletedItems(jdbi, clock);
    notices =
        new Notices(
            jdbi,
            request -> Ids.next(),
            clock,
            org.eclipse.microprofile.config.ConfigProvider.getConfig());
    queue =
        new TaskQueue(
            repository,
            leases,
            new Leasing(
                repository, leases, labels, handQueue, openCounts, new ExpiredLeases(leases)),
            new Answering(repository, leases, answers, labels, settlement),
            settlement,
            openCounts,
            stranded,
            handWork,
            underWay,
            budget,
            clock);
    bridge =
        new Bridge(
            repository,
            leases,
            labels,
            new QueueCounts(jdbi, tally),
            new Reconsolidation(jdbi, repository, labels, news),
            new Decisions(repository, leases, answers, labels, news),
            budget,
            openCounts,
            new IdleLeases(repository),
            notices,
            stranded,
            handWork,
            clock);
    jobQueue =
        new JobQueue(
            jdbi,
            handQueue,
            openCounts,
            notices,
            handWork,
            repository,
            new Workers(jdbi),
            budget,
            underWay,
            new UnfinishedItems(jdbi, repository, settlement, clock),
            clock);
    transactions.in(
        () -> {
          projectWithItems(itemCount);
          return null;
        });
  }

  /** Writes to the outbox as the application does. */
  private void publish(UUID projectId, String type, UUID subjectId, Object payload) {
    update(
        """
        insert into platform.outbox (at, project_id, type, subject_id, payload)
        values (now(), :project, :type, :subject, to_jsonb(cast(:payload as text)))
        """,
        Map.of("project", projectId, "type", type, "subject", subjectId, "payload", "" + payload));
  }

  private void projectWithItems(int itemCount) {
    update(
        "insert into workforce.project (id, slug, name, created_at) values (:id, :slug, 'P',"
            + " now())",
        Map.of("id", project, "slug", "p-" + project.toString().substring(24)));
    update(
        """
        insert into dataset.dataset (id, project_id, name, kind, created_at, latest_version)
        values (:id, :project, 'texts', 'TEXT', now(), 1)
        """,
        Map.of("id", dataset, "project", project));
    update(
        """
        insert into dataset.dataset_version
          (dataset_id, number, digest, item_count, added, removed, labeled, note, created_at)
        values (:id, 1, '', :count, :count, 0, 0, '', now())
        """,
        Map.of("id", dataset, "count", itemCount));
    for (int at = 0; at < itemCount; at++) {
      items.add(Ids.next());
    }
    UUID[] ids = items.toArray(new UUID[0]);
    update(
        """
        insert into dataset.item
          (id, dataset_id, ordinal, external_id, kind, text, metadata, added_in, digest)
        select a.id, :dataset, a.n - 1, 'e' || a.n, 'TEXT', 'text ' || a.n, '{}', 1, ''
        from unnest(:ids) with ordinality a (id, n)
        """,
        Map.of("dataset", dataset, "ids", ids));
  }

  UUID labeler() {
    UUID person = Ids.next();
    transactions.in(
        () -> {
          update(
              """
              insert into workforce.person (id, email, display_name, created_at)
              values (:id, :email, 'Somebody', now())
              """,
              Map.of("id", person, "email", person + "@example.com"));
          update(
              """
              insert into workforce.project_member (project_id, person_id, role, since)
              values (:project, :person, 'LABELER', now())
              """,
              Map.of("project", project, "person", person));
          return null;
        });
    return person;
  }

  /** A running job with three labels. */
  UUID job(int perItem, int most, boolean multi, boolean byHand) {
    UUID job = Ids.next();
    transactions.in(
        () ->
            update(
"""
insert into labeling.job (id, project_id, state, state_since, title, dataset_id,
  dataset_version, item_kind, items, task_type, instructions, class_count,
  group_indexes, everyone, answers_per_item, most_answers, method,
  submit_on_choice, show_suggestions, lease_seconds, grace_seconds, learning,
  target, scope, risk, batch_size, learning_options, seed, next_ordinal, created_at)
values (:id, :project, 'RUNNING', now(), 'Job', :dataset, 1, 'TEXT', :items,
  cast(:type as text), '', 3, '{}', true, :per, :most, 'dawid-skene', true, true,
  600, 10, not :hand, 0.95, 'MACHINE', 0.05, 100, '{}', 1,
  case when :hand then 0 end, now())
""",
                Map.of(
                    "id",
                    job,
                    "project",
                    project,
                    "dataset",
                    dataset,
                    "items",
                    items.size(),
                    "type",
                    multi ? "MULTI" : "SINGLE",
                    "per",
                    perItem,
                    "most",
                    most,
                    "hand",
                    byHand)));
    return job;
  }

  /** Limits the answers of a job. */
  void budget(UUID job, int answers) {
    transactions.in(
        () ->
            update(
                "update labeling.job set budget_answers = :answers where id = :job",
                Map.of("answers", answers, "job", job)));
  }

  UUID job(int perItem, int most) {
    return job(perItem, most, false, false);
  }

  void ask(UUID job, int round, TaskReason reason, int from, int to) {
    transactions.in(() -> bridge.enqueue(job, round, reason, items.subList(from, to)));
  }

  Claim claim(UUID job, UUID person, int count) {
    return transactions.in(() -> queue.claim(project, job, person, count, List.of()));
  }

  LeasedTask claimOne(UUID job, UUID person) {
    return claim(job, person, 1).tasks().get(0);
  }

  Receipt answer(UUID job, UUID person, LeasedTask task, int... classes) {
    return answer(job, person, UUID.randomUUID(), task, classes);
  }

  Receipt answer(UUID job, UUID person, UUID key, LeasedTask task, int... classes) {
    GivenAnswer given = given(key, task, classes);
    return transactions.in(() -> queue.submit(project, job, person, given));
  }

  static GivenAnswer given(UUID key, LeasedTask task, int... classes) {
    return new GivenAnswer(
        key, task.lease(), task.task(), classes, 1200, Instant.parse("2026-11-23T07:59:00Z"));
  }

  /** Claims and answers the person's next task. */
  Receipt answerNext(UUID job, UUID person, int... classes) {
    return answer(job, person, claimOne(job, person), classes);
  }

  LabelRow label(UUID job, int item) {
    return transactions.in(() -> labels.current(job, items.get(item)).orElse(null));
  }

  long count(String sql, UUID job) {
    return transactions.in(
        () -> jdbi.withHandle(h -> h.createQuery(sql).bind("job", job).mapTo(Long.class).one()));
  }

  int update(String sql, Map<String, ?> bindings) {
    return jdbi.withHandle(h -> h.createUpdate(sql).bindMap(bindings).execute());
  }

  <T> T in(java.util.function.Supplier<T> body) {
    return transactions.in(body);
  }

  WorkQueue queue() {
    return queue;
  }
}

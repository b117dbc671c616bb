package org.atelier.operations;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.atelier.platform.Ids;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** One object of every kind that a route can name, in one project. */
final class ForeignObjects {

  private final Jdbi jdbi;
  private final UUID project;
  private final UUID person;
  private final Map<String, String> ids = new HashMap<>();

  ForeignObjects(Jdbi jdbi, UUID project, UUID person) {
    this.jdbi = jdbi;
    this.project = project;
    this.person = person;
  }

  /** Writes them and answers their ids by the names that routes use. */
  Map<String, String> write() {
    ids.put("person", person.toString());
    ids.put("number", "1");
    ids.put("name", "learning");
    ids.put("chart", "learning");
    ids.put("section", "learning");
    ids.put("token", Ids.next().toString());
    jdbi.useHandle(
        handle -> {
          dataset(handle);
          job(handle);
          others(handle);
        });
    return ids;
  }

  private void dataset(Handle handle) {
    UUID dataset = id("dataset");
    UUID item = id("item");
    String sha256 = "ab".repeat(32);
    ids.put("sha256", sha256);
    ids.put("digest", sha256);
    handle.execute(
        """
        insert into dataset.dataset (id, project_id, name, kind, created_at, latest_version,
          next_ordinal)
        values (?, ?, 'texts', 'TEXT', now(), 1, 1)
        """,
        dataset,
        project);
    handle.execute(
        """
        insert into dataset.dataset_version
          (dataset_id, number, digest, item_count, added, removed, labeled, note, created_at)
        values (?, 1, ?, 1, 1, 0, 0, '', now())
        """,
        dataset,
        "cd".repeat(32));
    handle.execute(
        """
        insert into dataset.item
          (id, dataset_id, ordinal, external_id, kind, text, metadata, added_in, digest)
        values (?, ?, 0, 'one', 'TEXT', 'a secret text', '{}', 1, '')
        """,
        item,
        dataset);
    handle.execute(
        """
        insert into dataset.import (id, project_id, dataset_id, spec, source_name, state,
          pending_version, first_ordinal, created_at, finished_at)
        values (?, ?, ?, '{}', 'secret.csv', 'DONE', 1, 0, now(), now())
        """,
        id("import"),
        project,
        dataset);
    UUID upload = id("upload");
    handle.execute(
        """
        insert into dataset.upload (id, project_id, created_by, created_at, touched_at)
        values (?, ?, ?, now(), now())
        """,
        upload,
        project,
        person);
    handle.execute(
        "insert into dataset.upload_file (upload_id, number, name, size) values (?, 0, 'a.csv', 1)",
        upload);
  }

  private void job(Handle handle) {
    UUID job = id("job");
    UUID task = id("task");
    UUID lease = id("lease");
    UUID item = UUID.fromString(ids.get("item"));
    handle.execute(
        """
        insert into labeling.job (id, project_id, state, state_since, title, dataset_id,
          dataset_version, item_kind, items, task_type, instructions, class_count, group_indexes,
          everyone, answers_per_item, most_answers, method, submit_on_choice, show_suggestions,
          lease_seconds, grace_seconds, learning, target, scope, risk, batch_size,
          learning_options, seed, created_at, started_at)
        values (?, ?, 'RUNNING', now(), 'Secret job', ?, 1, 'TEXT', 1, 'SINGLE', '', 2, '{}', true,
          1, 1, 'majority', true, false, 600, 10, true, 0.95, 'MACHINE', 0.05, 100, '{}', 1, now(),
          now())
        """,
        job,
        project,
        UUID.fromString(ids.get("dataset")));
    for (int index = 0; index < 2; index++) {
      handle.execute(
          "insert into labeling.job_label (job_id, index, name, examples) values (?, ?, ?, '{}')",
          job,
          index,
          "label " + index);
    }
    handle.execute(
        """
        insert into labeling.task (id, job_id, item_id, ordinal, round, reason, priority, state,
          needed, required, taken, answered)
        values (?, ?, ?, 0, 0, 'RANDOM_START', 50, 'SETTLED', 1, 1, 1, 1)
        """,
        task,
        job,
        item);
    handle.execute(
        """
        insert into labeling.lease (id, job_id, task_id, worker_id, state, leased_at, expires_at,
          ended_at)
        values (?, ?, ?, ?, 'ANSWERED', now(), now(), now())
        """,
        lease,
        job,
        task,
        person);
    handle.execute(
        """
        insert into labeling.answer (id, job_id, task_id, lease_id, worker_id, client_key,
          class_indexes, reason, active_millis, answered_at, received_at, surplus)
        values (?, ?, ?, ?, ?, ?, '{0}', 'RANDOM_START', 1, now(), now(), false)
        """,
        id("answer"), job, task, lease, person, Ids.next());
    handle.execute(
        """
        insert into labeling.question (id, job_id, task_id, item_id, asked_by, text, asked_at)
        values (?, ?, ?, ?, ?, 'A secret question?', now())
        """,
        id("question"),
        job,
        task,
        item,
        person);
  }

  private void others(Handle handle) {
    handle.execute(
        """
        insert into platform.work (id, project_id, kind, title, payload, submitted_at, state,
          finished_at, error)
        values (?, ?, 'secret', 'Secret work', '{}', now(), 'FAILED', now(), 'because')
        """,
        id("id"),
        project);
    handle.execute(
        """
        insert into learning.rehearsal (id, project_id, dataset_id, dataset_version, settings,
          refusal, work_id, created_by, created_at, finished_at)
        values (?, ?, ?, 1, '{}', 'no labels', ?, ?, now(), now())
        """,
        id("simulation"),
        project,
        UUID.fromString(ids.get("dataset")),
        UUID.fromString(ids.get("id")),
        person);
    handle.execute(
        """
        insert into dataset.picture_tombstone (project_id, sha256, reason, removed_at)
        values (?, ?, 'a secret reason', now())
        """,
        project,
        ids.get("sha256"));
  }

  private UUID id(String name) {
    UUID id = Ids.next();
    ids.put(name, id.toString());
    return id;
  }
}

package org.atelier.operations.load;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.atelier.platform.Ids;

/** A project with people, texts and jobs, written straight into the database. */
final class SeededQueue {

  static final String PASSWORD = "a password for the load";
  static final String SLUG = "load";

  private final DataSource source;
  private final UUID project = Ids.next();
  private final UUID dataset = Ids.next();
  private final int items;

  SeededQueue(DataSource source, int items) throws SQLException {
    this.source = source;
    this.items = items;
    execute(
        "insert into workforce.project (id, slug, name, created_at) values (?, ?, 'Load', now())",
        project,
        SLUG);
    execute(
        """
        insert into dataset.dataset (id, project_id, name, kind, created_at, latest_version,
          next_ordinal)
        values (?, ?, 'texts', 'TEXT', now(), 1, ?)
        """,
        dataset,
        project,
        items);
    execute(
        """
        insert into dataset.dataset_version
          (dataset_id, number, digest, item_count, added, removed, labeled, note, created_at)
        values (?, 1, '', ?, ?, 0, 0, '', now())
        """,
        dataset,
        items,
        items);
  }

  /** Writes the items with ordinals from (included) to (excluded). */
  void writeItems(int from, int to) throws SQLException {
    execute(
        """
        insert into dataset.item
          (id, dataset_id, ordinal, external_id, kind, text, metadata, added_in, digest)
        select gen_random_uuid(), ?, n, 'review-' || n, 'TEXT',
          'The sleeves of dress number ' || n || ' are long and the cloth is soft.',
          '{"brand": "Atelier"}', 1, sha256(cast('review-' || n as bytea))
        from generate_series(cast(? as int), cast(? as int) - 1) n
        """,
        dataset,
        from,
        to);
  }

  /** People of the project with one and the same password. */
  List<String> people(int count) throws SQLException {
    String hash =
        Password.hash(PASSWORD)
            .addRandomSalt(16)
            .with(Argon2Function.getInstance(19 * 1024, 2, 1, 32, Argon2.ID))
            .getResult();
    List<String> emails = new ArrayList<>();
    for (int at = 0; at < count; at++) {
      UUID person = Ids.next();
      String email = "labeler-" + at + "@example.com";
      execute(
          """
          insert into workforce.person (id, email, display_name, password_hash, created_at)
          values (?, ?, 'Labeler', ?, now())
          """,
          person,
          email,
          hash);
      execute(
          """
          insert into workforce.project_member (project_id, person_id, role, since)
          values (?, ?, 'LABELER', now())
          """,
          project,
          person);
      emails.add(email);
    }
    return emails;
  }

  UUID personId(String email) throws SQLException {
    try (Connection connection = source.getConnection();
        PreparedStatement query =
            connection.prepareStatement("select id from workforce.person where email = ?")) {
      query.setString(1, email);
      try (ResultSet rows = query.executeQuery()) {
        rows.next();
        return rows.getObject(1, UUID.class);
      }
    }
  }

  /** A running job whose first {@code tasks} items all wait for one answer. */
  UUID job(int tasks) throws SQLException {
    UUID job = Ids.next();
    execute(
        """
        insert into labeling.job (id, project_id, state, state_since, title, dataset_id,
          dataset_version, item_kind, items, task_type, instructions, class_count,
          group_indexes, everyone, answers_per_item, most_answers, method,
          submit_on_choice, show_suggestions, lease_seconds, grace_seconds, learning,
          target, scope, risk, batch_size, learning_options, seed, created_at, started_at)
        values (?, ?, 'RUNNING', now(), 'Load', ?, 1, 'TEXT', ?, 'SINGLE', '', 3, '{}', true, 1, 1,
          'majority', true, false, 600, 10, false, 0.95, 'MACHINE', 0.05, 100, '{}', 1, now(), now())
        """,
        job,
        project,
        dataset,
        tasks);
    for (int index = 0; index < 3; index++) {
      execute(
          "insert into labeling.job_label (job_id, index, name, examples) values (?, ?, ?, '{}')",
          job,
          index,
          List.of("keep", "return", "unsure").get(index));
    }
    execute(
        """
        insert into labeling.task
          (id, job_id, item_id, ordinal, round, reason, priority, state, needed, required)
        select gen_random_uuid(), ?, id, ordinal, 0, 'BY_HAND', 50, 'OPEN', 1, 1
        from dataset.item where dataset_id = ? and ordinal < ? order by ordinal
        """,
        job,
        dataset,
        tasks);
    return job;
  }

  /** What autovacuum does in its own time, so that it does not happen in the middle of a run. */
  void settle() throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("vacuum analyze labeling.task, labeling.lease, labeling.answer");
      statement.execute("vacuum analyze labeling.label, dataset.item, labeling.tally_change");
      statement.execute("checkpoint");
    }
  }

  /** One number about a job. */
  long count(String sql, UUID job) throws SQLException {
    try (Connection connection = source.getConnection();
        PreparedStatement query = connection.prepareStatement(sql)) {
      query.setObject(1, job);
      try (ResultSet rows = query.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  private void execute(String sql, Object... values) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement quick = connection.createStatement();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      quick.execute("set synchronous_commit = off");
      for (int at = 0; at < values.length; at++) {
        statement.setObject(at + 1, values[at]);
      }
      statement.executeUpdate();
    }
  }

  int items() {
    return items;
  }
}

package org.atelier.labeling.queue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.atelier.platform.Ids;

/**
 * The queue's claim statement and the writes of a submit on a bare JDBC connection, without
 * anything around them: what the database alone can do. For jobs with one answer per item.
 */
public final class RawStatements implements AutoCloseable {

  private static final Pattern NAME = Pattern.compile("(?<!:):([a-z]+)");

  private final Connection connection;
  private final PreparedStatement claim;
  private final List<String> claimNames = new ArrayList<>();
  private final PreparedStatement lock;
  private final PreparedStatement answer;
  private final PreparedStatement lease;
  private final PreparedStatement label;
  private final PreparedStatement task;
  private final PreparedStatement event;

  /** A lease as the claim returns it. */
  public record Held(UUID lease, UUID task) {}

  public RawStatements(Connection connection) throws SQLException {
    this.connection = connection;
    connection.setAutoCommit(false);
    Matcher matcher = NAME.matcher(LeaseRepository.CLAIM);
    while (matcher.find()) {
      claimNames.add(matcher.group(1));
    }
    claim = connection.prepareStatement(matcher.replaceAll("?"));
    lock =
        connection.prepareStatement(
            "select item_id, ordinal from labeling.task where id = ? for update");
    answer =
        connection.prepareStatement(
            """
            insert into labeling.answer (id, job_id, task_id, lease_id, worker_id, client_key,
              class_indexes, reason, active_millis, answered_at, received_at, surplus)
            values (?, ?, ?, ?, ?, ?, '{1}', 'BY_HAND', 1200, ?, ?, false)
            on conflict (worker_id, client_key) do nothing
            """);
    lease =
        connection.prepareStatement(
            "update labeling.lease set state = 'ANSWERED', ended_at = ? where id = ?");
    label =
        connection.prepareStatement(
            """
            insert into labeling.label (id, job_id, item_id, ordinal, class_indexes, mentioned,
              mentioned_confidences, source, confidence, answers, reason, round, created_at)
            values (?, ?, ?, ?, '{1}', '{}', '{}', 'HUMAN', 0, 1, 'BY_HAND', 0, ?)
            """);
    task =
        connection.prepareStatement(
            "update labeling.task set state = 'SETTLED', answered = 1 where id = ?");
    event =
        connection.prepareStatement(
            """
            insert into platform.outbox (at, project_id, type, subject_id, payload)
            select ?, project_id, 'labels-consolidated', id, '{"count": 1}'
            from labeling.job where id = ?
            """);
  }

  /** Claims up to {@code count} tasks in a transaction of its own. */
  public List<Held> claim(UUID job, UUID worker, int count) throws SQLException {
    Instant now = Instant.now();
    UUID[] ids = new UUID[count];
    Arrays.setAll(ids, at -> Ids.next());
    for (int at = 0; at < claimNames.size(); at++) {
      Object value =
          switch (claimNames.get(at)) {
            case "job" -> job;
            case "worker" -> worker;
            case "count" -> count;
            case "now" -> Timestamp.from(now);
            case "until" -> Timestamp.from(now.plusSeconds(600));
            case "ids" -> connection.createArrayOf("uuid", ids);
            default -> throw new IllegalStateException("Unknown name " + claimNames.get(at));
          };
      claim.setObject(at + 1, value);
    }
    List<Held> held = new ArrayList<>();
    try (ResultSet rows = claim.executeQuery()) {
      while (rows.next()) {
        held.add(new Held(rows.getObject(1, UUID.class), rows.getObject(2, UUID.class)));
      }
    }
    connection.commit();
    return held;
  }

  /** Keeps an answer, the label it makes and the event that tells of it, in one transaction. */
  public void submit(UUID job, UUID worker, Held held) throws SQLException {
    Timestamp now = Timestamp.from(Instant.now());
    lock.setObject(1, held.task());
    UUID item;
    int ordinal;
    try (ResultSet rows = lock.executeQuery()) {
      rows.next();
      item = rows.getObject(1, UUID.class);
      ordinal = rows.getInt(2);
    }
    Object[] given = {
      Ids.next(), job, held.task(), held.lease(), worker, UUID.randomUUID(), now, now
    };
    run(answer, given);
    run(lease, now, held.lease());
    run(label, Ids.next(), job, item, ordinal, now);
    run(task, held.task());
    run(event, now, job);
    connection.commit();
  }

  private static void run(PreparedStatement statement, Object... values) throws SQLException {
    for (int at = 0; at < values.length; at++) {
      statement.setObject(at + 1, values[at]);
    }
    statement.executeUpdate();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}

package org.atelier.labeling.queue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.CMTTransactionHandler;
import org.jdbi.v3.jackson2.Jackson2Config;
import org.jdbi.v3.jackson2.Jackson2Plugin;
import org.jdbi.v3.postgres.PostgresPlugin;

/**
 * Transactions bound to the thread, as the container gives them: all handles inside {@link #in}
 * share one connection and end together.
 */
final class ThreadTransactions {

  private final DataSource source;
  private final ThreadLocal<Connection> current = new ThreadLocal<>();
  private final ConcurrentLinkedQueue<Connection> idle = new ConcurrentLinkedQueue<>();
  private final Jdbi jdbi;

  ThreadTransactions(DataSource source) {
    this.source = source;
    this.jdbi =
        Jdbi.create(
            new ConnectionFactory() {
              @Override
              public Connection openConnection() throws SQLException {
                return current.get() == null ? source.getConnection() : current.get();
              }

              @Override
              public void closeConnection(Connection connection) throws SQLException {
                if (connection != current.get()) {
                  connection.close();
                }
              }
            });
    jdbi.setTransactionHandler(new CMTTransactionHandler());
    jdbi.installPlugin(new PostgresPlugin());
    jdbi.installPlugin(new Jackson2Plugin());
    jdbi.getConfig(Jackson2Config.class)
        .setMapper(
            new ObjectMapper()
                .registerModule(new JavaTimeModule())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS));
  }

  Jdbi jdbi() {
    return jdbi;
  }

  /** Runs and commits, or rolls back when it throws. */
  <T> T in(Supplier<T> body) {
    return run(body, true);
  }

  /** Runs and rolls back, as if the process had died before the commit. */
  <T> T thatDies(Supplier<T> body) {
    return run(body, false);
  }

  private <T> T run(Supplier<T> body, boolean commit) {
    try {
      Connection connection = idle.poll();
      if (connection == null) {
        connection = source.getConnection();
        connection.setAutoCommit(false);
      }
      current.set(connection);
      boolean done = false;
      try {
        T result = body.get();
        done = true;
        return result;
      } finally {
        current.remove();
        if (done && commit) {
          connection.commit();
        } else {
          connection.rollback();
        }
        idle.add(connection);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  void close() {
    idle.forEach(
        connection -> {
          try {
            connection.close();
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        });
  }
}

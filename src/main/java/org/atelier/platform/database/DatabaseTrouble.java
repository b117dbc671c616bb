package org.atelier.platform.database;

import java.sql.SQLException;
import org.jdbi.v3.core.ConnectionException;

/**
 * Tells trouble of the database itself from statements that are wrong: what failed because the
 * database was away can succeed unchanged once it is back.
 */
public final class DatabaseTrouble {

  /** SQLSTATEs of PostgreSQL. */
  private static final String DISK_FULL = "53100";

  /** One statement is larger than the server allows: it would fail for ever. */
  private static final String LIMIT_EXCEEDED = "53400";

  /** The database exists but takes no connections now. */
  private static final String NOT_READY = "55000";

  private DatabaseTrouble() {}

  /** Whether the database could not be reached, was stopping or starting, or had no room. */
  public static boolean isAway(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof ConnectionException || t instanceof SQLException sql && isAway(sql)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the database had no room on its disk. */
  public static boolean isFull(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof SQLException sql && DISK_FULL.equals(sql.getSQLState())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAway(SQLException failure) {
    String state = failure.getSQLState();
    if (state == null) {
      // The pool gives no SQLSTATE when no connection became free in time.
      return String.valueOf(failure.getMessage()).contains("timeout");
    }
    return state.startsWith("08")
        || state.startsWith("57P")
        || state.startsWith("53") && !state.equals(LIMIT_EXCEEDED)
        || state.equals(NOT_READY);
  }
}

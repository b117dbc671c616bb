package org.atelier.platform.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class DatabaseTroubleFilterTest {

  private Instant now = Instant.EPOCH;
  private final DatabaseTroubleFilter filter =
      new DatabaseTroubleFilter(
          new Clock() {
            @Override
            public ZoneId getZone() {
              return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
              return this;
            }

            @Override
            public Instant instant() {
              return now;
            }
          });

  @Test
  void aDatabaseThatIsAwayIsToldInOneLineAndNotEverySecond() {
    LogRecord first = line("scheduler", "Failed to poll", away());
    assertTrue(filter.isLoggable(first));
    assertEquals("Connection refused", first.getThrown().toString());
    assertEquals(0, first.getThrown().getStackTrace().length);
    now = now.plusSeconds(9);
    assertFalse(filter.isLoggable(line("scheduler", "Failed to poll", away())));
    assertTrue(filter.isLoggable(line("another", "Lost", away())), "another logger tells its own");
    now = now.plusSeconds(2);
    assertTrue(filter.isLoggable(line("scheduler", "Failed to poll", away())));
  }

  @Test
  void everythingElseKeepsItsStack() {
    SQLException wrong = new SQLException("syntax error", "42601");
    for (int i = 0; i < 3; i++) {
      LogRecord line = line("scheduler", "Failed", wrong);
      assertTrue(filter.isLoggable(line));
      assertSame(wrong, line.getThrown());
      assertTrue(filter.isLoggable(line("scheduler", "All is well", null)));
    }
  }

  private static Throwable away() {
    return new IllegalStateException(
        new SQLException(
            "Connection lost", "08001", new java.io.IOException("Connection refused")));
  }

  private static LogRecord line(String logger, String message, Throwable thrown) {
    LogRecord line = new LogRecord(Level.SEVERE, message);
    line.setLoggerName(logger);
    line.setThrown(thrown);
    return line;
  }
}

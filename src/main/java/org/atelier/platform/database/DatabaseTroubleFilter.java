package org.atelier.platform.database;

import io.quarkus.logging.LoggingFilter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/**
 * Tells in one line, at most every ten seconds for each logger, that the database is away: what
 * polls it would otherwise write a stack every second until it is back.
 */
@LoggingFilter(name = "database-trouble")
public final class DatabaseTroubleFilter implements Filter {

  private static final Duration QUIET = Duration.ofSeconds(10);

  private final Clock clock;
  private final Map<String, Instant> told = new ConcurrentHashMap<>();

  public DatabaseTroubleFilter() {
    this(Clock.systemUTC());
  }

  DatabaseTroubleFilter(Clock clock) {
    this.clock = clock;
  }

  @Override
  public boolean isLoggable(LogRecord line) {
    Throwable thrown = line.getThrown();
    if (thrown == null || !DatabaseTrouble.isAway(thrown)) {
      return true;
    }
    Instant now = clock.instant();
    String logger = String.valueOf(line.getLoggerName());
    Instant last = told.get(logger);
    if (last != null && last.plus(QUIET).isAfter(now)) {
      return false;
    }
    told.put(logger, now);
    line.setThrown(new Brief(cause(thrown)));
    return true;
  }

  private static Throwable cause(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** What happened, without where. */
  private static final class Brief extends Exception {
    private static final long serialVersionUID = 1;

    Brief(Throwable cause) {
      super(String.valueOf(cause.getMessage()).lines().findFirst().orElse(""), null, false, false);
    }

    @Override
    public String toString() {
      return getMessage();
    }
  }
}

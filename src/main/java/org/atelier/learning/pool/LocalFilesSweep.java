package org.atelier.learning.pool;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Set;
import org.atelier.platform.work.DailyTask;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/**
 * Removes local files that nobody needs: at the start and once a day. A copy whose object no row
 * names any more may hold what somebody wanted erased.
 */
@Singleton
class LocalFilesSweep implements DailyTask {

  private static final Logger LOG = Logger.getLogger(LocalFilesSweep.class);
  private static final Duration MADE_WITHIN = Duration.ofDays(1);

  private final LocalFiles files;
  private final PoolRepository repository;
  private final Clock clock;

  LocalFilesSweep(LocalFiles files, Jdbi jdbi, Clock clock) {
    this.files = files;
    this.repository = new PoolRepository(jdbi);
    this.clock = clock;
  }

  void started(@Observes StartupEvent start) {
    try {
      run();
    } catch (RuntimeException e) {
      LOG.warn("Local copies of features could not be looked through", e);
    }
  }

  @Override
  public String name() {
    return "remove-old-feature-copies";
  }

  @Override
  public LocalTime at() {
    return LocalTime.of(3, 40);
  }

  @Override
  public void run() {
    try {
      files.dropLeftOver(clock.instant().minus(MADE_WITHIN));
      Set<String> copies = files.copies();
      copies.removeAll(repository.named(copies));
      copies.forEach(files::drop);
    } catch (IOException e) {
      throw new UncheckedIOException("Local copies of features cannot be removed", e);
    }
  }
}

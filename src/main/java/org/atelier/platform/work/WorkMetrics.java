package org.atelier.platform.work;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.atelier.platform.SlowNumber;
import org.jdbi.v3.core.Jdbi;

/** How much machine work runs, for monitoring. */
@Singleton
class WorkMetrics {

  private final WorkService work;
  private final MeterRegistry registry;
  private final Jdbi jdbi;

  WorkMetrics(WorkService work, MeterRegistry registry, Jdbi jdbi) {
    this.work = work;
    this.registry = registry;
    this.jdbi = jdbi;
  }

  void register(@Observes StartupEvent started) {
    Gauge.builder("atelier.work.running", work, WorkService::runningHere)
        .description("Pieces of background work running in this process")
        .register(registry);
    SlowNumber unfinished = new SlowNumber(this::unfinished, Duration.ofSeconds(15));
    Gauge.builder("atelier.work.unfinished", unfinished, SlowNumber::getAsDouble)
        .description("Pieces of background work that wait or run, in all processes")
        .strongReference(true)
        .register(registry);
  }

  private double unfinished() {
    String sql = "select count(*) from platform.work where state in ('QUEUED', 'RUNNING')";
    return jdbi.withHandle(h -> h.createQuery(sql).mapTo(Double.class).one());
  }
}

package org.atelier.platform.work;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.atelier.platform.SlowNumber;

/** How much machine work runs, for monitoring. */
@Singleton
class WorkMetrics {

  private final WorkService work;
  private final MeterRegistry registry;

  WorkMetrics(WorkService work, MeterRegistry registry) {
    this.work = work;
    this.registry = registry;
  }

  void register(@Observes StartupEvent started) {
    Gauge.builder("atelier.work.running", work, WorkService::runningHere)
        .description("Pieces of background work running in this process")
        .register(registry);
    SlowNumber unfinished =
        new SlowNumber(() -> work.countUnfinished(List.of(), true), Duration.ofSeconds(15));
    Gauge.builder("atelier.work.unfinished", unfinished, SlowNumber::getAsDouble)
        .description("Pieces of background work that wait or run, in all processes")
        .strongReference(true)
        .register(registry);
  }
}

package org.atelier.learning.loop;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.atelier.platform.SlowNumber;
import org.jdbi.v3.core.Jdbi;

/** The learning loops for monitoring: how many are in which phase. */
@Singleton
class LoopMetrics {

  private static final Duration KEEP = Duration.ofSeconds(15);
  private static final String[] PHASES = {
    "PREPARING", "STARTING", "ASKING", "AUDITING", "WATCHING", "BY_HAND"
  };

  private final Jdbi jdbi;
  private final MeterRegistry registry;

  LoopMetrics(Jdbi jdbi, MeterRegistry registry) {
    this.jdbi = jdbi;
    this.registry = registry;
  }

  void register(@Observes StartupEvent started) {
    for (String phase : PHASES) {
      SlowNumber number = new SlowNumber(() -> count(phase), KEEP);
      Gauge.builder("atelier.learning.jobs", number, SlowNumber::getAsDouble)
          .tag("phase", phase.toLowerCase(java.util.Locale.ROOT))
          .description("Jobs whose learning loop is in a phase")
          .strongReference(true)
          .register(registry);
    }
  }

  private double count(String phase) {
    return jdbi.withHandle(
        h ->
            h.createQuery("select count(*) from learning.learner where running and phase = :phase")
                .bind("phase", phase)
                .mapTo(Double.class)
                .one());
  }
}

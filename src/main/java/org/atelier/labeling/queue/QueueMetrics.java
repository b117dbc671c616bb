package org.atelier.labeling.queue;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.atelier.labeling.JobEvents.LabelsConsolidated;
import org.atelier.platform.SlowNumber;
import org.jdbi.v3.core.Jdbi;

/**
 * The queues for monitoring. Claims and submits are timed by the HTTP metrics of their addresses.
 */
@Singleton
class QueueMetrics {

  private static final Duration KEEP = Duration.ofSeconds(15);

  private final Jdbi jdbi;
  private final MeterRegistry registry;

  QueueMetrics(Jdbi jdbi, MeterRegistry registry) {
    this.jdbi = jdbi;
    this.registry = registry;
  }

  void register(@Observes StartupEvent started) {
    gauge("atelier.jobs.running", "Labeling jobs that run", this::running);
    gauge(
        "atelier.queue.open",
        "Tasks with a free slot in running jobs, at most 10,001 of each",
        this::open);
    gauge("atelier.queue.leased", "Tasks in somebody's hands", this::leased);
  }

  void consolidated(@Observes(during = TransactionPhase.AFTER_SUCCESS) LabelsConsolidated event) {
    registry.counter("atelier.labels.consolidated").increment(event.count());
  }

  private void gauge(String name, String description, java.util.function.DoubleSupplier source) {
    SlowNumber number = new SlowNumber(source, KEEP);
    Gauge.builder(name, number, SlowNumber::getAsDouble)
        .description(description)
        .strongReference(true)
        .register(registry);
  }

  private double running() {
    return number("select count(*) from labeling.job where state = 'RUNNING'");
  }

  private double open() {
    return number(
        """
        select coalesce(sum(waiting.open), 0) from labeling.job j cross join lateral (
          select count(*) as open from (
            select from labeling.task t
            where t.job_id = j.id and t.state = 'OPEN' and t.taken < t.required
            limit 10001) as free) as waiting
        where j.state = 'RUNNING'
        """);
  }

  private double leased() {
    return number(
        """
        select coalesce(sum(held.leases), 0) from labeling.job j cross join lateral (
          select count(*) as leases from labeling.lease l
          where l.job_id = j.id and l.state = 'ACTIVE') as held
        where j.state in ('RUNNING', 'PAUSED')
        """);
  }

  private double number(String sql) {
    return jdbi.withHandle(h -> h.createQuery(sql).mapTo(Double.class).one());
  }
}

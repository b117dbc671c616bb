package org.atelier.labeling.queue;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.atelier.labeling.PeopleAgreement;
import org.jboss.logging.Logger;

/** Remembers how far people agree, and has it found out anew one job after the other. */
@ApplicationScoped
class Agreements implements PeopleAgreement {

  static final Duration FRESH = Duration.ofSeconds(30);

  /** While there is nothing to count, which costs next to nothing. */
  static final Duration FRESH_NOTHING = Duration.ofSeconds(3);

  private static final Logger LOG = Logger.getLogger(Agreements.class);
  private static final int MOST_REMEMBERED = 200;
  private static final int MOST_WAITING = 20;

  private final AgreementReader reader;
  private final Clock clock;
  private final Executor executor;
  private final Map<UUID, Known> known = new LinkedHashMap<>(16, 0.75f, true);

  /** Jobs that wait or are looked at; guarded by {@link #known}. */
  private final Set<UUID> busy = new HashSet<>();

  private record Known(Found found, Instant at) {

    boolean isFresh(Instant now) {
      boolean nothing = found == null || found.items() == 0;
      return now.isBefore(at.plus(nothing ? FRESH_NOTHING : FRESH));
    }
  }

  @Inject
  Agreements(AgreementReader reader, Clock clock) {
    this(
        reader,
        clock,
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "agreement");
              thread.setDaemon(true);
              return thread;
            }));
  }

  Agreements(AgreementReader reader, Clock clock, Executor executor) {
    this.reader = reader;
    this.clock = clock;
    this.executor = executor;
  }

  @PreDestroy
  void stop() {
    if (executor instanceof ExecutorService service) {
      service.shutdownNow();
    }
  }

  @Override
  public Optional<Found> of(UUID jobId) {
    Known earlier;
    boolean due;
    synchronized (known) {
      earlier = known.get(jobId);
      due =
          (earlier == null || !earlier.isFresh(clock.instant()))
              && busy.size() < MOST_WAITING
              && busy.add(jobId);
    }
    if (due) {
      findOut(jobId);
      synchronized (known) {
        earlier = known.get(jobId);
      }
    }
    return Optional.ofNullable(earlier).map(Known::found);
  }

  private void findOut(UUID jobId) {
    try {
      executor.execute(() -> remember(jobId));
    } catch (RejectedExecutionException e) {
      forget(jobId);
    }
  }

  private void remember(UUID jobId) {
    try {
      Found found = reader.read(jobId);
      synchronized (known) {
        known.put(jobId, new Known(found, clock.instant()));
        if (known.size() > MOST_REMEMBERED) {
          known.remove(known.keySet().iterator().next());
        }
      }
    } catch (RuntimeException e) {
      LOG.warnf(e, "How far people agree in job %s cannot be found out now", jobId);
    } finally {
      forget(jobId);
    }
  }

  private void forget(UUID jobId) {
    synchronized (known) {
      busy.remove(jobId);
    }
  }
}

package org.atelier.labeling.queue;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.atelier.labeling.consolidation.TooManyNumbersException;
import org.atelier.labeling.consolidation.WorkerSkill;
import org.jdbi.v3.core.Jdbi;

/**
 * How good the people of a job are. Finding out takes all answers of the job, so it is done at most
 * once a minute, and when nobody answered since, at most every quarter of an hour. Nobody waits for
 * somebody else's finding out: what is known already is the answer.
 */
@Singleton
class Skills {

  static final Duration FRESH = Duration.ofMinutes(1);
  static final Duration FRESH_UNCHANGED = Duration.ofMinutes(15);

  /** Jobs found out about at once: each has all its answers in memory and holds a connection. */
  static final int AT_ONCE = 2;

  /** Jobs that are remembered, those looked at last. */
  static final int MOST = 100;

  private final Jdbi jdbi;
  private final Reconsolidation reconsolidation;
  private final Clock clock;
  private final Map<UUID, Known> known = new LinkedHashMap<>(16, 0.75f, true);

  /** Jobs about which somebody is finding out; guarded by {@link #known}. */
  private final Set<UUID> busy = new HashSet<>();

  Skills(Jdbi jdbi, Reconsolidation reconsolidation, Clock clock) {
    this.jdbi = jdbi;
    this.reconsolidation = reconsolidation;
    this.clock = clock;
  }

  /** Tells whether answers came, changed or went: how many there are, and when the last came. */
  record Answers(long count, Instant last) {}

  private record Known(Answers answers, Instant at, Map<UUID, WorkerSkill> skills) {

    boolean isFresh(Answers now, Instant time) {
      return time.isBefore(at.plus(answers.equals(now) ? FRESH_UNCHANGED : FRESH));
    }
  }

  /**
   * The skills by person; nobody's where no item has a second answer to compare with, or while
   * somebody else is finding out for the first time, and where the method cannot do with so many
   * people and labels.
   */
  Map<UUID, WorkerSkill> of(QueueJob job, Answers answers) {
    Instant now = clock.instant();
    synchronized (known) {
      Known earlier = known.get(job.id());
      if (earlier != null && earlier.isFresh(answers, now)) {
        return earlier.skills();
      }
      if (busy.contains(job.id()) || busy.size() >= AT_ONCE) {
        return earlier == null ? Map.of() : earlier.skills();
      }
      busy.add(job.id());
    }
    try {
      Map<UUID, WorkerSkill> skills = hasSecondAnswers(job) ? found(job) : Map.of();
      remember(job.id(), new Known(answers, now, skills));
      return skills;
    } finally {
      synchronized (known) {
        busy.remove(job.id());
      }
    }
  }

  private Map<UUID, WorkerSkill> found(QueueJob job) {
    try {
      return Map.copyOf(reconsolidation.skills(job));
    } catch (TooManyNumbersException e) {
      return Map.of();
    }
  }

  private void remember(UUID jobId, Known found) {
    synchronized (known) {
      known.put(jobId, found);
      if (known.size() > MOST) {
        known.remove(known.keySet().iterator().next());
      }
    }
  }

  private boolean hasSecondAnswers(QueueJob job) {
    return job.mostAnswers() > 1
        || job.repeatShare() > 0
        || jdbi.withHandle(
            h ->
                h.createQuery(
                        """
                        select exists (select from labeling.task
                          where job_id = :job and state = 'SETTLED' and answered > 1)
                        """)
                    .bind("job", job.id())
                    .mapTo(Boolean.class)
                    .one());
  }
}

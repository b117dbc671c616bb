package org.atelier.labeling.queue;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.atelier.labeling.consolidation.WorkerSkill;
import org.jdbi.v3.core.Jdbi;

/**
 * How good the people of a job are. Finding out takes all answers of the job, so it is done at most
 * once a minute, and when nobody answered since, at most every quarter of an hour.
 */
@Singleton
class Skills {

  static final Duration FRESH = Duration.ofMinutes(1);
  static final Duration FRESH_UNCHANGED = Duration.ofMinutes(15);

  /** Jobs that are remembered, those looked at last. */
  static final int MOST = 100;

  private final Jdbi jdbi;
  private final Reconsolidation reconsolidation;
  private final Clock clock;
  private final Map<UUID, Known> known = new LinkedHashMap<>(16, 0.75f, true);

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

  /** The skills by person; nobody's where no item has a second answer to compare with. */
  Map<UUID, WorkerSkill> of(QueueJob job, Answers answers) {
    // One at a time: each holds all answers of its job in memory.
    synchronized (known) {
      Instant now = clock.instant();
      Known earlier = known.get(job.id());
      if (earlier != null && earlier.isFresh(answers, now)) {
        return earlier.skills();
      }
      Map<UUID, WorkerSkill> skills =
          hasSecondAnswers(job) ? Map.copyOf(reconsolidation.skills(job)) : Map.of();
      known.put(job.id(), new Known(answers, now, skills));
      if (known.size() > MOST) {
        known.remove(known.keySet().iterator().next());
      }
      return skills;
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

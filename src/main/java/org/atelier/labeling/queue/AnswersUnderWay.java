package org.atelier.labeling.queue;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/**
 * Knows which transactions are taking an answer of a job, in this process and in others, so that
 * whoever reads the labels of a job that is completing can wait for those that began while it still
 * ran.
 */
@Singleton
class AnswersUnderWay {

  private static final String KEY = "(hashtextextended('answers ' || cast(:job as text), 0))";

  private final Jdbi jdbi;

  AnswersUnderWay(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * The caller's transaction takes, changes or declines an answer. To be called before the job's
   * state is read.
   */
  void begin(UUID jobId) {
    lock("select pg_advisory_xact_lock_shared" + KEY, jobId);
  }

  /**
   * Waits for all that have begun. To be called in a transaction that holds nothing else, once the
   * state that those who come later shall see is committed.
   */
  void await(UUID jobId) {
    lock("select pg_advisory_xact_lock" + KEY, jobId);
  }

  private void lock(String sql, UUID jobId) {
    jdbi.useHandle(h -> h.createQuery(sql).bind("job", jobId).mapTo(String.class).list());
  }
}

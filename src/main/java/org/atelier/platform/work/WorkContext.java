package org.atelier.platform.work;

import java.util.Optional;
import java.util.UUID;

/** What a handler knows of its work and how it reports back. */
public interface WorkContext {

  UUID workId();

  UUID projectId();

  UUID subjectId();

  /** The payload given at submission, read as the given type. */
  <T> T payload(Class<T> type);

  /**
   * Tells how far the work is; cheap, may be called for every item.
   *
   * @param phase short present participle shown to people: {@code Reading pictures}
   * @param total 0 when not known yet
   */
  void progress(String phase, long done, long total);

  /** Adds a line to the work's log. */
  void log(String line);

  /**
   * @throws CancelledWorkException when a person asked to cancel or the application is stopping
   */
  void checkCancelled() throws CancelledWorkException;

  /**
   * For work that mostly waits for somebody else: lets other work have its thread, when there is
   * some that waits and this attempt has had its turn. It is run again from its checkpoint.
   *
   * @throws MadeWayException when the attempt has to end
   */
  void makeWay() throws MadeWayException;

  /** The JSON last given to {@link #checkpoint(String)}, empty on a first run. */
  Optional<String> checkpoint();

  /** Keeps where to continue after a crash; joins the current transaction when there is one. */
  void checkpoint(String json);
}

package org.atelier.platform.work;

import java.util.UUID;

/** Takes machine work that survives restarts. */
public interface Work {

  /**
   * Queues work in the caller's transaction; it starts soon after the commit.
   *
   * @return id of the work, for its page
   */
  UUID submit(WorkRequest request);
}

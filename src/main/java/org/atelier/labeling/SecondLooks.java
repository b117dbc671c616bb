package org.atelier.labeling;

import java.util.Collection;
import java.util.UUID;
import org.atelier.platform.ProblemException;

/** Asks for one more look at human labels, in every job in the same way. */
public interface SecondLooks {

  /**
   * Sends items back to somebody who has not answered them.
   *
   * @return items that are asked about again, at least one
   * @throws ProblemException not-sent-back when none can be asked once more, for want of a budget
   *     or because nine people have answered; with-people when people are asked about one of them
   *     now, or have just answered it: what they say of it alone comes first, and an audit may wait
   *     for it
   */
  int sendBack(JobView job, Collection<UUID> itemIds);
}

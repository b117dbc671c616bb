package org.atelier.labeling.queue;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.atelier.platform.web.PlaceNews;

/** Jobs with new work that a person could be given, counted beside the word Work on every page. */
@Singleton
class WorkNews implements PlaceNews {

  private final Notices notices;
  private final OpenForPerson openFor;

  WorkNews(Notices notices, OpenForPerson openFor) {
    this.notices = notices;
    this.openFor = openFor;
  }

  @Override
  public String path() {
    return "/work";
  }

  @Override
  public int count(UUID projectId, UUID personId) {
    return (int)
        notices.unseen(projectId, personId).stream()
            .filter(job -> openFor.any(job, personId))
            .count();
  }
}

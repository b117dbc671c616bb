package org.atelier.labeling.queue;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.atelier.platform.web.PlaceNews;

/** Jobs with new work for a person, counted beside the word Work on every page. */
@Singleton
class WorkNews implements PlaceNews {

  private final Notices notices;

  WorkNews(Notices notices) {
    this.notices = notices;
  }

  @Override
  public String path() {
    return "/work";
  }

  @Override
  public int count(UUID projectId, UUID personId) {
    return notices.unseen(projectId, personId);
  }
}

package org.atelier.platform.storage;

import jakarta.inject.Singleton;
import java.time.LocalTime;
import java.util.Map;
import java.util.UUID;
import org.atelier.platform.work.DailyTask;
import org.atelier.platform.work.Work;
import org.atelier.platform.work.WorkRequest;

/** Asks for the garbage collection, every night and when an administrator wants it. */
@Singleton
class DailyCollection implements DailyTask {

  private final Work work;

  DailyCollection(Work work) {
    this.work = work;
  }

  @Override
  public String name() {
    return "collect-objects";
  }

  @Override
  public LocalTime at() {
    return LocalTime.of(3, 30);
  }

  @Override
  public void run() {
    submit();
  }

  UUID submit() {
    return work.submit(
        new WorkRequest(
            null, ObjectCollection.KIND, null, "Remove objects nobody needs", Map.of()));
  }
}

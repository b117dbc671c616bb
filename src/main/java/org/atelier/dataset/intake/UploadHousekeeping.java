package org.atelier.dataset.intake;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.LocalTime;
import org.atelier.platform.work.DailyTask;

/** Removes uploads that nobody finished, and those of imports that failed long ago. */
@Singleton
class UploadHousekeeping implements DailyTask {

  private static final Duration KEPT = Duration.ofDays(7);

  private final UploadFiles uploads;

  UploadHousekeeping(UploadFiles uploads) {
    this.uploads = uploads;
  }

  @Override
  public String name() {
    return "remove-old-uploads";
  }

  @Override
  public LocalTime at() {
    return LocalTime.of(3, 20);
  }

  @Override
  public void run() {
    uploads.removeOld(KEPT);
  }
}

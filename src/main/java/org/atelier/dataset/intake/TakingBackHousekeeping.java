package org.atelier.dataset.intake;

import jakarta.inject.Singleton;
import java.time.LocalTime;
import org.atelier.platform.work.DailyTask;

/** Goes on with cancelled imports whose taking back has ended early. */
@Singleton
class TakingBackHousekeeping implements DailyTask {

  private final ImportService imports;

  TakingBackHousekeeping(ImportService imports) {
    this.imports = imports;
  }

  @Override
  public String name() {
    return "take-imports-back";
  }

  @Override
  public LocalTime at() {
    return LocalTime.of(3, 10);
  }

  @Override
  public void run() {
    imports.takeBackStuck();
  }
}

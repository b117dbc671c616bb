package org.atelier.platform.work;

import java.time.LocalTime;

/**
 * Something short that happens once a day, on one of the processes that share the database. A bean;
 * longer things submit a {@link WorkRequest}.
 */
public interface DailyTask {

  /** Stable kebab-case name: {@code remove-old-work}. */
  String name();

  /** Time of day in the zone of the process. */
  LocalTime at();

  void run();
}

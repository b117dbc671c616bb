package org.atelier.labeling;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Numbers and states in words, the same on every page. */
final class Words {

  private Words() {}

  /** 60,000. */
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** 5.3 %; 0 % of nothing. */
  static String percent(long part, long whole) {
    return String.format(Locale.ROOT, "%.1f %%", whole == 0 ? 0 : 100.0 * part / whole);
  }

  /** 95.2 %. */
  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  /** 1 h 04 min; 3 min 20 s; 12 s. */
  static String duration(long millis) {
    long seconds = millis / 1_000;
    if (seconds >= 3_600) {
      return "%d h %02d min".formatted(seconds / 3_600, seconds / 60 % 60);
    }
    return seconds >= 60 ? "%d min %02d s".formatted(seconds / 60, seconds % 60) : seconds + " s";
  }

  /** Names of classes, joined by commas; a dash for none. */
  static String labels(int[] classes, List<String> names) {
    return classes.length == 0
        ? "–"
        : Arrays.stream(classes).mapToObj(names::get).collect(Collectors.joining(", "));
  }

  static String state(JobState state) {
    return switch (state) {
      case DRAFT -> "Draft";
      case RUNNING -> "Running";
      case PAUSED -> "Paused";
      case COMPLETING -> "Completing";
      case COMPLETED -> "Completed";
      case STOPPED -> "Stopped";
      case FAILED -> "Failed";
    };
  }

  static String icon(JobState state) {
    return switch (state) {
      case DRAFT -> "pencil";
      case RUNNING -> "play";
      case COMPLETED -> "check-circle";
      case PAUSED -> "pause";
      case COMPLETING -> "hourglass-split";
      case STOPPED, FAILED -> "x-circle";
    };
  }

  static String tone(JobState state) {
    return switch (state) {
      case RUNNING, COMPLETED -> "good";
      case PAUSED -> "warn";
      case FAILED -> "bad";
      case DRAFT, COMPLETING, STOPPED -> "";
    };
  }
}

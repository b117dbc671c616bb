package org.atelier.labeling;

import java.time.Instant;
import java.util.List;

/**
 * What a job's page says of its course.
 *
 * @param warnings what keeps it from going as set up, in sentences with numbers
 * @param lacking items settled with fewer answers than asked for, null when there are none
 * @param newer what a newer version of the dataset would bring, null when there is none
 * @param steps changes of state, newest first
 */
record JobFlow(List<String> warnings, String lacking, Newer newer, List<Step> steps) {

  /** A newer dataset version with further items. */
  record Newer(int version, String added) {}

  /** A change of state. */
  record Step(Instant at, String who, String what, String why) {}

  /** Sentences about too few people for the answers asked for. */
  static List<String> warnings(JobSettings.Answering answering, int workers) {
    if (workers == 0) {
      return List.of(
          "Nobody may work on this job. Give somebody of the project the role of a labeler, or"
              + " choose people in the settings.");
    }
    String people = workers == 1 ? "1 person" : workers + " people";
    if (answering.perItem() > workers) {
      return List.of(
          ("Each item asks for %d answers, but %s may work on this job. Items are settled with the"
                  + " %s there can be; whoever joins can give the missing ones.")
              .formatted(
                  answering.perItem(), people, workers == 1 ? "one answer" : workers + " answers"));
    }
    if (answering.perItem() > 1 && answering.most() > workers) {
      return List.of(
          ("When people disagree, up to %d answers are asked for, but %s may work on this job. A"
                  + " disagreement of all of them is settled by the answers there are.")
              .formatted(answering.most(), people));
    }
    return List.of();
  }
}

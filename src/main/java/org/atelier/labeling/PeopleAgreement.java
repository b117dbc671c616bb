package org.atelier.labeling;

import java.util.Optional;
import java.util.UUID;

/** Public service: how far the people of a job agree when several answer the same item. */
public interface PeopleAgreement {

  /**
   * What was found last. It is found out aside, over a bounded number of items, when somebody asks:
   * at most every half a minute for a job, whether or not answers came since, more often while
   * nothing is there.
   *
   * @return empty for an unknown job, and until it was found out for the first time: ask again in
   *     some seconds
   */
  Optional<Found> of(UUID jobId);

  /**
   * Agreement over items with at least two independent answers: of people who were shown nothing
   * but the item, without decisions of somebody in charge. Of each item as many of its first
   * answers count as the job asks of every item, at least two: further ones come where people
   * differ and would make them seem to differ more. In a job that asks one answer, only items that
   * were drawn at random for a second one count.
   *
   * <p>Two answers are alike when they are the same; with several labels an item, the same set.
   *
   * @param items items with at least two such answers
   * @param answers to them
   * @param alike items whose answers are all alike
   * @param alikeFrom lower end of the 95 % interval of their share; 0 without items
   * @param alikeTo upper end; 1 without items
   * @param alpha Krippendorff's alpha; null without items, and where all answers are the same one
   * @param alphaFrom lower end of its 95 % interval; null with few items and where none differ
   * @param alphaTo upper end, null with the lower one
   * @param byChance share of answers that would be alike if people did not look; null as {@code
   *     alpha}
   * @param sampled whether these are random ones of the job's items, since it has many
   */
  record Found(
      int items,
      int answers,
      int alike,
      double alikeFrom,
      double alikeTo,
      Double alpha,
      Double alphaFrom,
      Double alphaTo,
      Double byChance,
      boolean sampled) {}
}

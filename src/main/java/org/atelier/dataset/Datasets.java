package org.atelier.dataset;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Public service: reads datasets and brings labels back. Every look-up is scoped by the project;
 * what belongs to another project does not exist. Permission is the caller's matter.
 */
public interface Datasets {

  /** The datasets of a project that have at least one version, newest first, at most 1,000. */
  List<DatasetView> datasets(UUID projectId);

  /**
   * @throws org.atelier.platform.ProblemException not-found when the project has no such dataset
   */
  DatasetView dataset(UUID projectId, UUID datasetId);

  /**
   * @param number from 1
   * @throws org.atelier.platform.ProblemException not-found when there is no such version
   */
  VersionView version(UUID projectId, UUID datasetId, int number);

  /** The versions of a dataset, newest first. */
  List<VersionView> versions(UUID projectId, UUID datasetId);

  /**
   * Of every dataset of a project the newest versions in which some item has a known label, newest
   * first, at most so many of each.
   */
  List<VersionView> newestLabeled(UUID projectId, int most);

  /**
   * Streams the items of a version in order of their ordinals with bounded memory. Deleted items
   * are left out. All rows belong to one consistent state of the database. Joins the caller's
   * transaction and begins one where there is none.
   *
   * @param fromOrdinal first ordinal to visit, 0 for all
   * @throws java.io.UncheckedIOException when the visitor throws
   */
  void items(UUID projectId, UUID datasetId, int version, int fromOrdinal, ItemVisitor visitor);

  /**
   * Streams for every item of a version that still exists the newest label that no machine gave, in
   * order of the ordinals and with bounded memory: to measure machines against. Joins the caller's
   * transaction and begins one where there is none.
   */
  void trueLabels(UUID projectId, UUID datasetId, int version, Consumer<TrueLabel> visitor);

  /**
   * The items with these ids, in order of dataset and ordinal; unknown, foreign and deleted ones
   * are left out. Known labels are those of the newest labelled version.
   */
  List<ItemRow> items(UUID projectId, Collection<UUID> itemIds);

  /**
   * The labels these items were imported with, whatever jobs have said of them since; items that
   * came without, unknown, foreign and deleted ones are left out.
   */
  Map<UUID, List<String>> importedLabels(UUID projectId, Collection<UUID> itemIds);

  /** One item as {@link #items(UUID, Collection)} gives it. */
  Optional<ItemRow> item(UUID projectId, UUID itemId);

  /**
   * The items that these external ids name, in no particular order; unknown ids and those of
   * deleted items are left out.
   */
  List<ItemName> named(UUID projectId, UUID datasetId, Collection<String> externalIds);

  /** The distinct known labels of a version, most frequent first, at most 10,000. */
  List<LabelCount> labels(UUID projectId, UUID datasetId, int version);

  /**
   * The names that were given to numbered labels at an import, in the order of the numbers; those
   * of the first import that was given any, empty where none was.
   */
  List<String> labelNames(UUID projectId, UUID datasetId);

  /**
   * Makes a new version with the items of the newest one and these labels in place of those known
   * before; items that are not named keep theirs. Joins the caller's transaction.
   *
   * @param note what the version is, shown in the list of versions
   * @param labels read once; of several for one item the last counts; items of other datasets and
   *     deleted ones are passed over
   * @return number of the new version
   */
  int addLabeledVersion(UUID projectId, UUID datasetId, String note, Iterable<ItemLabels> labels);
}

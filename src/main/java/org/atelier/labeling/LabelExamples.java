package org.atelier.labeling;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.atelier.dataset.Datasets;
import org.atelier.dataset.HeldPictures;
import org.atelier.dataset.ItemRow;
import org.atelier.platform.ProjectRef;

/** What shows the labels of a job: items of the project and pictures brought for it. */
@Singleton
class LabelExamples {

  private final Datasets datasets;
  private final HeldPictures pictures;

  LabelExamples(Datasets datasets, HeldPictures pictures) {
    this.datasets = datasets;
    this.pictures = pictures;
  }

  /**
   * An example as a page shows it.
   *
   * @param thumbnail address of the picture, null for a text
   * @param words the item's name, or what the picture is
   * @param text null for a picture
   * @param page where more about an uploaded picture is, null for an item
   */
  record Shown(String thumbnail, String words, String text, String page) {}

  /** What is wrong with examples, under the names of their fields; empty when all are there. */
  Map<String, String> lost(UUID projectId, List<LabelDefinition> labels) {
    Present present = present(projectId, labels);
    Map<String, String> lost = new LinkedHashMap<>();
    for (int index = 0; index < labels.size(); index++) {
      if (!present.holds(labels.get(index))) {
        lost.put(
            JobRules.field(index, "examples"),
            "An example of “%s” is not in this project (any more). Remove it, or choose or upload it again."
                .formatted(labels.get(index).name()));
      }
    }
    return lost;
  }

  /** The labels without examples that were deleted since. */
  List<LabelDefinition> withoutLost(UUID projectId, List<LabelDefinition> labels) {
    Present present = present(projectId, labels);
    return labels.stream().map(present::kept).toList();
  }

  /** Keeps the pictures of a job's labels for as long as it names them. */
  void hold(UUID projectId, UUID jobId, List<LabelDefinition> labels) {
    pictures.hold(projectId, jobId, digests(labels));
  }

  /** What there is of examples, by id of the item or digest of the picture. */
  Map<String, Shown> shown(
      ProjectRef project, Collection<UUID> itemIds, Collection<String> digests) {
    Map<String, Shown> shown = new HashMap<>();
    if (!itemIds.isEmpty()) {
      for (ItemRow item : datasets.items(project.id(), itemIds)) {
        ItemScreen screen = ItemScreen.of(item, project.slug());
        shown.put(
            item.id().toString(),
            new Shown(screen.thumbnail(), screen.externalId(), screen.text(), null));
      }
    }
    if (!digests.isEmpty()) {
      for (String digest : pictures.brought(project.id(), digests)) {
        String address = ItemScreen.picture(project.slug(), digest) + "?size=256";
        shown.put(digest, new Shown(address, "uploaded picture", null, page(project, digest)));
      }
      for (HeldPictures.RemovedPicture gone : pictures.removed(project.id(), digests)) {
        String words = "removed on " + gone.at().toString().substring(0, 10);
        shown.put(
            gone.sha256(),
            new Shown(null, words, words + ": " + gone.reason(), page(project, gone.sha256())));
      }
    }
    return shown;
  }

  private static String page(ProjectRef project, String digest) {
    return "/p/" + project.slug() + "/jobs/example-pictures/" + digest;
  }

  /** Addresses of the pictures that show each label, items first, by index of the label. */
  List<List<String>> addresses(ProjectRef project, List<LabelDefinition> labels) {
    Map<String, Shown> shown = shown(project, items(labels), digests(labels));
    return labels.stream()
        .map(
            label ->
                Stream.concat(
                        label.examples().stream().map(UUID::toString),
                        label.examplePictures().stream())
                    .filter(shown::containsKey)
                    .map(example -> shown.get(example).thumbnail())
                    .filter(java.util.Objects::nonNull)
                    .toList())
        .toList();
  }

  private static Set<UUID> items(List<LabelDefinition> labels) {
    Set<UUID> items = new HashSet<>();
    labels.forEach(label -> items.addAll(label.examples()));
    return items;
  }

  private static Set<String> digests(List<LabelDefinition> labels) {
    Set<String> digests = new HashSet<>();
    labels.forEach(label -> digests.addAll(label.examplePictures()));
    return digests;
  }

  /** The examples of some labels that are there. */
  private record Present(Set<UUID> items, Set<String> pictures) {

    boolean holds(LabelDefinition label) {
      return items.containsAll(label.examples()) && pictures.containsAll(label.examplePictures());
    }

    LabelDefinition kept(LabelDefinition label) {
      return new LabelDefinition(
          label.name(),
          label.color(),
          label.shortcut(),
          label.description(),
          label.parent(),
          label.examples().stream().filter(items::contains).toList(),
          label.examplePictures().stream().filter(pictures::contains).toList());
    }
  }

  private Present present(UUID projectId, List<LabelDefinition> labels) {
    Set<UUID> asked = items(labels);
    Set<String> digests = digests(labels);
    Set<UUID> found = new HashSet<>();
    if (!asked.isEmpty()) {
      datasets.items(projectId, new ArrayList<>(asked)).forEach(item -> found.add(item.id()));
    }
    return new Present(found, digests.isEmpty() ? Set.of() : pictures.brought(projectId, digests));
  }
}

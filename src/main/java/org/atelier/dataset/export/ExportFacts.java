package org.atelier.dataset.export;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.atelier.dataset.DatasetView;
import org.atelier.dataset.ItemKind;
import org.atelier.dataset.LabelEvidence;
import org.atelier.dataset.LabelSourceView;
import org.atelier.dataset.VersionView;

/**
 * What is exported.
 *
 * @param source where the labels are from, null for the known labels of the version
 * @param classNames index = class index; of the source, or the known labels in ascending order,
 *     none where the format does not number them
 * @param known the known labels, null with a source and where the format does not number them
 * @param evidence what the source's labels rest on, null where nothing is known of it
 * @param address of the installation, without a slash at its end
 * @param pictures what the address of every picture begins with; its digest follows
 */
record ExportFacts(
    DatasetView dataset,
    VersionView version,
    LabelSourceView source,
    List<String> classNames,
    KnownLabels known,
    LabelEvidence.About evidence,
    String address,
    String pictures) {

  /** Whether simulated people gave some of the answers behind the labels. */
  boolean isRehearsal() {
    return evidence != null && evidence.isRehearsal();
  }

  boolean isImage() {
    return dataset.kind() == ItemKind.IMAGE;
  }

  /** Class indexes of an item's label, null when it has no label. */
  int[] classes(ExportItem item) {
    if (source != null) {
      return item.label() == null ? null : item.label().classes();
    }
    return item.known() == null ? null : known.classes(item.known());
  }

  /** Names of an item's labels, null when it has no label. */
  List<String> labels(ExportItem item) {
    if (source == null) {
      return item.known();
    }
    int[] classes = classes(item);
    return classes == null ? null : Arrays.stream(classes).mapToObj(classNames::get).toList();
  }

  /**
   * Who gave an item's label: {@code human}, {@code machine}, {@code known} when it came with the
   * data; null when it has none.
   */
  String labelSource(ExportItem item) {
    if (source != null) {
      return item.label() == null ? null : Texts.lower(item.label().source());
    }
    return item.known() == null ? null : knownSource(item);
  }

  /** As {@link #labelSource}, of the known labels whatever is exported. */
  static String knownSource(ExportItem item) {
    return item.knownSource() == null ? "known" : Texts.lower(item.knownSource());
  }

  /** The job that gave an item's label, null when it came with the data and when it has none. */
  String job(ExportItem item) {
    UUID job = source == null ? item.knownJob() : item.label() == null ? null : source.id();
    return job == null ? null : job.toString();
  }

  /** Whether an item can have several labels. */
  boolean multiLabel() {
    return source == null ? known.several() : source.multiLabel();
  }
}

package org.atelier.dataset.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.atelier.dataset.ItemLabel;
import org.atelier.dataset.LabelSource;
import org.atelier.dataset.LabelSourceView;
import org.atelier.platform.Ids;

/** Labels kept in memory. */
final class LabelsInMemory implements LabelSource {

  final UUID id = Ids.next();
  private final List<ItemLabel> labels = new ArrayList<>();
  private LabelSourceView view;

  void of(UUID dataset, boolean multi, String attribute, String name, List<String> classes) {
    view = new LabelSourceView(id, name, attribute, dataset, 1, multi, classes);
  }

  void add(ItemLabel label) {
    labels.add(label);
  }

  @Override
  public Optional<LabelSourceView> find(UUID projectId, UUID sourceId) {
    return sourceId.equals(id) ? Optional.of(view) : Optional.empty();
  }

  @Override
  public Stream<ItemLabel> labels(UUID projectId, UUID sourceId, boolean withAnswers) {
    return labels.stream();
  }
}

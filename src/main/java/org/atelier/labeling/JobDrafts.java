package org.atelier.labeling;

import io.quarkus.arc.All;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.atelier.dataset.ItemKind;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.Role;
import org.atelier.workforce.People;

/** Gathers what stands around the fields of a job's form. */
@Singleton
class JobDrafts {

  private final LabelExamples examples;
  private final DatasetVersions versions;
  private final People people;
  private final Instance<EarlierModels> earlierModels;
  private final List<LearningOptions> options;

  JobDrafts(
      LabelExamples examples,
      DatasetVersions versions,
      People people,
      Instance<EarlierModels> earlierModels,
      @All List<LearningOptions> options) {
    this.examples = examples;
    this.versions = versions;
    this.people = people;
    this.earlierModels = earlierModels;
    this.options = List.copyOf(options);
  }

  JobDraft of(
      ProjectRef project,
      JobView job,
      JobForm form,
      String refusal,
      List<JobForm.Difference> differences) {
    Chosen chosen = Chosen.of(form.value("dataset"));
    List<DatasetVersions.Offered> offered =
        versions.of(project.id(), chosen.datasetId(), chosen.version());
    return new JobDraft(
        project,
        job == null ? null : job.id(),
        job == null ? null : job.revision(),
        job != null && job.state() != JobState.DRAFT,
        choices(offered),
        learning(project, offered, chosen),
        people.holders(project.id(), Role.LABELER),
        people.simulated(project.id()),
        earlierModels.stream().flatMap(models -> models.of(project.id()).stream()).toList(),
        examples(project, job, form),
        job == null ? List.of() : job.settings().labels(),
        refusal,
        differences);
  }

  /** What the field of the dataset holds; nothing readable is no dataset. */
  private record Chosen(UUID datasetId, int version) {

    static Chosen of(String value) {
      return value.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/\\d{1,9}")
          ? new Chosen(
              UUID.fromString(value.substring(0, 36)), Integer.parseInt(value.substring(37)))
          : new Chosen(null, 0);
    }
  }

  private static List<JobDraft.DatasetChoice> choices(List<DatasetVersions.Offered> offered) {
    Map<UUID, List<JobDraft.VersionChoice>> byDataset = new LinkedHashMap<>();
    Map<UUID, String> names = new HashMap<>();
    for (DatasetVersions.Offered one : offered) {
      names.put(one.datasetId(), one.name());
      byDataset
          .computeIfAbsent(one.datasetId(), dataset -> new ArrayList<>())
          .add(new JobDraft.VersionChoice(one.datasetId() + "/" + one.number(), words(one)));
    }
    return byDataset.entrySet().stream()
        .map(dataset -> new JobDraft.DatasetChoice(names.get(dataset.getKey()), dataset.getValue()))
        .toList();
  }

  /** The dataset's name again, because a closed list shows the chosen line alone. */
  private static String words(DatasetVersions.Offered one) {
    return "%s, version %d%s, %s items%s"
        .formatted(
            one.name(),
            one.number(),
            one.number() == one.latest() ? " (newest)" : "",
            Words.count(one.items()),
            one.labeled() == 0
                ? ""
                : ", %s with known labels".formatted(Words.count(one.labeled())));
  }

  private JobDraft.LearningChoices learning(
      ProjectRef project, List<DatasetVersions.Offered> offered, Chosen chosen) {
    Optional<DatasetVersions.Offered> version =
        offered.stream()
            .filter(one -> one.datasetId().equals(chosen.datasetId()))
            .filter(one -> one.number() == chosen.version())
            .findFirst();
    Optional<ItemKind> kind = version.map(DatasetVersions.Offered::kind);
    List<LearningOptions.Choice> all =
        options.stream().flatMap(one -> one.choices().stream()).toList();
    return new JobDraft.LearningChoices(
        all.stream()
            .filter(choice -> choice.option().equals(LearningOptions.FEATURES))
            .filter(choice -> kind.isEmpty() || choice.kinds().contains(kind.get()))
            .toList(),
        all.stream().filter(choice -> choice.option().equals(LearningOptions.STRATEGY)).toList(),
        version.map(one -> newer(one, offered)).orElse(null),
        "/p/" + project.slug() + "/jobs/learning-choices");
  }

  private static String newer(
      DatasetVersions.Offered chosen, List<DatasetVersions.Offered> offered) {
    return offered.stream()
        .filter(one -> one.datasetId().equals(chosen.datasetId()))
        .filter(one -> one.number() == chosen.latest() && one.number() > chosen.number())
        .findFirst()
        .map(
            newest ->
                "This is version %d with %s items; version %d is newer and has %s."
                    .formatted(
                        chosen.number(),
                        Words.count(chosen.items()),
                        newest.number(),
                        Words.count(newest.items())))
        .orElse(null);
  }

  private Map<String, LabelExamples.Shown> examples(ProjectRef project, JobView job, JobForm form) {
    boolean fixed = job != null && job.state() != JobState.DRAFT;
    if (!fixed && !form.labelRows().unreadableExamples().isEmpty()) {
      return Map.of();
    }
    List<LabelDefinition> labels = fixed ? job.settings().labels() : form.labelRows().definitions();
    return examples.shown(
        project,
        labels.stream().flatMap(label -> label.examples().stream()).toList(),
        labels.stream().flatMap(label -> label.examplePictures().stream()).toList());
  }
}

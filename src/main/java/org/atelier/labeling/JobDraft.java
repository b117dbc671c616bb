package org.atelier.labeling;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.atelier.platform.Person;
import org.atelier.platform.ProjectRef;

/**
 * What stands around the fields of a form.
 *
 * @param revision what the change is made on, null for a new job
 * @param refusal why the job was not saved, null when nothing beyond the fields is wrong
 * @param simulated those of the people who answer by themselves
 * @param learning what the options of learning may be for the chosen dataset
 * @param differences what somebody else saved meanwhile, beside what was typed here
 */
record JobDraft(
    ProjectRef project,
    UUID jobId,
    Integer revision,
    boolean frozen,
    List<DatasetChoice> datasets,
    LearningChoices learning,
    List<Person> people,
    Set<UUID> simulated,
    List<EarlierModels.EarlierModel> earlier,
    Map<String, LabelExamples.Shown> examples,
    List<LabelDefinition> labels,
    String refusal,
    List<JobForm.Difference> differences) {

  /** Where the editor sends what is to be done with the labels. */
  public String rowsAddress() {
    return base() + (jobId == null ? "" : "/" + jobId) + "/label-rows";
  }

  /** Where the editor brings pictures that show a label. */
  public String bringAddress() {
    return "/api/v1/projects/" + project.id() + "/example-pictures";
  }

  /** Where pictures of the project are, before their digest. */
  public String picturesAddress() {
    return "/p/" + project.slug() + "/blobs/";
  }

  public String base() {
    return "/p/" + project.slug() + "/jobs";
  }

  public List<LabelActs.Act> acts() {
    return LabelActs.ALL;
  }

  public List<LabelColors.Swatch> colors() {
    return LabelColors.ALL;
  }

  /** The place among the twelve colours that a row shows. */
  public int swatch(String color, int position) {
    return LabelColors.shown(color.isEmpty() ? null : color, position)
        .orElse(position % LabelColors.ALL.size());
  }

  /** As {@link #swatch} for a label as stored. */
  public int shown(String color, int position) {
    return swatch(color == null ? "" : color, position);
  }

  /** A stored colour where it is none of the twelve, else null. */
  public String own(String color) {
    return color == null || !beyond(color) ? null : color;
  }

  /** Whether a colour is none of the twelve. */
  public boolean beyond(String color) {
    return !color.isEmpty() && LabelColors.index(color).isEmpty();
  }

  public LabelExamples.Shown example(String id) {
    return examples.get(id);
  }

  /** A dataset with the versions of it that can be chosen, newest first. */
  record DatasetChoice(String name, List<VersionChoice> versions) {}

  /** A version of a dataset, as {@code id/number}. */
  record VersionChoice(String value, String words) {}

  /**
   * Options of learning.
   *
   * @param newer says which newer version of the dataset there is, null when the newest is chosen
   * @param address where the choices of another dataset are
   */
  record LearningChoices(
      List<LearningOptions.Choice> features,
      List<LearningOptions.Choice> strategies,
      String newer,
      String address) {

    /** Copies. */
    LearningChoices {
      features = List.copyOf(features);
      strategies = List.copyOf(strategies);
    }

    /** How features are called to people. */
    public String titleOf(String value) {
      return features.stream()
          .filter(one -> one.value().equals(value))
          .map(LearningOptions.Choice::title)
          .findFirst()
          .orElse(value);
    }

    /** What is taken when no strategy is chosen. */
    public String usualStrategy() {
      return strategies.stream().map(LearningOptions.Choice::title).findFirst().orElse("none");
    }

    /** Whether the list of features has the value; a value it lacks is shown all the same. */
    public boolean offersFeatures(String value) {
      return value.isEmpty() || features.stream().anyMatch(one -> one.value().equals(value));
    }
  }
}

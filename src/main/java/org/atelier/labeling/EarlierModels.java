package org.atelier.labeling;

import java.util.List;
import java.util.UUID;
import org.atelier.dataset.ItemKind;

/** SPI: earlier jobs that a new job can start from; a CDI bean of the feature that keeps models. */
public interface EarlierModels {

  /** Name of the option that holds the id of the job to start from. */
  String OPTION = "startFrom";

  /** Jobs of a project whose model is kept, newest first, at most 200. */
  List<EarlierModel> of(UUID projectId);

  /**
   * A job with a kept model.
   *
   * @param words what the model is, in a few words
   */
  record EarlierModel(
      UUID jobId,
      String title,
      ItemKind itemKind,
      TaskType taskType,
      List<String> classNames,
      String words) {

    /** Copies. */
    public EarlierModel {
      classNames = List.copyOf(classNames);
    }

    /** Why a job with these settings over such items cannot start from it; null when it can. */
    public String misfit(JobSettings settings, ItemKind kind) {
      if (kind != itemKind) {
        return "“%s” was about other items than these.".formatted(title);
      }
      if (settings.taskType() != taskType || !settings.classNames().equals(classNames)) {
        return "“%s” has other labels: %s. A start needs the same ones in the same order."
            .formatted(title, String.join(", ", classNames));
      }
      return null;
    }
  }
}

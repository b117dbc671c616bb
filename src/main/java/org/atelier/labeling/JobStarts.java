package org.atelier.labeling;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.atelier.dataset.ItemKind;
import org.atelier.platform.ProblemException;

/** Which earlier job a new one may start from. */
@Singleton
class JobStarts {

  private final Instance<EarlierModels> earlierModels;

  JobStarts(Instance<EarlierModels> earlierModels) {
    this.earlierModels = earlierModels;
  }

  /**
   * Refuses settings that name a job they cannot start from.
   *
   * @param kind of the items the new job is about
   * @throws ProblemException invalid-input for the field {@link EarlierModels#OPTION}
   */
  void require(UUID projectId, JobSettings settings, ItemKind kind) {
    misfit(projectId, settings, kind)
        .ifPresent(
            why -> {
              throw ProblemException.invalid(EarlierModels.OPTION, why);
            });
  }

  /** Why settings cannot start from the job that they name; empty when they can, or name none. */
  Optional<String> misfit(UUID projectId, JobSettings settings, ItemKind kind) {
    Object wanted = settings.learning().options().get(EarlierModels.OPTION);
    if (wanted == null) {
      return Optional.empty();
    }
    Optional<EarlierModels.EarlierModel> earlier =
        earlierModels.stream()
            .flatMap(models -> models.of(projectId).stream())
            .filter(model -> model.jobId().toString().equals(wanted))
            .findFirst();
    return earlier.isEmpty()
        ? Optional.of("Choose a job of this project that keeps a model.")
        : Optional.ofNullable(earlier.get().misfit(settings, kind));
  }
}

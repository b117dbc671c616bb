package org.atelier.learning.loop;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.atelier.labeling.EarlierModels;
import org.atelier.labeling.JobLabels;
import org.atelier.labeling.JobView;
import org.atelier.labeling.Jobs;
import org.atelier.labeling.LearningBridge;
import org.atelier.learning.model.Learner;
import org.atelier.learning.model.WarmLearner;
import org.atelier.learning.pool.PoolItems;
import org.atelier.platform.storage.BlobMissingException;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/** Lets a job start from the model of an earlier one with the same labels. */
@Singleton
class WarmStarts implements EarlierModels {

  private static final Logger LOG = Logger.getLogger(WarmStarts.class);
  private static final int MOST = 200;

  private final ModelRepository repository;
  private final Jobs jobs;
  private final LearningBridge bridge;
  private final ModelStore models;

  WarmStarts(Jdbi jdbi, Jobs jobs, LearningBridge bridge, ModelStore models) {
    this.repository = new ModelRepository(jdbi);
    this.jobs = jobs;
    this.bridge = bridge;
    this.models = models;
  }

  @Override
  @Transactional
  public List<EarlierModel> of(UUID projectId) {
    List<ModelRepository.KeptModel> kept = repository.withModels(projectId, MOST);
    List<UUID> ids = kept.stream().map(ModelRepository.KeptModel::jobId).toList();
    Map<UUID, JobLabels> labels =
        jobs.labels(projectId, ids).stream()
            .collect(Collectors.toMap(JobLabels::id, Function.identity()));
    return kept.stream().map(one -> earlier(one, labels.get(one.jobId()))).toList();
  }

  private static EarlierModel earlier(ModelRepository.KeptModel kept, JobLabels job) {
    return new EarlierModel(
        job.id(),
        job.title(),
        job.itemKind(),
        job.taskType(),
        job.classNames(),
        "round %d, %,d human labels".formatted(kept.round(), kept.humanLabels()));
  }

  /**
   * Chooses what a job starts from when its settings name an earlier job, and notes it; joins the
   * transaction that begins the loop.
   */
  void choose(JobView job) {
    if (!(job.settings().learning().options().get(OPTION) instanceof String wanted)) {
      return;
    }
    Optional<ModelRepository.KeptModel> kept =
        repository.withModels(job.projectId(), MOST).stream()
            .filter(one -> one.jobId().toString().equals(wanted) && !one.jobId().equals(job.id()))
            .findFirst();
    if (kept.isPresent()) {
      ModelRepository.KeptModel one = kept.get();
      repository.startFrom(job.id(), one.jobId(), one.round(), one.modelSha256());
    } else {
      repository.startNote(
          job.id(), "The earlier job keeps no model; this one starts from nothing.");
    }
  }

  /** Gives up the start, saying why. */
  void giveUp(UUID jobId, String why) {
    repository.startNote(jobId, why);
  }

  /**
   * The learner that starts from the job's earlier model; the plain one when there is none, or when
   * it does not fit, which is noted.
   *
   * @param plain over the features of the items
   */
  Learner learner(LearnerRow row, Learner plain, PoolItems items) {
    if (row.startModelSha256() == null) {
      return plain;
    }
    try {
      byte[] model = models.get(row.startModelSha256()).model();
      return new WarmLearner(plain, model, seen(row, items));
    } catch (BlobMissingException | IllegalArgumentException e) {
      LOG.warnf("Job %s cannot start from an earlier model: %s", row.jobId(), e.getMessage());
      giveUp(row.jobId(), "The earlier model cannot be used here: " + e.getMessage() + ".");
      return plain;
    }
  }

  /** Items that the earlier job had a human label for: its model may have learned from them. */
  private BitSet seen(LearnerRow row, PoolItems items) {
    BitSet seen = new BitSet();
    bridge.humanLabels(
        row.startJobId(),
        label -> {
          int at = items.row(label.itemId());
          if (at >= 0) {
            seen.set(at);
          }
        });
    return seen;
  }
}

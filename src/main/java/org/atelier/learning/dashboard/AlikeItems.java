package org.atelier.learning.dashboard;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.atelier.labeling.JobView;
import org.atelier.learning.loop.LearnerRow;
import org.atelier.learning.loop.LearningLoop;
import org.atelier.learning.pool.FeatureService;
import org.atelier.learning.pool.PoolItems;

/** Puts near-duplicates on a review sheet side by side, by the features the models read. */
@Singleton
class AlikeItems {

  /** Larger pools are shown ungrouped: knowing their rows would take a page too long. */
  private static final int MOST_ITEMS = 1_000_000;

  private static final int MOST_POOLS = 4;

  private final LearningLoop loop;
  private final FeatureService features;
  private final Map<Pool, PoolItems> pools =
      new LinkedHashMap<>(8, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Pool, PoolItems> eldest) {
          return size() > MOST_POOLS;
        }
      };

  AlikeItems(LearningLoop loop, FeatureService features) {
    this.loop = loop;
    this.features = features;
  }

  private record Pool(UUID datasetId, int version) {}

  /**
   * The cards with near-duplicates of the same machine label next to each other, each saying so.
   */
  List<ReviewCard> grouped(JobView job, List<ReviewCard> cards) {
    List<List<Integer>> groups =
        loop.learner(job.id())
            .filter(learner -> learner.featureSetId() != null && job.items() <= MOST_ITEMS)
            .flatMap(learner -> cosines(learner, cards))
            .map(cosines -> Alike.groups(cosines, cards.stream().map(ReviewCard::machine).toList()))
            .orElseGet(() -> Alike.alone(cards.size()));
    List<ReviewCard> ordered = new ArrayList<>();
    for (List<Integer> group : groups) {
      String members =
          group.stream().map(i -> cards.get(i).shown()).collect(Collectors.joining(","));
      for (int place = 0; place < group.size(); place++) {
        ordered.add(cards.get(group.get(place)).inGroup(group.size(), place == 0 ? members : null));
      }
    }
    return ordered;
  }

  private Optional<double[][]> cosines(LearnerRow learner, List<ReviewCard> cards) {
    PoolItems items = items(learner);
    int[] rows = cards.stream().mapToInt(card -> items.row(card.id())).toArray();
    int known = features.describe(learner.featureSetId()).items();
    for (int row : rows) {
      if (row < 0 || row >= known) {
        return Optional.empty();
      }
    }
    return features.cosines(learner.featureSetId(), rows);
  }

  private synchronized PoolItems items(LearnerRow learner) {
    return pools.computeIfAbsent(
        new Pool(learner.datasetId(), learner.datasetVersion()),
        pool -> features.items(learner.projectId(), pool.datasetId(), pool.version()));
  }
}

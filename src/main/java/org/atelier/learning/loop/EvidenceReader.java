package org.atelier.learning.loop;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.atelier.labeling.JobView;
import org.atelier.labeling.LearningBridge;
import org.atelier.labeling.QueueDepth;
import org.atelier.learning.campaign.CampaignState;
import org.atelier.learning.campaign.Evidence;
import org.atelier.learning.campaign.WholeDataset;
import org.atelier.learning.certify.HumanError;
import org.atelier.learning.certify.Outcome;
import org.atelier.learning.pool.PoolItems;
import org.jdbi.v3.core.Jdbi;

/** Reads what people have said in a job, by rows of its pool. */
@Singleton
class EvidenceReader {

  private final LearningBridge bridge;
  private final EarlyDraws early;
  private final Jdbi jdbi;

  EvidenceReader(LearningBridge bridge, EarlyDraws early, Jdbi jdbi) {
    this.bridge = bridge;
    this.early = early;
    this.jdbi = jdbi;
  }

  /**
   * What people have said, and what they may still say.
   *
   * @param evidence labels, and what is with people although the step does not wait for it
   * @param lost rows that will never be answered
   * @param human how often a second person differs on human labels, null when nothing is answered
   *     twice
   */
  record Heard(Evidence evidence, Set<Integer> lost, QueueDepth depth, HumanError human) {}

  /**
   * Reads everything in one transaction, after all answers were consolidated by the job's method:
   * models are trained on, and audit draws judged by, the labels the job would end with now.
   *
   * @param state the campaign, null before its first step
   */
  @Transactional
  Heard read(JobView job, PoolItems items, CampaignState state) {
    bridge.consolidateAbout(job.id());
    QueueDepth depth = bridge.queueDepth(job.id());
    List<Evidence.Labeled> labels = new ArrayList<>();
    BitSet labelled = new BitSet(items.size());
    bridge.humanLabels(
        job.id(),
        label -> {
          int row = items.row(label.itemId());
          if (row >= 0) {
            labels.add(new Evidence.Labeled(row, label.classes(), label.reason(), label.blind()));
            labelled.set(row);
          }
        });
    Set<Integer> lost = lost(job, items);
    lost.removeIf(labelled::get);
    List<Integer> drawnEarly = drawnEarly(job, items, state);
    Set<Integer> draws = openDraws(state);
    draws.addAll(drawnEarly);
    Predicate<Integer> elsewhere =
        row -> row >= 0 && !draws.contains(row) && !labelled.get(row) && !lost.contains(row);
    Set<Integer> unanswerable = new HashSet<>(lost);
    rows(bridge.openItems(job.id()), items).filter(elsewhere).forEach(unanswerable::add);
    Set<Integer> held = new HashSet<>();
    rows(bridge.heldBackItems(job.id()), items).filter(elsewhere).forEach(held::add);
    int spent = (int) Math.min(Integer.MAX_VALUE, depth.committed());
    Evidence evidence = new Evidence(labels, unanswerable, held, spent, drawnEarly);
    return new Heard(evidence, lost, depth, humanError(job));
  }

  private static Stream<Integer> rows(List<UUID> itemIds, PoolItems items) {
    return itemIds.stream().map(items::row);
  }

  private Set<Integer> lost(JobView job, PoolItems items) {
    Set<Integer> lost = new HashSet<>();
    bridge.declined(job.id()).forEach(item -> lost.add(items.row(item)));
    jdbi.useHandle(
        handle ->
            handle
                .createQuery("select item_id from learning.gone where dataset_id = :dataset")
                .bind("dataset", job.settings().datasetId())
                .mapTo(UUID.class)
                .forEach(item -> lost.add(items.row(item))));
    lost.remove(-1);
    return lost;
  }

  /** Rows drawn while the candidates of the audit under way were found. */
  private List<Integer> drawnEarly(JobView job, PoolItems items, CampaignState state) {
    return state == null || state.audit() == null
        ? List.of()
        : early.handedOut(job.id()).stream().map(items::row).filter(row -> row >= 0).toList();
  }

  /** Rows the audit under way has drawn and waits for. */
  private static Set<Integer> openDraws(CampaignState state) {
    Set<Integer> rows = new HashSet<>();
    if (state != null && state.audit() != null) {
      var audit = state.audit();
      audit.state().draws().stream()
          .filter(draw -> audit.state().outcomes().get(draw.position()) == Outcome.OPEN)
          .forEach(draw -> rows.add(audit.items()[draw.item()]));
    }
    return rows;
  }

  private HumanError humanError(JobView job) {
    LearningBridge.Repeats repeats = bridge.repeats(job.id());
    return repeats.share() > 0
        ? WholeDataset.humanError(repeats, job.settings().learning().risk())
        : null;
  }
}

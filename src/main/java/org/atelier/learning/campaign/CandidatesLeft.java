package org.atelier.learning.campaign;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.atelier.learning.certify.AuditPlan;
import org.atelier.learning.certify.AuditState;
import org.atelier.learning.certify.Strata;

/**
 * The candidates that are left of an audit that was just opened.
 *
 * <p>People go on while a model trains, and label some of what it is about to offer. Of such a
 * candidate an audit may only assume that it was right, so that all errors stay with the others: it
 * asks for more draws, or for more than anybody can show. Where many are gone by the first look,
 * the audit is closed and another one opened on those that are left. The new one starts without
 * evidence, and its share of the risk is granted anew, so that whatever chose its candidates, its
 * bound holds ({@link org.atelier.learning.certify.RiskBudget}).
 */
final class CandidatesLeft {

  /** Part of a set's candidates that may be gone before it is worth to begin again. */
  private static final double MOST_GONE = 0.05;

  private CandidatesLeft() {}

  /**
   * Whether to begin again.
   *
   * @param gone places of candidates that people labelled or hold undrawn
   */
  static boolean isWorthIt(CampaignState.AuditInProgress audit, BitSet gone) {
    return audit.state().batches().size() == 1
        && audit.nested().stream()
            .anyMatch(size -> gone.get(0, size).cardinality() > MOST_GONE * size);
  }

  /**
   * An audit of the candidates that are left, with the same scores and the sets in the same order;
   * those that have become too small or alike are left out, and their risk goes to a neighbour.
   *
   * @param human places of candidates that people labelled or were asked about
   * @param risk share of the risk of the new audit
   * @param grant its index in the risk budget
   * @return null when fewer are left than an audit needs
   */
  static CampaignState.AuditInProgress of(
      CampaignState.AuditInProgress audit, BitSet human, double risk, int grant) {
    int[] left =
        IntStream.range(0, audit.items().length).filter(place -> !human.get(place)).toArray();
    AuditPlan before = audit.state().plan();
    List<Integer> sizes = new ArrayList<>();
    List<Double> risks = new ArrayList<>();
    double share = 0;
    for (int j = 0; j < audit.nested().size(); j++) {
      int all = audit.nested().get(j);
      int size = (int) IntStream.of(left).filter(place -> place < all).count();
      share += before.rungs().get(j).riskShare() / before.risk() * risk;
      if (size >= NestedSets.LEAST && (sizes.isEmpty() || size > sizes.get(sizes.size() - 1))) {
        sizes.add(size);
        risks.add(share);
        share = 0;
      }
    }
    if (sizes.isEmpty()) {
      return null;
    }
    int last = sizes.size() - 1;
    risks.set(last, risks.get(last) + share);
    int most = sizes.get(last);
    int[] items = new int[most];
    int[][] labels = new int[most][];
    float[] errors = new float[most];
    float[] certainties = new float[most];
    byte[] kinds = audit.kinds() == null ? null : new byte[most];
    for (int i = 0; i < most; i++) {
      items[i] = audit.items()[left[i]];
      labels[i] = audit.labels()[left[i]];
      errors[i] = audit.errors()[left[i]];
      certainties[i] = audit.certainties()[left[i]];
      if (kinds != null) {
        kinds[i] = audit.kinds()[left[i]];
      }
    }
    long seed = 31 * audit.seed() + 7;
    Strata strata = AuditTurn.strata(errors, sizes, kinds, seed);
    AuditPlan plan = AuditPlan.nested(strata, sizes, risks, before.target(), seed);
    return new CampaignState.AuditInProgress(
        items, labels, errors, certainties, sizes, seed, grant, AuditState.start(plan), kinds);
  }
}

package org.atelier.learning.campaign;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.atelier.labeling.TaskReason;
import org.atelier.learning.certify.Audit;
import org.atelier.learning.certify.AuditState;
import org.atelier.learning.certify.Draw;
import org.atelier.learning.certify.EarlyDesign;
import org.atelier.learning.certify.Outcome;

/**
 * Draws that were made while the candidates of an audit were still being found, so that nobody had
 * to wait for the model.
 *
 * <p>People were given items in a random order of all that were open when the model read what
 * people had said, drawn by the chances of their kinds, which an older model gave. The model did
 * not learn from their answers, so the candidates do not depend on that order; among the candidates
 * it is an order of draws by the same chances ({@link Audit#drawnBefore}).
 */
final class EarlyDraws {

  private EarlyDraws() {}

  /**
   * Takes those among the candidates into the audit, and asks for the ones that nobody has
   * answered.
   *
   * @param audit the audit with every outcome known by now
   * @return null when there is none that the audit does not have
   */
  static Campaign.Turn take(
      CampaignState state, CampaignState.AuditInProgress audit, Situation now) {
    if (now.evidence().early().isEmpty()) {
      return null;
    }
    AuditState drawn =
        Audit.drawnBefore(
            audit.state(), audit.strata(), places(audit, now.evidence().early()), chances(audit));
    int before = audit.state().draws().size();
    int made = drawn.draws().size() - before;
    if (made == 0) {
      return null;
    }
    CampaignState.AuditInProgress next = AuditTurn.answered(audit.with(drawn), now.evidence());
    List<Directive.Ask> asks = new ArrayList<>();
    for (Draw draw : next.state().draws().subList(before, before + made)) {
      if (next.state().outcomes().get(draw.position()) == Outcome.OPEN) {
        asks.add(new Directive.Ask(audit.items()[draw.item()], TaskReason.AUDIT));
      }
    }
    List<Directive.Ask> outstanding = new ArrayList<>(now.outstanding());
    outstanding.addAll(asks);
    int answers = state.auditAnswers() + made * now.settings().answersPerItem();
    CampaignState after = state.auditing(next, state.risk(), answers).waitingFor(outstanding);
    return new Campaign.Turn(after, Directive.ask(asks, null));
  }

  private static double[] chances(CampaignState.AuditInProgress audit) {
    byte[] kinds = audit.kinds();
    double[] chances = new double[audit.items().length];
    Arrays.setAll(chances, i -> kinds == null ? 1 : EarlyDesign.chance(kinds[i]));
    return chances;
  }

  /** Places in the audit of the items that are candidates, in the same order. */
  private static List<Integer> places(CampaignState.AuditInProgress audit, List<Integer> items) {
    BitSet wanted = new BitSet();
    items.forEach(wanted::set);
    Map<Integer, Integer> places = new HashMap<>();
    for (int i = 0; i < audit.items().length; i++) {
      if (wanted.get(audit.items()[i])) {
        places.put(audit.items()[i], i);
      }
    }
    return items.stream().filter(places::containsKey).map(places::get).toList();
  }
}

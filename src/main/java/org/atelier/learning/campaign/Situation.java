package org.atelier.learning.campaign;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** A state in the light of the evidence. */
record Situation(CampaignSettings settings, CampaignState state, Evidence evidence) {
  List<Directive.Ask> outstanding() {
    BitSet settled = new BitSet(settings.items());
    evidence.labels().forEach(label -> settled.set(label.item()));
    evidence.unanswerable().forEach(settled::set);
    return state.outstanding().stream().filter(ask -> !settled.get(ask.item())).toList();
  }

  int labelled() {
    return evidence.labels().size();
  }

  int[] open() {
    return Campaign.open(settings, state, evidence);
  }

  /** Items that people can still be asked about within the budget. */
  int affordable() {
    int waiting = outstanding().size() * settings.answersPerItem();
    return Math.max(0, (settings.budget() - evidence.answers() - waiting))
        / settings.answersPerItem();
  }

  /**
   * Items that somebody holds which can be asked about again within the budget: one answer to each
   * is counted already.
   */
  int affordableHeld() {
    int left = Math.max(0, settings.budget() - evidence.answers());
    int more = settings.answersPerItem() - 1;
    return more == 0 ? Integer.MAX_VALUE : left / more;
  }

  StopReason stop() {
    int open = open().length;
    if (open == 0) {
      return StopReason.NOTHING_LEFT;
    }
    if (covered() >= settings.coverage() * settings.items()) {
      return StopReason.COVERAGE;
    }
    if (affordable() == 0) {
      return StopReason.BUDGET;
    }
    if (state.round() >= settings.maximumRounds()) {
      return StopReason.ROUNDS;
    }
    return null;
  }

  /** Items with a label; those of the machine that people were asked about since count once. */
  private int covered() {
    BitSet covered = new BitSet(settings.items());
    evidence.labels().forEach(label -> covered.set(label.item()));
    state.accepted().forEach(set -> Arrays.stream(set.items()).forEach(covered::set));
    return covered.cardinality();
  }

  /**
   * The accuracy machine labels need: the target itself, or what the finished dataset needs when
   * people are wrong at most as often as stated and label no more than they have by now (more human
   * labels only raise the whole as long as people err less than 1 − target).
   */
  double machineTarget() {
    if (settings.scope() == CampaignSettings.Scope.MACHINE) {
      return settings.target();
    }
    double human = labelled();
    double rest = settings.items() - human;
    double needed =
        (settings.target() * settings.items() - human * (1 - settings.humanError()))
            / Math.max(1, rest);
    return Math.max(0.01, Math.min(0.999, needed));
  }
}

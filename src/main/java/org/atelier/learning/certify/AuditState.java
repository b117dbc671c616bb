package org.atelier.learning.certify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * All that an audit remembers between rounds: its plan, the batches issued, the draws and what
 * people answered. Immutable, plain data, fit for JSON; everything else is computed from it, so a
 * restart cannot make a double effect.
 *
 * @param plan what is audited
 * @param batches batches issued so far
 * @param draws draws in order, {@code draws.get(t).position() == t}
 * @param outcomes outcome of each draw
 */
public record AuditState(
    AuditPlan plan, List<Batch> batches, List<Draw> draws, List<Outcome> outcomes) {

  /**
   * The sampling design of a run of draws.
   *
   * @param first position of its first draw
   * @param weights relative chance of one item of each stratum, 0 where nothing is drawn any more
   */
  public record Batch(int first, List<Double> weights) {
    /** Copies. */
    public Batch {
      weights = List.copyOf(weights);
    }
  }

  /** Checks and copies. */
  public AuditState {
    batches = List.copyOf(batches);
    draws = List.copyOf(draws);
    outcomes = List.copyOf(outcomes);
    if (draws.size() != outcomes.size()) {
      throw new IllegalArgumentException("one outcome for every draw");
    }
  }

  /** Returns the audit before its first draw. */
  public static AuditState start(AuditPlan plan) {
    return new AuditState(plan, List.of(), List.of(), List.of());
  }

  /**
   * Returns this audit with more answers; answers may come in any order.
   *
   * @param answers outcome by draw position; saying the same again changes nothing
   * @throws IllegalArgumentException when a position was never drawn, or an answer contradicts an
   *     earlier one (a {@link Outcome#LOST} draw may still be answered until it was evaluated as
   *     lost; that would be a look ahead, so it is refused too)
   */
  public AuditState with(Map<Integer, Outcome> answers) {
    List<Outcome> next = new ArrayList<>(outcomes);
    answers.forEach(
        (position, outcome) -> {
          if (position < 0 || position >= next.size()) {
            throw new IllegalArgumentException("no draw has position " + position);
          }
          Outcome before = next.get(position);
          if (before != Outcome.OPEN && before != outcome) {
            throw new IllegalArgumentException(
                "draw " + position + " is already " + before + ", not " + outcome);
          }
          next.set(position, outcome);
        });
    return new AuditState(plan, batches, draws, next);
  }

  /** Returns this audit with a batch of open draws behind the others; the same without any. */
  AuditState and(List<Draw> more, double[] weights) {
    if (more.isEmpty()) {
      return this;
    }
    List<Draw> all = new ArrayList<>(draws);
    all.addAll(more);
    List<Outcome> known = new ArrayList<>(outcomes);
    known.addAll(Collections.nCopies(more.size(), Outcome.OPEN));
    List<Batch> issued = new ArrayList<>(batches);
    issued.add(new Batch(draws.size(), Arrays.stream(weights).boxed().toList()));
    return new AuditState(plan, issued, all, known);
  }

  /** Returns how many draws from the first on are answered without a gap. */
  public int answeredPrefix() {
    int first = outcomes.indexOf(Outcome.OPEN);
    return first < 0 ? outcomes.size() : first;
  }

  /** Returns how many draws wait for an answer. */
  public int waiting() {
    return Collections.frequency(outcomes, Outcome.OPEN);
  }
}

package org.atelier.learning.certify;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits the risk δ of a whole job over human error, monitor and any number of audits, and takes
 * back what an audit did not use up. Immutable, plain data, fit for JSON.
 *
 * <p><b>Rule.</b> A union bound over fixed shares for human error and monitor and one account for
 * all acceptance audits. An audit is granted a share of what the account holds; when it is closed,
 * certified or given up, {@link AuditReport#returnedRisk()} goes back into the account. Granted but
 * not returned shares never sum above δ.
 *
 * <p><b>Why taking back is allowed.</b> Let an audit with share c have M errors in its candidates,
 * floor m0 ({@link RungEvidence}) and evidence E_t(m), which grows with m. Follow Y = c when M < m0
 * (such a set is never certified wrongly, since no total below m0 is ever rejected) and Y = c
 * E_t(M), a martingale, otherwise. What comes back at the end, c min(1, E_T(m0)), is at most Y. The
 * account plus the Y of all open audits is therefore a non-negative supermartingale that starts at
 * the acceptance part of δ. At a first wrong certificate that audit's Y is at least c (1 / c) = 1;
 * by Ville's inequality this happens with at most that probability. Audits may be chosen by
 * anything seen before, run one after the other or at once. The idea is that of the graphical
 * procedures that hand on the level of a rejected hypothesis: Bretz, Maurer, Brannath, Posch
 * (2009), Statistics in Medicine 28, doi:10.1002/sim.3495, carried over to test martingales.
 *
 * <p><b>Increments.</b> Sets accepted in several rounds are disjoint: the items of one leave the
 * pool of the next. If each set k of n_k labels has at least τ n_k right, the union has at least τ
 * Σ n_k right. All of it holds at once with probability 1 - δ, because the account bounds the
 * probability that <em>any</em> certificate is wrong. Removing audited or re-opened items later is
 * covered for audited ones (their errors are known and gone); re-opening a stratum withdraws the
 * claim for its set, see {@link AccuracyMonitor}.
 *
 * @param delta risk of the whole job, in (0, 1)
 * @param humanShare share of the bound on human error, in [0, delta)
 * @param monitorShare share of the monitor, in [0, delta)
 * @param available what acceptance audits may still be granted
 * @param grants every grant so far, in order
 */
public record RiskBudget(
    double delta, double humanShare, double monitorShare, double available, List<Grant> grants) {

  /**
   * One audit's share.
   *
   * @param share what it was granted
   * @param returned what came back, at most the share; 0 while open
   * @param closed whether the audit has ended
   */
  public record Grant(double share, double returned, boolean closed) {}

  /** Checks and copies. */
  public RiskBudget {
    grants = List.copyOf(grants);
    if (!(delta > 0 && delta < 1)) {
      throw new IllegalArgumentException("delta must be in (0, 1): " + delta);
    }
    if (humanShare < 0 || monitorShare < 0 || humanShare + monitorShare >= delta) {
      throw new IllegalArgumentException(
          "shares of human error and monitor must leave something of " + delta);
    }
    double spent = humanShare + monitorShare + Math.max(0, available);
    for (Grant grant : grants) {
      spent += grant.share() - grant.returned();
    }
    if (available < 0 || spent > delta * (1 + 1e-12)) {
      throw new IllegalArgumentException("the shares sum to " + spent + ", above " + delta);
    }
  }

  /** Opens a budget; everything but the two fixed shares is for acceptance. */
  public static RiskBudget of(double delta, double humanShare, double monitorShare) {
    return new RiskBudget(
        delta, humanShare, monitorShare, delta - humanShare - monitorShare, List.of());
  }

  /**
   * Opens a budget with the usual split: a tenth of δ for the monitor, a tenth for human error when
   * the whole dataset is certified.
   *
   * @param wholeDataset whether human error is part of the claim
   */
  public static RiskBudget usual(double delta, boolean wholeDataset) {
    return of(delta, wholeDataset ? 0.1 * delta : 0, 0.1 * delta);
  }

  /**
   * Grants the next audit a part of what is available; its index is the old size of {@link
   * #grants()}, its share the last grant's.
   *
   * @param part in (0, 1]; since most of a share comes back, 0.75 is sensible
   * @throws IllegalArgumentException when nothing is available or the part is outside (0, 1]
   */
  public RiskBudget grant(double part) {
    if (!(part > 0 && part <= 1) || available <= 0) {
      throw new IllegalArgumentException("cannot grant " + part + " of " + available);
    }
    List<Grant> next = new ArrayList<>(grants);
    next.add(new Grant(part * available, 0, false));
    return new RiskBudget(delta, humanShare, monitorShare, (1 - part) * available, next);
  }

  /** Returns the share of the newest grant. */
  public double newestShare() {
    return grants.get(grants.size() - 1).share();
  }

  /**
   * Closes an audit and takes back what it did not use; closing twice changes nothing.
   *
   * @param index index of the grant
   * @param returned {@link AuditReport#returnedRisk()} of the audit's last report; more than the
   *     share counts as the share
   */
  public RiskBudget close(int index, double returned) {
    Grant grant = grants.get(index);
    if (grant.closed()) {
      return this;
    }
    double back = Math.max(0, Math.min(returned, grant.share()));
    List<Grant> next = new ArrayList<>(grants);
    next.set(index, new Grant(grant.share(), back, true));
    return new RiskBudget(delta, humanShare, monitorShare, available + back, next);
  }
}

package org.atelier.learning.certify;

import java.util.*;

public class Trial {
  static double[] scores(int n, double acc, Random r) {
    // 80 % with mean ~0.5 % error, 20 % tail up to 40 %
    double[] p = new double[n];
    for (int i = 0; i < n; i++) {
      double u = (i + 0.5) / n;
      p[i] =
          u < 0.8
              ? 0.0005 + 0.012 * Math.pow(u / 0.8, 2.0)
              : 0.0125 + 0.3875 * Math.pow((u - 0.8) / 0.2, 1.3);
    }
    double lo = -5, hi = 5;
    double[] q = new double[n];
    for (int k = 0; k < 60; k++) {
      double mid = (lo + hi) / 2, s = 0;
      for (int i = 0; i < n; i++) {
        q[i] = 1 / (1 + Math.exp(-(Forecast.logOdds(p[i]) + mid)));
        s += q[i];
      }
      if (s / n < 1 - acc) lo = mid;
      else hi = mid;
    }
    return q;
  }

  static boolean[] truth(double[] q, int errors, Random r) {
    // exactly `errors` wrong, with probability following q
    int n = q.length;
    boolean[] z = new boolean[n];
    int c = 0;
    for (int i = 0; i < n; i++)
      if (r.nextDouble() < q[i]) {
        z[i] = true;
        c++;
      }
    while (c != errors) {
      int i = r.nextInt(n);
      if (c > errors && z[i] && r.nextDouble() < 0.5) {
        z[i] = false;
        c--;
      } else if (c < errors && !z[i] && r.nextDouble() < q[i]) {
        z[i] = true;
        c++;
      }
    }
    return z;
  }

  public static void main(String[] a) {
    int n = Integer.parseInt(a[0]);
    int reps = Integer.parseInt(a[1]);
    int K = Integer.parseInt(a[2]);
    double shift = Double.parseDouble(a[3]);
    double tau = 0.95;
    double share = 0.04;
    for (int ai = 4; ai < a.length; ai++) {
      double acc = Double.parseDouble(a[ai]);
      int[] need = new int[reps];
      int viol = 0;
      long t0 = System.nanoTime();
      int hopeless = 0;
      double ret = 0, err = 0, rem = 0;
      int maxd = 8000;
      for (int rep = 0; rep < reps; rep++) {
        Random r = new Random(rep * 77L + 5);
        double[] q = scores(n, acc, r);
        boolean[] z = truth(q, (int) Math.round((1 - acc) * n), r);
        double[] s = q.clone();
        for (int i = 0; i < n; i++) s[i] = 1 / (1 + Math.exp(-(Forecast.logOdds(q[i]) + shift)));
        Strata st = Strata.of(s, List.of(), K, rep);
        AuditPlan plan = AuditPlan.of(st, tau, share, rep);
        Ledger led = new Ledger(plan);
        AuditState state = AuditState.start(plan);
        int t = 0;
        need[rep] = maxd;
        while (t < maxd) {
          state = Audit.draw(state, st, 0, 50);
          Map<Integer, Outcome> m = new HashMap<>();
          double[] w =
              state.batches().get(state.batches().size() - 1).weights().stream()
                  .mapToDouble(x -> x)
                  .toArray();
          for (; t < state.draws().size(); t++) {
            Draw d = state.draws().get(t);
            Outcome o = z[d.item()] ? Outcome.WRONG : Outcome.RIGHT;
            m.put(t, o);
            led.step(d.stratum(), o, w);
          }
          state = state.with(m);
          if (led.rung(0).certifiedAt() >= 0) {
            need[rep] = led.rung(0).certifiedAt();
            ret += led.rung(0).returnable();
            int tot = 0;
            for (boolean b : z) if (b) tot++;
            err += (tot - led.rung(0).credited()) / (double) (n - t);
            rem += n - t;
            break;
          } else if (t >= maxd) ret += 0;
        }
      }
      Arrays.sort(need);
      double mean = Arrays.stream(need).average().orElse(0);
      int fail = (int) Arrays.stream(need).filter(x -> x >= maxd).count();
      System.out.printf(
          "acc %.3f K %d shift %.1f: mean %.0f p10 %d p50 %d p90 %d fail %d  ret %.2f  remaining"
              + " acc %.4f  %.1f ms/rep%n",
          acc,
          K,
          shift,
          mean,
          need[reps / 10],
          need[reps / 2],
          need[reps * 9 / 10],
          fail,
          ret / reps,
          1 - err / Math.max(1, reps - fail),
          (System.nanoTime() - t0) / 1e6 / reps);
    }
  }
}

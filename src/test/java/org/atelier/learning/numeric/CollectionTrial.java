package org.atelier.learning.numeric;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Adds rows while another thread collects garbage without pause, and says whether the process
 * lives.
 *
 * <p>Usage: {@code CollectionTrial <seconds> [plain]}; {@code plain} leaves the library's own
 * executioner, which sooner or later ends the process; repeat it.
 */
public final class CollectionTrial {
  private CollectionTrial() {}

  public static void main(String[] arguments) {
    if (arguments.length < 2) {
      ReachableExecutioner.use();
    }
    INDArray rows = Nd4j.zeros(128, 64);
    INDArray row = Nd4j.ones(1, 64);
    Thread collector = new Thread(CollectionTrial::collect);
    collector.setDaemon(true);
    collector.start();
    long end = System.nanoTime() + Long.parseLong(arguments[0]) * 1_000_000_000L;
    long additions = 0;
    while (System.nanoTime() < end) {
      rows.addiRowVector(row);
      additions++;
    }
    System.out.println("alive after " + additions + " additions");
  }

  private static void collect() {
    while (true) {
      System.gc();
    }
  }
}

package org.atelier.learning.sampling;

/** More items were asked for than there are. */
public final class PoolExhausted extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says how many were wanted and how many there are. */
  public PoolExhausted(int wanted, int available) {
    super(wanted + " items wanted, " + available + " in the pool");
  }
}

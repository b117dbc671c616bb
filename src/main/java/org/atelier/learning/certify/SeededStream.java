package org.atelier.learning.certify;

/**
 * Gives the same random numbers for the same seed on every Java version.
 *
 * <p>SplitMix64 used as a counter: the number at a position depends on seed and position only, so a
 * sequence can be resumed anywhere without replaying it. Source: Steele, Lea, Flood (2014), "Fast
 * splittable pseudorandom number generators", OOPSLA, doi:10.1145/2660193.2660195.
 */
final class SeededStream {
  private static final long GAMMA = 0x9e3779b97f4a7c15L;

  private SeededStream() {}

  static long bits(long seed, long position) {
    long z = mix(seed + GAMMA) + (position + 1) * GAMMA;
    return mix(z);
  }

  /** Returns a number in [0, 1). */
  static double uniform(long seed, long position) {
    return (bits(seed, position) >>> 11) * 0x1.0p-53;
  }

  /** Returns a number in 0 .. bound - 1; the bias is below bound / 2^53. */
  static int index(long seed, long position, int bound) {
    return Math.min(bound - 1, (int) (uniform(seed, position) * bound));
  }

  private static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}

package org.atelier.dataset.sample;

/** Smooth repeatable noise over the plane, made of hashed lattice points. */
final class Noise {
  private final int seed;

  Noise(int seed) {
    this.seed = seed;
  }

  /** Smooth noise between -1 and 1 with features of about one unit. */
  double at(double x, double y) {
    int column = (int) Math.floor(x);
    int row = (int) Math.floor(y);
    double fx = ease(x - column);
    double fy = ease(y - row);
    double top = lerp(lattice(column, row), lattice(column + 1, row), fx);
    double bottom = lerp(lattice(column, row + 1), lattice(column + 1, row + 1), fx);
    return lerp(top, bottom, fy);
  }

  /** The value between -1 and 1 that belongs to one lattice point. */
  double lattice(int column, int row) {
    int hash = seed + column * 374761393 + row * 668265263;
    hash = (hash ^ (hash >>> 13)) * 1274126177;
    hash ^= hash >>> 16;
    return (hash & 0xFFFF) / 32767.5 - 1;
  }

  private static double ease(double t) {
    return t * t * (3 - 2 * t);
  }

  private static double lerp(double from, double to, double share) {
    return from + (to - from) * share;
  }
}

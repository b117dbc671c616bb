package org.atelier.dataset.sample;

/** A named colour; components are sRGB between 0 and 1. */
record Colour(String name, float red, float green, float blue) {

  static Colour of(String name, int rgb) {
    return new Colour(
        name, ((rgb >> 16) & 255) / 255f, ((rgb >> 8) & 255) / 255f, (rgb & 255) / 255f);
  }

  /** This colour with every component multiplied, kept within 0 and 1. */
  Colour times(double factor) {
    return new Colour(name, clamp(red * factor), clamp(green * factor), clamp(blue * factor));
  }

  /** The mixture: {@code share} of the other colour, the rest of this one. */
  Colour mix(Colour other, double share) {
    return new Colour(
        name,
        clamp(red + (other.red - red) * share),
        clamp(green + (other.green - green) * share),
        clamp(blue + (other.blue - blue) * share));
  }

  /** Perceived lightness between 0 (black) and 1 (white). */
  double lightness() {
    return 0.299 * red + 0.587 * green + 0.114 * blue;
  }

  private static float clamp(double value) {
    return (float) Math.max(0, Math.min(1, value));
  }
}

package org.atelier.dataset.sample;

/**
 * What a garment is made of: a colour for every point of the cloth, and how it takes the light.
 *
 * @param name the word used in the metadata, e.g. {@code denim}
 * @param colour the main colour
 * @param weave colour of each point
 * @param gloss 0 for dull cloth to 1 for patent leather
 */
record Fabric(String name, Colour colour, Weave weave, double gloss) {

  /** Colours one point of the cloth. */
  @FunctionalInterface
  interface Weave {
    /**
     * Writes the colour at a point.
     *
     * @param u across the grain, in thousandths of the picture's height
     * @param v along the grain, in the same unit
     * @param rgb receives red, green, blue between 0 and 1
     */
    void colour(double u, double v, float[] rgb);
  }

  /** The same cloth, lighter or darker. */
  Fabric times(double factor) {
    return new Fabric(
        name,
        colour.times(factor),
        (u, v, rgb) -> {
          weave.colour(u, v, rgb);
          for (int i = 0; i < 3; i++) {
            rgb[i] = (float) Math.max(0, Math.min(1, rgb[i] * factor));
          }
        },
        gloss);
  }
}

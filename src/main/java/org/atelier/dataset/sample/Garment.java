package org.atelier.dataset.sample;

import java.util.Random;

/**
 * One invented garment.
 *
 * @param label its class
 * @param border the two classes it stands between, or null for an ordinary one
 * @param colour the main colour's name
 * @param fabric the main cloth's name
 * @param drawing draws it from either side
 */
record Garment(GarmentClass label, Border border, String colour, String fabric, Drawing drawing) {

  /**
   * A garment between two classes. Its label was drawn by chance, so nobody can know it for sure.
   *
   * @param share probability with which the label was drawn to be {@code to}
   */
  record Border(GarmentClass from, GarmentClass to, double share) {}

  /** Draws the garment. */
  @FunctionalInterface
  interface Drawing {
    Sheet draw(boolean back, Random random);
  }

  static Garment of(GarmentClass label, Fabric fabric, Drawing drawing) {
    return new Garment(label, null, fabric.colour().name(), fabric.name(), drawing);
  }

  static Garment between(
      GarmentClass from, GarmentClass to, double share, Dice dice, Fabric fabric, Drawing drawing) {
    GarmentClass label = dice.chance(share) ? to : from;
    Border border = new Border(from, to, share);
    return new Garment(label, border, fabric.colour().name(), fabric.name(), drawing);
  }
}

package org.atelier.dataset.sample;

import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Random;

/** Places a garment before the camera: front, back or a detail. */
final class Photographer {
  static final int SIZE = 224;

  private Photographer() {}

  static BufferedImage shoot(Garment garment, String view, long seed) {
    Dice dice = new Dice(new Random(seed));
    boolean flipped = dice.chance(0.5);
    Colour backdrop = dice.pick(Palette.BACKDROPS);
    double light = dice.about(-2.2, 0.45);
    double exposure = dice.about(1.0, 0.035);
    double warmth = dice.about(0.1, 0.5);
    Sheet sheet = garment.drawing().draw(view.equals("back"), new Random(seed + 1));
    AffineTransform camera = camera(sheet.bounds(), view.equals("detail"), flipped, dice);
    return Studio.photograph(
        sheet, new Studio.Scene(camera, backdrop, light, exposure, warmth), SIZE);
  }

  private static AffineTransform camera(
      Rectangle2D bounds, boolean detail, boolean flipped, Dice dice) {
    double fit = 0.86 / Math.max(bounds.getWidth(), bounds.getHeight());
    double scale = Math.min(fit, StrictMath.pow(fit, 0.7) * StrictMath.pow(1 / 860.0, 0.3));
    scale *= dice.between(0.92, 1.02);
    AffineTransform camera = new AffineTransform();
    camera.translate(0.5 + dice.about(0, 0.012), 0.5 + dice.about(0, 0.012));
    camera.rotate(Math.max(-0.16, Math.min(0.16, dice.about(0, 0.05))));
    camera.shear(dice.about(0, 0.012), 0);
    if (detail) {
      scale *= dice.between(1.9, 2.4);
    }
    camera.scale(flipped ? -scale : scale, scale * dice.about(1, 0.012));
    double focus = detail ? bounds.getMinY() + bounds.getHeight() * 0.24 : bounds.getCenterY();
    camera.translate(-bounds.getCenterX(), -focus);
    return camera;
  }
}

package org.atelier.dataset.sample;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.Consumer;

/** Coverage between 0 and 1 of every pixel in a window of the picture. */
record Mask(int left, int top, int width, int height, float[] cover) {

  /**
   * Coverage of a shape given in pixels, in a window that reaches {@code margin} pixels beyond it.
   */
  static Mask of(Shape shape, int margin, int size) {
    Rectangle window = shape.getBounds();
    window.grow(margin + 1, margin + 1);
    window = window.intersection(new Rectangle(0, 0, size, size));
    return paint(window, graphics -> graphics.fill(shape));
  }

  /** Coverage of strokes in the same window as this mask; opacity is the depth's size. */
  Mask strokes(List<Sheet.Fold> folds, double scale, boolean ridges) {
    return paint(
        new Rectangle(left, top, width, height),
        graphics -> {
          for (Sheet.Fold fold : folds) {
            if (fold.depth() > 0 == ridges) {
              float opacity = (float) Math.min(1, Math.abs(fold.depth()));
              graphics.setColor(new Color(1f, 1f, 1f, opacity));
              graphics.setStroke(
                  new BasicStroke(
                      (float) (fold.width() * scale),
                      BasicStroke.CAP_ROUND,
                      BasicStroke.JOIN_ROUND));
              graphics.draw(fold.line());
            }
          }
        });
  }

  private static Mask paint(Rectangle window, Consumer<Graphics2D> painter) {
    if (window.isEmpty()) {
      return new Mask(0, 0, 0, 0, new float[0]);
    }
    BufferedImage image =
        new BufferedImage(window.width, window.height, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.setColor(Color.WHITE);
    graphics.translate(-window.x, -window.y);
    painter.accept(graphics);
    graphics.dispose();
    int[] pixels = image.getRGB(0, 0, window.width, window.height, null, 0, window.width);
    float[] cover = new float[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      cover[i] = (pixels[i] >>> 24) / 255f;
    }
    return new Mask(window.x, window.y, window.width, window.height, cover);
  }

  /** The mask blurred by three passes of a box, close to a Gaussian of the given radius. */
  Mask blurred(int radius) {
    if (radius < 1 || width == 0 || height == 0) {
      return this;
    }
    float[] one = cover.clone();
    float[] two = new float[one.length];
    for (int pass = 0; pass < 3; pass++) {
      box(one, two, width, height, 1, width, radius);
      box(two, one, height, width, width, 1, radius);
    }
    return new Mask(left, top, width, height, one);
  }

  /** Running mean along lines of {@code length} values that lie {@code step} apart. */
  private static void box(
      float[] from, float[] to, int length, int lines, int step, int stride, int radius) {
    int half = Math.max(1, radius / 2);
    double share = 1.0 / (2 * half + 1);
    for (int line = 0; line < lines; line++) {
      int start = line * stride;
      double sum = 0;
      for (int i = -half; i <= half; i++) {
        sum += from[start + clamp(i, length) * step];
      }
      for (int i = 0; i < length; i++) {
        to[start + i * step] = (float) (sum * share);
        sum += from[start + clamp(i + half + 1, length) * step];
        sum -= from[start + clamp(i - half, length) * step];
      }
    }
  }

  private static int clamp(int index, int length) {
    return index < 0 ? 0 : Math.min(index, length - 1);
  }
}

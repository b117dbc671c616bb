package org.atelier.dataset.sample;

import java.awt.BasicStroke;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;

/** A path written as a sentence: start, then lines and curves. */
final class Outline {
  private final Path2D.Double path = new Path2D.Double();

  private Outline(double x, double y) {
    path.moveTo(x, y);
  }

  static Outline from(double x, double y) {
    return new Outline(x, y);
  }

  Outline to(double x, double y) {
    path.lineTo(x, y);
    return this;
  }

  Outline bend(double cx, double cy, double x, double y) {
    path.quadTo(cx, cy, x, y);
    return this;
  }

  Outline curve(double ax, double ay, double bx, double by, double x, double y) {
    path.curveTo(ax, ay, bx, by, x, y);
    return this;
  }

  Shape closed() {
    path.closePath();
    return path;
  }

  Shape open() {
    return path;
  }

  /** The shape seen in a mirror that stands on x = 0. */
  static Shape mirrored(Shape shape) {
    return AffineTransform.getScaleInstance(-1, 1).createTransformedShape(shape);
  }

  /** The band of a given width along a line, with flat ends. */
  static Shape band(Shape line, double width) {
    return new BasicStroke((float) width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND)
        .createStrokedShape(line);
  }

  static Shape polygon(double... points) {
    Outline outline = from(points[0], points[1]);
    for (int i = 2; i < points.length; i += 2) {
      outline.to(points[i], points[i + 1]);
    }
    return outline.closed();
  }
}

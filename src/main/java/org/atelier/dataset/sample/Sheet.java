package org.atelier.dataset.sample;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/**
 * One drawn garment: pieces of cloth and lines, from the lowest to the topmost.
 *
 * <p>Coordinates are thousandths of a picture's height, x to the right, y downwards; the garment's
 * middle line is x = 0.
 */
final class Sheet {

  /** Something to paint. */
  sealed interface Layer permits Piece, Line {}

  /**
   * A ridge (positive depth) or a valley (negative depth) in the cloth.
   *
   * @param line where it runs
   * @param width its width
   * @param depth -1 to 1
   */
  record Fold(Shape line, double width, double depth) {}

  /**
   * How a piece stands out.
   *
   * @param puff height of the pillow, 0 for flat
   * @param radius how far from its border the pillow rises
   * @param grain angle of the cloth in radians
   * @param shadow strength of the shadow it throws, 0 to 1
   */
  record Relief(double puff, double radius, double grain, double shadow) {}

  /** A piece of cloth. */
  record Piece(Shape shape, Fabric fabric, Relief relief, List<Fold> folds) implements Layer {}

  /** A seam, a stitch, a thread. An empty dash means an unbroken line. */
  record Line(Shape shape, double width, float[] dash, Colour colour, double opacity)
      implements Layer {}

  private static final float[] SOLID = {};
  private static final float[] STITCH = {9f, 6f};

  private final List<Layer> layers = new ArrayList<>();

  List<Layer> layers() {
    return layers;
  }

  void piece(Shape shape, Fabric fabric, Relief relief, List<Fold> folds) {
    layers.add(new Piece(shape, fabric, relief, List.copyOf(folds)));
  }

  void piece(Shape shape, Fabric fabric, Relief relief) {
    piece(shape, fabric, relief, List.of());
  }

  /** A seam in the cloth's own colour, darker. */
  void seam(Shape shape, Fabric fabric) {
    layers.add(new Line(shape, 4, SOLID, fabric.colour().times(0.55), 0.55));
  }

  /** A visible row of stitches. */
  void stitch(Shape shape, Colour thread, double opacity) {
    layers.add(new Line(shape, 3, STITCH, thread, opacity));
  }

  void line(Shape shape, double width, Colour colour, double opacity) {
    layers.add(new Line(shape, width, SOLID, colour, opacity));
  }

  void button(double x, double y, double radius, Colour colour) {
    Fabric disc = new Fabric("button", colour, flat(colour), 0.4);
    piece(circle(x, y, radius), disc, new Relief(0.6, 5, 0, 0.35));
    Colour hole = colour.lightness() > 0.4 ? colour.times(0.5) : colour.mix(Palette.WHITE, 0.45);
    line(new Line2D.Double(x - radius * 0.28, y, x + radius * 0.28, y), 3, hole, 0.7);
  }

  /** Adds another sheet, moved by an offset, on top of this one. */
  void add(Sheet other, AffineTransform placing) {
    for (Layer layer : other.layers) {
      if (layer instanceof Piece piece) {
        List<Fold> folds = new ArrayList<>();
        for (Fold fold : piece.folds) {
          folds.add(new Fold(placing.createTransformedShape(fold.line), fold.width, fold.depth));
        }
        piece(placing.createTransformedShape(piece.shape), piece.fabric, piece.relief, folds);
      } else if (layer instanceof Line line) {
        layers.add(
            new Line(
                placing.createTransformedShape(line.shape),
                line.width,
                line.dash,
                line.colour,
                line.opacity));
      }
    }
  }

  /** The smallest rectangle around all pieces. */
  Rectangle2D bounds() {
    Rectangle2D all = null;
    for (Layer layer : layers) {
      if (layer instanceof Piece piece) {
        Rectangle2D one = piece.shape.getBounds2D();
        all = all == null ? one : all.createUnion(one);
      }
    }
    return all == null ? new Rectangle2D.Double() : all;
  }

  static Fabric.Weave flat(Colour colour) {
    return (u, v, rgb) -> {
      rgb[0] = colour.red();
      rgb[1] = colour.green();
      rgb[2] = colour.blue();
    };
  }

  static Shape circle(double x, double y, double radius) {
    return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
  }
}

package org.atelier.dataset.sample;

import java.awt.BasicStroke;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.NoninvertibleTransformException;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/**
 * Photographs a sheet: lays the pieces on a backdrop under one soft light, from the lowest to the
 * topmost, at twice the wanted size, and halves the result.
 */
final class Studio {

  /**
   * Where the camera stands and how the room is lit.
   *
   * @param camera from sheet coordinates to the picture's unit square
   * @param backdrop colour of the ground
   * @param light direction the light comes from, in radians
   * @param exposure factor on all colours, about 1
   * @param warmth -1 for cool to 1 for warm light
   */
  record Scene(
      AffineTransform camera, Colour backdrop, double light, double exposure, double warmth) {}

  private static final double OVERLAP = 70;

  private final int size;
  private final Scene scene;
  private final AffineTransform toPixels;
  private final AffineTransform toSheet;
  private final double scale;
  private final double lightX;
  private final double lightY;
  private final float[] red;
  private final float[] green;
  private final float[] blue;

  private Studio(Scene scene, int outputSize) {
    this.scene = scene;
    this.size = outputSize * 2;
    this.toPixels = AffineTransform.getScaleInstance(size, size);
    toPixels.concatenate(scene.camera());
    this.toSheet = inverse(toPixels);
    this.scale = StrictMath.sqrt(Math.abs(toPixels.getDeterminant()));
    this.lightX = StrictMath.cos(scene.light());
    this.lightY = StrictMath.sin(scene.light());
    this.red = new float[size * size];
    this.green = new float[size * size];
    this.blue = new float[size * size];
  }

  /** A square picture with sides of {@code outputSize} pixels. */
  static BufferedImage photograph(Sheet sheet, Scene scene, int outputSize) {
    Studio studio = new Studio(scene, outputSize);
    studio.ground();
    List<Mask> masks = new ArrayList<>();
    for (Sheet.Layer layer : sheet.layers()) {
      masks.add(studio.mask(layer));
    }
    studio.groundShadow(sheet, masks);
    for (int i = 0; i < masks.size(); i++) {
      Sheet.Layer layer = sheet.layers().get(i);
      if (layer instanceof Sheet.Piece piece) {
        studio.piece(piece, masks.get(i));
      } else if (layer instanceof Sheet.Line line) {
        studio.line(line, masks.get(i));
      }
    }
    return studio.develop();
  }

  private static AffineTransform inverse(AffineTransform transform) {
    try {
      return transform.createInverse();
    } catch (NoninvertibleTransformException e) {
      throw new IllegalArgumentException("The camera sees nothing.", e);
    }
  }

  private Mask mask(Sheet.Layer layer) {
    Shape shape = layer instanceof Sheet.Piece piece ? piece.shape() : stroked((Sheet.Line) layer);
    int margin = layer instanceof Sheet.Piece ? pixels(OVERLAP) : 2;
    return Mask.of(toPixels.createTransformedShape(shape), margin, size);
  }

  private static Shape stroked(Sheet.Line line) {
    float width = (float) line.width();
    float[] dash = line.dash().length == 0 ? null : line.dash();
    int cap = dash == null ? BasicStroke.CAP_ROUND : BasicStroke.CAP_BUTT;
    return new BasicStroke(width, cap, BasicStroke.JOIN_ROUND, 10, dash, 0)
        .createStrokedShape(line.shape());
  }

  private int pixels(double units) {
    return (int) Math.round(units * scale);
  }

  private void ground() {
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        double px = 2.0 * x / size - 1;
        double py = 2.0 * y / size - 1;
        double shade = 1 + 0.035 * (px * lightX + py * lightY) - 0.035 * (px * px + py * py);
        int at = y * size + x;
        red[at] = (float) (scene.backdrop().red() * shade);
        green[at] = (float) (scene.backdrop().green() * shade);
        blue[at] = (float) (scene.backdrop().blue() * shade);
      }
    }
  }

  private void groundShadow(Sheet sheet, List<Mask> masks) {
    float[] cover = new float[size * size];
    for (int i = 0; i < masks.size(); i++) {
      if (!(sheet.layers().get(i) instanceof Sheet.Piece)) {
        continue;
      }
      Mask mask = masks.get(i);
      for (int y = 0; y < mask.height(); y++) {
        for (int x = 0; x < mask.width(); x++) {
          int at = (y + mask.top()) * size + x + mask.left();
          cover[at] = Math.max(cover[at], mask.cover()[y * mask.width() + x]);
        }
      }
    }
    Mask all = new Mask(0, 0, size, size, cover);
    shade(all.blurred(pixels(14)), 0.34, pixels(8));
    shade(all.blurred(pixels(56)), 0.26, pixels(24));
  }

  /** Darkens what lies in the shadow of a mask, moved away from the light. */
  private void shade(Mask mask, double strength, int offset) {
    int dx = (int) Math.round(-lightX * offset);
    int dy = (int) Math.round(-lightY * offset);
    for (int y = 0; y < mask.height(); y++) {
      int row = y + mask.top() + dy;
      for (int x = 0; x < mask.width(); x++) {
        int column = x + mask.left() + dx;
        if (row < 0 || row >= size || column < 0 || column >= size) {
          continue;
        }
        float dark = (float) (strength * mask.cover()[y * mask.width() + x]);
        int at = row * size + column;
        red[at] *= 1 - dark;
        green[at] *= 1 - 0.98f * dark;
        blue[at] *= 1 - 0.94f * dark;
      }
    }
  }

  private void piece(Sheet.Piece piece, Mask mask) {
    if (mask.width() == 0) {
      return;
    }
    Sheet.Relief relief = piece.relief();
    if (relief.shadow() > 0) {
      shade(mask.blurred(pixels(13)), relief.shadow(), pixels(7));
    }
    float[] height = height(piece, mask);
    Mask soft = mask.blurred(pixels(14));
    double cos = StrictMath.cos(relief.grain());
    double sin = StrictMath.sin(relief.grain());
    double[] point = new double[2];
    float[] rgb = new float[3];
    for (int y = 0; y < mask.height(); y++) {
      for (int x = 0; x < mask.width(); x++) {
        int here = y * mask.width() + x;
        float cover = mask.cover()[here];
        if (cover > 0) {
          double slopeX = slope(height, here, x, mask.width(), 1);
          double slopeY = slope(height, here, y, mask.height(), mask.width());
          point[0] = x + mask.left() + 0.5 + 6 * slopeX;
          point[1] = y + mask.top() + 0.5 + 6 * slopeY;
          toSheet.transform(point, 0, point, 0, 1);
          double u = point[0] * cos + point[1] * sin;
          double v = point[1] * cos - point[0] * sin;
          piece.fabric().weave().colour(u, v, rgb);
          light(rgb, slopeX * lightX + slopeY * lightY, soft.cover()[here], piece.fabric().gloss());
          blend((y + mask.top()) * size + x + mask.left(), cover, rgb);
        }
      }
    }
  }

  /** Heights in pixels: a pillow over the piece, with ridges and valleys. */
  private float[] height(Sheet.Piece piece, Mask mask) {
    int radius = Math.max(2, pixels(piece.relief().radius()));
    float[] height = mask.blurred(radius).cover().clone();
    double rise = piece.relief().puff() * radius * 2;
    for (int i = 0; i < height.length; i++) {
      height[i] *= rise;
    }
    if (!piece.folds().isEmpty()) {
      addFolds(piece, mask, true, height);
      addFolds(piece, mask, false, height);
    }
    return height;
  }

  private void addFolds(Sheet.Piece piece, Mask mask, boolean ridges, float[] height) {
    List<Sheet.Fold> folds = new ArrayList<>();
    for (Sheet.Fold fold : piece.folds()) {
      Shape line = toPixels.createTransformedShape(fold.line());
      folds.add(new Sheet.Fold(line, fold.width(), fold.depth()));
    }
    int blur = pixels(15);
    Mask strokes = mask.strokes(folds, scale, ridges).blurred(blur);
    double rise = (ridges ? 1 : -1) * 0.9 * blur;
    for (int i = 0; i < height.length; i++) {
      height[i] += strokes.cover()[i] * rise;
    }
  }

  private static double slope(float[] height, int here, int place, int length, int step) {
    if (place == 0 || place == length - 1) {
      return 0;
    }
    return (height[here + step] - height[here - step]) / 2;
  }

  /** Shades a colour by how the cloth leans towards the light and how near its border is. */
  private void light(float[] rgb, double lean, double soft, double gloss) {
    double bounded = lean / (1 + Math.abs(lean));
    double border = Math.min(1, Math.max(0, 2 - 2 * soft));
    double shade = 1 - 0.75 * bounded - 0.16 * border * border;
    double shine = gloss * 0.9 * Math.max(0, -bounded - 0.06);
    for (int i = 0; i < 3; i++) {
      double lit = rgb[i] * shade;
      rgb[i] = (float) (lit + (1 - Math.min(1, lit)) * shine);
    }
  }

  private void blend(int at, float cover, float[] rgb) {
    red[at] += (rgb[0] - red[at]) * cover;
    green[at] += (rgb[1] - green[at]) * cover;
    blue[at] += (rgb[2] - blue[at]) * cover;
  }

  private void line(Sheet.Line line, Mask mask) {
    float[] rgb = {line.colour().red(), line.colour().green(), line.colour().blue()};
    for (int y = 0; y < mask.height(); y++) {
      for (int x = 0; x < mask.width(); x++) {
        float cover = (float) (mask.cover()[y * mask.width() + x] * line.opacity());
        if (cover > 0) {
          blend((y + mask.top()) * size + x + mask.left(), cover, rgb);
        }
      }
    }
  }

  private BufferedImage develop() {
    int half = size / 2;
    BufferedImage image = new BufferedImage(half, half, BufferedImage.TYPE_INT_RGB);
    double warm = 0.025 * scene.warmth();
    for (int y = 0; y < half; y++) {
      for (int x = 0; x < half; x++) {
        int at = 2 * y * size + 2 * x;
        int r = tone(red, at, scene.exposure() * (1 + warm));
        int g = tone(green, at, scene.exposure());
        int b = tone(blue, at, scene.exposure() * (1 - warm));
        image.setRGB(x, y, r << 16 | g << 8 | b);
      }
    }
    return image;
  }

  private int tone(float[] channel, int at, double exposure) {
    double mean = (channel[at] + channel[at + 1] + channel[at + size] + channel[at + size + 1]) / 4;
    return (int) Math.max(0, Math.min(255, Math.round(mean * exposure * 255)));
  }
}

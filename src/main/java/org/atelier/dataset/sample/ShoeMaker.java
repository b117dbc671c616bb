package org.atelier.dataset.sample;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Area;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.atelier.dataset.sample.Sheet.Fold;
import org.atelier.dataset.sample.Sheet.Relief;

/** Draws shoes from the side, toe to the left, the sole's underside at y = 0. */
final class ShoeMaker {

  enum Style {
    SNEAKER,
    LOAFER,
    PUMP,
    CHELSEA,
    BOOT,
    SANDAL
  }

  /**
   * @param shaft height of the shaft above the ankle, 0 for a low shoe
   * @param heel height of the heel
   * @param length from toe to heel
   */
  record Last(
      Style style,
      double shaft,
      double heel,
      double length,
      Fabric upper,
      Fabric accent,
      Colour sole) {}

  private ShoeMaker() {}

  /** One shoe, or a pair of which the second stands behind the first. */
  static Sheet draw(Last last, boolean pair) {
    Sheet one = new Sheet();
    shoe(last, one);
    if (!pair) {
      return one;
    }
    Sheet both = new Sheet();
    both.add(one, AffineTransform.getTranslateInstance(last.length() * 0.2, -last.length() * 0.24));
    both.add(one, new AffineTransform());
    return both;
  }

  private static void shoe(Last last, Sheet sheet) {
    switch (last.style()) {
      case SNEAKER -> sneaker(last, sheet);
      case LOAFER -> loafer(last, sheet);
      case PUMP -> pump(last, sheet);
      case CHELSEA, BOOT -> boot(last, sheet);
      case SANDAL -> sandal(last, sheet);
    }
  }

  private static void sneaker(Last last, Sheet sheet) {
    double l = last.length();
    double top = -0.44 * l - last.shaft();
    Shape tongue =
        Outline.from(0.42 * l, -0.34 * l)
            .curve(0.42 * l, top, 0.52 * l, top - 34, 0.64 * l, top - 18)
            .to(0.68 * l, -0.3 * l)
            .closed();
    sheet.piece(tongue, last.accent(), new Relief(0.4, 20, 0, 0.2));
    Shape upper =
        Outline.from(0.02 * l, -30)
            .curve(0, -0.16 * l, 0.1 * l, -0.2 * l, 0.24 * l, -0.23 * l)
            .curve(0.36 * l, -0.28 * l, 0.46 * l, -0.36 * l, 0.58 * l, top)
            .bend(0.72 * l, top + 44, 0.92 * l, top + 6)
            .curve(0.985 * l, top + 20, 0.95 * l, -0.16 * l, 0.98 * l, -30)
            .closed();
    sheet.piece(
        upper,
        last.upper(),
        new Relief(0.36, 34, 0, 0.25),
        List.of(
            new Fold(
                Outline.from(0.3 * l, -0.2 * l).bend(0.36 * l, -0.12 * l, 0.34 * l, -36).open(),
                14,
                -0.3)));
    Area toe = new Area(upper);
    toe.intersect(
        new Area(new java.awt.geom.Ellipse2D.Double(-0.16 * l, -0.21 * l, 0.4 * l, 0.42 * l)));
    sheet.piece(toe, last.accent(), new Relief(0.3, 18, 0, 0.12));
    Area heel = new Area(upper);
    heel.intersect(
        new Area(new java.awt.geom.Ellipse2D.Double(0.8 * l, -0.3 * l, 0.3 * l, 0.5 * l)));
    sheet.piece(heel, last.accent(), new Relief(0.25, 16, 0, 0.12));
    Shape flash =
        Outline.from(0.44 * l, -0.12 * l)
            .curve(0.56 * l, -0.06 * l, 0.68 * l, -0.14 * l, 0.8 * l, -0.28 * l)
            .curve(0.7 * l, -0.06 * l, 0.56 * l, 0.0 * l, 0.44 * l, -0.12 * l)
            .closed();
    sheet.piece(flash, last.accent(), new Relief(0.2, 8, 0, 0.1));
    for (int i = 0; i < 5; i++) {
      double t = i / 4.0;
      double x = (0.29 + 0.25 * t) * l;
      double y = -0.245 * l + (top + 0.27 * l) * t * t + 2;
      sheet.line(new Line2D.Double(x - 12, y + 12, x + 40, y + 26), 12, Palette.CHARCOAL, 0.25);
      sheet.line(new Line2D.Double(x - 12, y + 8, x + 40, y + 22), 11, Palette.WHITE, 1);
    }
    sole(sheet, l, -36, 18, last.sole());
    sheet.line(
        Outline.from(0.0 * l, -16).bend(0.5 * l, -6, 0.99 * l, -18).open(),
        4,
        last.sole().times(0.72),
        0.8);
  }

  private static void sole(Sheet sheet, double l, double top, double swell, Colour colour) {
    Shape sole =
        Outline.from(-0.012 * l, top - 4)
            .bend(0.5 * l, top + swell, l, top - 6)
            .curve(1.02 * l, -10, 1.0 * l, 0, 0.97 * l, 2)
            .to(0.07 * l, 2)
            .curve(0, 2, -0.03 * l, -16, -0.012 * l, top - 4)
            .closed();
    sheet.piece(
        sole, new Fabric("rubber", colour, Sheet.flat(colour), 0.1), new Relief(0.3, 14, 0, 0.25));
  }

  private static void loafer(Last last, Sheet sheet) {
    double l = last.length();
    Shape inside =
        Outline.from(0.4 * l, -0.24 * l)
            .bend(0.66 * l, -0.36 * l, 0.95 * l, -0.32 * l)
            .bend(0.7 * l, -0.14 * l, 0.4 * l, -0.24 * l)
            .closed();
    sheet.piece(inside, last.upper().times(0.5), new Relief(0, 8, 0, 0.1));
    Shape upper =
        Outline.from(0.01 * l, -24)
            .curve(0.0 * l, -0.15 * l, 0.14 * l, -0.2 * l, 0.26 * l, -0.235 * l)
            .curve(0.34 * l, -0.27 * l, 0.42 * l, -0.31 * l, 0.46 * l, -0.3 * l)
            .curve(0.56 * l, -0.17 * l, 0.78 * l, -0.2 * l, 0.955 * l, -0.31 * l)
            .curve(0.985 * l, -0.2 * l, 0.965 * l, -0.1 * l, 0.98 * l, -24 - last.heel() * 0.3)
            .closed();
    sheet.piece(upper, last.upper(), new Relief(0.42, 30, 0, 0.25));
    Shape strap =
        Outline.from(0.3 * l, -0.27 * l)
            .bend(0.42 * l, -0.24 * l, 0.5 * l, -0.08 * l)
            .to(0.6 * l, -0.1 * l)
            .bend(0.52 * l, -0.27 * l, 0.42 * l, -0.315 * l)
            .closed();
    sheet.piece(strap, last.accent(), new Relief(0.3, 10, 0, 0.3));
    sheet.stitch(
        Outline.from(0.08 * l, -0.115 * l)
            .curve(0.16 * l, -0.2 * l, 0.26 * l, -0.19 * l, 0.33 * l, -0.15 * l)
            .open(),
        last.upper().colour().times(0.5),
        0.9);
    lowHeel(sheet, l, last.heel(), last.sole());
  }

  private static void lowHeel(Sheet sheet, double l, double heel, Colour colour) {
    Fabric stack = new Fabric("sole", colour, Sheet.flat(colour), 0.1);
    Shape sole =
        Outline.from(-0.01 * l, -26)
            .bend(0.5 * l, -12, 0.99 * l, -28 - heel * 0.3)
            .to(0.985 * l, -12 - heel * 0.3)
            .bend(0.5 * l, 4, 0.06 * l, -4)
            .bend(-0.01 * l, -8, -0.01 * l, -26)
            .closed();
    sheet.piece(sole, stack, new Relief(0.25, 8, 0, 0.2));
    Shape block =
        Outline.polygon(
            0.72 * l, -10, 0.99 * l, -18 - heel * 0.3, 0.98 * l, heel * 0.7, 0.75 * l, heel * 0.7);
    sheet.piece(block, stack, new Relief(0.25, 10, 0, 0.25));
  }

  private static void pump(Last last, Sheet sheet) {
    double l = last.length();
    double lift = -last.heel();
    Shape inside =
        Outline.from(0.3 * l, -0.13 * l)
            .curve(
                0.5 * l, -0.1 * l + lift * 0.4, 0.7 * l, -0.1 * l + lift, 0.93 * l, -0.2 * l + lift)
            .bend(0.6 * l, -0.2 * l + lift * 0.9, 0.3 * l, -0.13 * l)
            .closed();
    sheet.piece(
        inside,
        new Fabric("lining", Palette.OATMEAL, Sheet.flat(Palette.OATMEAL), 0),
        new Relief(-0.2, 10, 0, 0.1));
    Shape heel =
        Outline.from(0.82 * l, lift - 0.06 * l)
            .to(0.965 * l, lift - 0.1 * l)
            .curve(0.96 * l, lift * 0.55, 0.93 * l, lift * 0.2, 0.93 * l, 0)
            .to(0.885 * l, 0)
            .curve(0.885 * l, lift * 0.4, 0.86 * l, lift * 0.75, 0.74 * l, lift * 0.86)
            .closed();
    sheet.piece(heel, last.accent(), new Relief(0.4, 12, 0, 0.2));
    Shape upper =
        Outline.from(-0.01 * l, -6)
            .curve(0.04 * l, -0.08 * l, 0.16 * l, -0.14 * l, 0.31 * l, -0.15 * l)
            .curve(
                0.46 * l,
                -0.04 * l + lift * 0.3,
                0.66 * l,
                -0.05 * l + lift,
                0.93 * l,
                -0.21 * l + lift)
            .curve(
                0.99 * l, -0.12 * l + lift, 0.98 * l, -0.04 * l + lift, 0.96 * l, -0.02 * l + lift)
            .curve(0.74 * l, lift * 0.96, 0.52 * l, lift * 0.12, 0.3 * l, -4)
            .closed();
    sheet.piece(upper, last.upper(), new Relief(0.42, 22, 0, 0.25));
    sheet.line(
        Outline.from(0.0 * l, -3)
            .to(0.3 * l, -2)
            .curve(0.52 * l, lift * 0.12 + 3, 0.74 * l, lift * 0.96 + 3, 0.93 * l, lift)
            .open(),
        6,
        last.sole(),
        0.9);
  }

  private static void boot(Last last, Sheet sheet) {
    double l = last.length();
    double top = -0.36 * l - last.shaft();
    boolean chelsea = last.style() == Style.CHELSEA;
    Shape inside =
        Outline.from(0.47 * l, top + 2)
            .bend(0.7 * l, top - 22, 0.95 * l, top + 2)
            .bend(0.7 * l, top + 26, 0.47 * l, top + 2)
            .closed();
    sheet.piece(inside, last.upper().times(0.5), new Relief(0, 8, 0, 0.1));
    Shape upper =
        Outline.from(0.01 * l, -26)
            .curve(-0.01 * l, -0.16 * l, 0.12 * l, -0.2 * l, 0.26 * l, -0.24 * l)
            .curve(0.4 * l, -0.29 * l, 0.46 * l, -0.34 * l, 0.47 * l, -0.46 * l)
            .curve(0.475 * l, (top - 0.46 * l) / 2, 0.46 * l, top + 40, 0.46 * l, top)
            .bend(0.7 * l, top + 22, 0.96 * l, top)
            .curve(0.97 * l, top + 60, 0.92 * l, -0.36 * l, 0.96 * l, -0.22 * l)
            .curve(0.985 * l, -0.14 * l, 0.97 * l, -0.08 * l, 0.98 * l, -26 - last.heel() * 0.3)
            .closed();
    sheet.piece(
        upper,
        last.upper(),
        new Relief(0.4, 36, 0, 0.25),
        List.of(
            new Fold(
                Outline.from(0.48 * l, -0.4 * l)
                    .bend(0.64 * l, -0.34 * l, 0.8 * l, -0.36 * l)
                    .open(),
                16,
                -0.35),
            new Fold(
                Outline.from(0.28 * l, -0.22 * l).bend(0.36 * l, -0.14 * l, 0.34 * l, -40).open(),
                14,
                -0.3)));
    if (chelsea) {
      Shape gore =
          Outline.from(0.6 * l, top + 12)
              .to(0.78 * l, top + 12)
              .curve(0.78 * l, top + 90, 0.74 * l, -0.26 * l, 0.7 * l, -0.25 * l)
              .curve(0.64 * l, -0.26 * l, 0.6 * l, top + 90, 0.6 * l, top + 12)
              .closed();
      sheet.piece(gore, Fabrics.rib(last.accent().colour(), 14), new Relief(0.1, 10, 0, 0.15));
    } else {
      for (double y = top + 46; y < -0.36 * l; y += 46) {
        sheet.line(
            new Line2D.Double(0.462 * l, y, 0.56 * l, y + 14), 9, last.accent().colour(), 0.95);
        sheet.button(0.57 * l, y + 14, 7, Palette.BRASS);
      }
      sheet.seam(
          Outline.from(0.6 * l, top + 10)
              .curve(0.61 * l, -0.4 * l, 0.6 * l, -0.3 * l, 0.46 * l, -30)
              .open(),
          last.upper());
    }
    lowHeel(sheet, l, last.heel(), last.sole());
    Shape tab = new Rectangle2D.Double(0.93 * l, top - 30, 18, 56);
    sheet.piece(tab, last.accent(), new Relief(0.2, 6, 0, 0.2));
  }

  private static void sandal(Last last, Sheet sheet) {
    double l = last.length();
    double lift = -last.heel() * 0.8 - 16;
    Shape behind =
        Outline.from(0.94 * l, -20 + lift)
            .curve(1.0 * l, -0.34 * l + lift, 0.72 * l, -0.4 * l + lift, 0.6 * l, -0.3 * l + lift)
            .open();
    sheet.piece(Outline.band(behind, 30), last.upper().times(0.7), new Relief(0.3, 10, 0, 0.2));
    Shape sole =
        Outline.from(-0.02 * l, -30)
            .curve(0.2 * l, -22, 0.5 * l, -24 + lift * 0.4, 0.99 * l, -26 + lift)
            .curve(1.02 * l, -10 + lift * 0.5, 1.0 * l, 2, 0.96 * l, 2)
            .to(0.05 * l, 2)
            .curve(-0.03 * l, 2, -0.04 * l, -16, -0.02 * l, -30)
            .closed();
    sheet.piece(
        sole,
        new Fabric("cork", last.sole(), Fabrics.suede(last.sole(), 9).weave(), 0),
        new Relief(0.3, 12, 0, 0.25));
    sheet.line(
        Outline.from(0.0 * l, -8).bend(0.5 * l, -8, 0.98 * l, -8).open(),
        4,
        last.sole().times(0.6),
        0.8);
    strap(last, sheet, 0.06 * l, 0.27 * l, 0.2 * l, lift * 0.1);
    strap(last, sheet, 0.3 * l, 0.5 * l, 0.27 * l, lift * 0.35);
    Shape ankle =
        Outline.from(0.95 * l, -30 + lift)
            .curve(0.88 * l, -0.2 * l + lift, 0.72 * l, -0.2 * l + lift, 0.58 * l, -0.33 * l + lift)
            .open();
    sheet.piece(Outline.band(ankle, 32), last.upper(), new Relief(0.3, 10, 0, 0.3));
    sheet.button(0.72 * l, -0.24 * l + lift, 14, Palette.BRASS);
  }

  /** A band across the foot, seen from the side. */
  private static void strap(
      Last last, Sheet sheet, double from, double to, double height, double lift) {
    Shape band =
        Outline.from(from, -22 + lift * 0.6)
            .curve(
                from + 6,
                -height * 0.7 + lift,
                from + (to - from) * 0.4,
                -height + lift,
                from + (to - from) * 0.9,
                -height * 1.05 + lift)
            .curve(to + 26, -height * 0.9 + lift, to + 10, -height * 0.4 + lift, to, -18 + lift)
            .closed();
    sheet.piece(band, last.upper(), new Relief(0.42, 22, 0, 0.28));
  }
}

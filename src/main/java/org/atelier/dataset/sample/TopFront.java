package org.atelier.dataset.sample;

import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import org.atelier.dataset.sample.Sheet.Relief;

/** Closures and pockets on the front of a garment of the upper body. */
final class TopFront {
  private static final Relief FLAT = new Relief(0.1, 8, 0, 0.22);

  private final TopCut cut;
  private final Sheet sheet;
  private final double armpit;

  TopFront(TopCut cut, Sheet sheet, double armpit) {
    this.cut = cut;
    this.sheet = sheet;
    this.armpit = armpit;
  }

  void draw() {
    pockets();
    double from = cut.neck().depth();
    double to = Math.max(from + 60, cut.body().length() * cut.front().reach());
    switch (cut.front().closure()) {
      case NONE -> {}
      case PLACKET, BUTTONS -> {
        boolean whole = cut.front().closure() == TopCut.Closure.BUTTONS;
        double bottom = whole ? cut.body().length() - (tail() ? 3 : 2) : to;
        strip(from, bottom);
        buttons(
            0, from + 22, whole ? cut.body().length() * 0.93 - 14 : to - 18, cut.front().buttons());
      }
      case DOUBLE_BREASTED -> {
        sheet.seam(new Line2D.Double(46, from + 6, 40, cut.body().length()), cut.cloth().body());
        buttons(-38, from + 20, to, cut.front().buttons());
        buttons(38, from + 20, to, cut.front().buttons());
      }
      case ZIP -> zip(from, cut.front().reach() > 0.95 ? cut.body().length() - 2 : to);
    }
  }

  private boolean tail() {
    return cut.body().finish() == TopCut.Hem.SHIRT_TAIL;
  }

  private void strip(double from, double to) {
    Shape strip = new Rectangle2D.Double(-19, from - 6, 38, to - from + 6);
    sheet.piece(strip, cut.cloth().body(), new Relief(0.08, 6, 0, 0.16));
    Colour thread = cut.cloth().body().colour().times(0.5);
    sheet.stitch(new Line2D.Double(-14, from, -14, to), thread, 0.4);
    sheet.stitch(new Line2D.Double(14, from, 14, to), thread, 0.4);
  }

  private void buttons(double x, double from, double to, int count) {
    double radius =
        cut.neck().kind() == TopCut.NeckKind.LAPEL || cut.cloth().thickness() > 0.45 ? 13 : 8;
    for (int i = 0; i < count; i++) {
      double y = count == 1 ? from : from + (to - from) * i / (count - 1);
      sheet.button(x, y, radius, cut.cloth().buttons());
    }
  }

  private void zip(double from, double to) {
    Colour tape = cut.cloth().trim().colour().times(0.5);
    sheet.line(new Line2D.Double(0, from, 0, to), 17, tape, 0.75);
    for (double y = from + 4; y < to; y += 11) {
      sheet.line(new Line2D.Double(-3.5, y, 3.5, y), 4.5, Palette.SILVER, 0.9);
    }
    Shape pull = new RoundRectangle2D.Double(-7, from + 10, 14, 34, 8, 8);
    Fabric metal = new Fabric("metal", Palette.SILVER, Sheet.flat(Palette.SILVER), 0.6);
    sheet.piece(pull, metal, new Relief(0.5, 5, 0, 0.4));
  }

  private void pockets() {
    double chest = cut.body().chest();
    double low = cut.body().length() * 0.6;
    switch (cut.front().pockets()) {
      case NONE -> {}
      case CHEST -> patch(chest * 0.47, armpit - 6, chest * 0.44, chest * 0.5, false);
      case TWO_CHEST -> {
        patch(chest * 0.5, armpit - 2, chest * 0.48, chest * 0.54, true);
        patch(-chest * 0.5, armpit - 2, chest * 0.48, chest * 0.54, true);
      }
      case PATCH -> {
        patch(chest * 0.58, low, chest * 0.56, chest * 0.66, cut.front().buttons() % 2 == 0);
        patch(-chest * 0.58, low, chest * 0.56, chest * 0.66, cut.front().buttons() % 2 == 0);
      }
      case WELT -> {
        welt(1, low);
        welt(-1, low);
      }
      case KANGAROO -> {
        double y = cut.body().length() * 0.6;
        Shape pouch =
            Outline.polygon(
                -chest * 0.44,
                y,
                chest * 0.44,
                y,
                chest * 0.68,
                y + 74,
                chest * 0.68,
                y + 128,
                -chest * 0.68,
                y + 128,
                -chest * 0.68,
                y + 74);
        sheet.piece(pouch, cut.cloth().body(), new Relief(0.3, 22, 0, 0.24));
      }
    }
  }

  private void patch(double x, double y, double width, double height, boolean flap) {
    double w = width / 2;
    Shape pocket =
        Outline.polygon(
            x - w,
            y,
            x + w,
            y,
            x + w,
            y + height * 0.8,
            x + w * 0.72,
            y + height,
            x - w * 0.72,
            y + height,
            x - w,
            y + height * 0.8);
    sheet.piece(pocket, cut.cloth().body(), FLAT);
    Colour thread = cut.cloth().body().colour().times(0.5);
    if (flap) {
      Shape lid =
          Outline.polygon(
              x - w - 3, y - 8, x + w + 3, y - 8, x + w + 2, y + 16, x, y + 30, x - w - 2, y + 16);
      sheet.piece(lid, cut.cloth().body(), new Relief(0.2, 9, 0, 0.3));
      sheet.button(x, y + 15, 6, cut.cloth().buttons());
    } else {
      sheet.stitch(new Line2D.Double(x - w, y + 13, x + w, y + 13), thread, 0.5);
    }
  }

  private void welt(int side, double y) {
    double x = side * cut.body().waist() * 0.62;
    Shape welt =
        Outline.polygon(
            x - 42,
            y + side * 9,
            x + 42,
            y - side * 9,
            x + 43,
            y + 15 - side * 9,
            x - 41,
            y + 15 + side * 9);
    sheet.piece(welt, cut.cloth().body(), new Relief(0.2, 7, 0, 0.34));
  }
}

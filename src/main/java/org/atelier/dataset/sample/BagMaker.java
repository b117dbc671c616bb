package org.atelier.dataset.sample;

import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.util.List;
import org.atelier.dataset.sample.Sheet.Fold;
import org.atelier.dataset.sample.Sheet.Relief;

/** Draws bags from the front; x = 0 is the middle, y = 0 the upper edge of the body. */
final class BagMaker {

  enum Style {
    TOTE,
    FLAP,
    TOP_HANDLE,
    BUCKET,
    CLUTCH,
    BACKPACK
  }

  /**
   * @param width half width of the body at its lower edge
   * @param taper half width of the upper edge as a share of the lower
   */
  record Plan(
      Style style,
      double width,
      double height,
      double taper,
      double handle,
      Fabric body,
      Fabric trim,
      Colour metal) {}

  private BagMaker() {}

  static Sheet draw(Plan plan, boolean back) {
    Sheet sheet = new Sheet();
    switch (plan.style()) {
      case TOTE -> tote(plan, sheet);
      case FLAP -> flap(plan, sheet, back);
      case TOP_HANDLE -> topHandle(plan, sheet, back);
      case BUCKET -> bucket(plan, sheet);
      case CLUTCH -> clutch(plan, sheet, back);
      case BACKPACK -> backpack(plan, sheet);
    }
    return sheet;
  }

  private static Shape trunk(Plan plan, double corner) {
    double w = plan.width();
    double t = w * plan.taper();
    double h = plan.height();
    return Outline.from(-t, 0)
        .bend(0, 12, t, 0)
        .to(w, h - corner)
        .bend(w, h, w - corner, h)
        .bend(0, h + 8, -w + corner, h)
        .bend(-w, h, -w, h - corner)
        .closed();
  }

  private static void strap(
      Sheet sheet, Fabric cloth, double half, double height, double width, double foot) {
    Shape line =
        Outline.from(-half, foot)
            .curve(-half, -height * 1.1, half, -height * 1.1, half, foot)
            .open();
    sheet.piece(Outline.band(line, width), cloth, new Relief(0.35, width * 0.4, 0, 0.28));
  }

  private static void tote(Plan plan, Sheet sheet) {
    double t = plan.width() * plan.taper();
    strap(sheet, plan.trim().times(0.8), t * 0.5, plan.handle() * 1.02, 20, 30);
    sheet.piece(
        Outline.from(-t + 4, 4).bend(0, -22, t - 4, 4).bend(0, 34, -t + 4, 4).closed(),
        plan.body().times(0.5),
        new Relief(0, 8, 0, 0.1));
    sheet.piece(
        trunk(plan, 30),
        plan.body(),
        new Relief(0.22, 50, 0, 0.25),
        List.of(
            new Fold(
                Outline.from(-t * 0.5, 30)
                    .bend(-t * 0.4, plan.height() * 0.4, -t * 0.7, plan.height() * 0.8)
                    .open(),
                24,
                -0.3),
            new Fold(
                Outline.from(t * 0.6, 20)
                    .bend(t * 0.5, plan.height() * 0.5, t * 0.75, plan.height() * 0.9)
                    .open(),
                24,
                0.3)));
    strap(sheet, plan.trim(), t * 0.52, plan.handle(), 21, 74);
    for (int side = -1; side <= 1; side += 2) {
      sheet.stitch(
          new Rectangle2D.Double(side * t * 0.52 - 9, 44, 18, 26),
          plan.trim().colour().times(0.5),
          0.8);
    }
    sheet.stitch(
        Outline.from(-t, 20).bend(0, 32, t, 20).open(), plan.body().colour().times(0.5), 0.6);
  }

  private static void flap(Plan plan, Sheet sheet, boolean back) {
    double w = plan.width();
    double t = w * plan.taper();
    strap(sheet, plan.trim(), t * 0.94, plan.handle() * 1.5, 13, 24);
    sheet.piece(trunk(plan, 44), plan.body(), new Relief(0.34, 40, 0, 0.25));
    if (!back) {
      double h = plan.height() * 0.62;
      Shape lid =
          Outline.from(-t - 4, -4)
              .bend(0, -16, t + 4, -4)
              .to(t + (w - t) * 0.5 + 3, h * 0.6)
              .curve(w * 0.9, h, w * 0.4, h + 10, 0, h + 12)
              .curve(-w * 0.4, h + 10, -w * 0.9, h, -t - (w - t) * 0.5 - 3, h * 0.6)
              .closed();
      sheet.piece(lid, plan.body(), new Relief(0.34, 34, 0, 0.36));
      sheet.stitch(
          Outline.from(-t - 2, h * 0.58)
              .curve(-w * 0.84, h - 12, -w * 0.4, h - 4, 0, h - 2)
              .curve(w * 0.4, h - 4, w * 0.84, h - 12, t + 2, h * 0.58)
              .open(),
          plan.body().colour().times(0.5),
          0.8);
      clasp(plan, sheet, h - 4);
    }
  }

  private static void clasp(Plan plan, Sheet sheet, double y) {
    Fabric metal = new Fabric("metal", plan.metal(), Sheet.flat(plan.metal()), 0.7);
    sheet.piece(
        new RoundRectangle2D.Double(-24, y - 18, 48, 36, 14, 14),
        metal,
        new Relief(0.5, 8, 0, 0.35));
    sheet.line(new Line2D.Double(-8, y, 8, y), 6, plan.metal().times(0.5), 0.9);
  }

  private static void topHandle(Plan plan, Sheet sheet, boolean back) {
    double t = plan.width() * plan.taper();
    strap(sheet, plan.trim(), t * 0.4, plan.handle() * 0.8, 22, 16);
    sheet.piece(trunk(plan, 26), plan.body(), new Relief(0.3, 36, 0, 0.25));
    Shape band = Outline.polygon(-t - 3, -4, t + 3, -4, t + 8, 74, -t - 8, 74);
    sheet.piece(band, plan.trim(), new Relief(0.24, 20, 0, 0.28));
    for (int side = -1; side <= 1; side += 2) {
      sheet.line(Sheet.circle(side * t * 0.4, 24, 13), 6, plan.metal(), 1);
    }
    if (!back) {
      clasp(plan, sheet, 74);
    }
    sheet.seam(
        new Line2D.Double(-plan.width() * 0.82, 90, -plan.width() * 0.86, plan.height() - 10),
        plan.body());
    sheet.seam(
        new Line2D.Double(plan.width() * 0.82, 90, plan.width() * 0.86, plan.height() - 10),
        plan.body());
  }

  private static void bucket(Plan plan, Sheet sheet) {
    double w = plan.width() * 0.8;
    double h = plan.height();
    strap(sheet, plan.trim(), w * 0.8, plan.handle() * 1.2, 17, 60);
    Shape body =
        Outline.from(-w, 6)
            .curve(-w * 0.6, -20, w * 0.6, -20, w, 6)
            .curve(w * 0.86, h * 0.3, w * 1.1, h * 0.7, w * 0.98, h)
            .bend(0, h + 26, -w * 0.98, h)
            .curve(-w * 1.1, h * 0.7, -w * 0.86, h * 0.3, -w, 6)
            .closed();
    sheet.piece(
        body,
        plan.body(),
        new Relief(0.4, 56, 0, 0.25),
        List.of(
            new Fold(
                Outline.from(-w * 0.5, 40).bend(-w * 0.4, h * 0.3, -w * 0.6, h * 0.6).open(),
                20,
                -0.5),
            new Fold(
                Outline.from(w * 0.1, 50).bend(w * 0.05, h * 0.3, w * 0.2, h * 0.55).open(),
                20,
                -0.4),
            new Fold(
                Outline.from(w * 0.6, 40).bend(w * 0.5, h * 0.3, w * 0.66, h * 0.6).open(),
                20,
                -0.5)));
    sheet.line(
        Outline.from(-w * 0.9, 56).bend(0, 76, w * 0.9, 56).open(),
        9,
        plan.trim().colour().times(0.8),
        1);
    Shape string = Outline.from(0, 66).bend(40, 120, 16, 190).open();
    sheet.line(string, 8, plan.trim().colour().times(0.8), 1);
    sheet.button(16, 196, 14, plan.metal());
    Shape base =
        Outline.from(-w * 1.02, h * 0.84)
            .bend(0, h * 0.84 + 20, w * 1.02, h * 0.84)
            .to(w * 0.98, h)
            .bend(0, h + 26, -w * 0.98, h)
            .closed();
    sheet.piece(base, plan.trim(), new Relief(0.25, 16, 0, 0.2));
  }

  private static void clutch(Plan plan, Sheet sheet, boolean back) {
    sheet.piece(trunk(plan, 22), plan.body(), new Relief(0.28, 34, 0, 0.25));
    if (!back) {
      double t = plan.width() * plan.taper();
      double h = plan.height() * 0.66;
      Shape lid =
          Outline.from(-t - 3, -4)
              .to(t + 3, -4)
              .to(t * 0.98, 34)
              .bend(t * 0.5, h * 0.7, 0, h)
              .bend(-t * 0.5, h * 0.7, -t * 0.98, 34)
              .closed();
      sheet.piece(lid, plan.body(), new Relief(0.28, 24, 0, 0.4));
      sheet.button(0, h - 24, 15, plan.metal());
    }
    Shape loop =
        Outline.from(plan.width() - 6, 40)
            .curve(plan.width() + 90, 60, plan.width() + 70, 200, plan.width() + 6, 130)
            .open();
    sheet.piece(Outline.band(loop, 14), plan.trim(), new Relief(0.3, 6, 0, 0.3));
  }

  private static void backpack(Plan plan, Sheet sheet) {
    double w = plan.width() * 0.78;
    double h = plan.height() * 1.25;
    strap(sheet, plan.trim(), 44, 70, 22, 30);
    for (int side = -1; side <= 1; side += 2) {
      Shape strap =
          Outline.from(side * w * 0.8, 70)
              .curve(side * (w + 66), 160, side * (w + 60), h * 0.7, side * w * 0.86, h * 0.92)
              .open();
      sheet.piece(Outline.band(strap, 26), plan.trim(), new Relief(0.3, 10, 0, 0.25));
    }
    Shape body =
        Outline.from(-w, h - 50)
            .to(-w * 0.94, 140)
            .curve(-w * 0.94, 20, -w * 0.6, 0, 0, 0)
            .curve(w * 0.6, 0, w * 0.94, 20, w * 0.94, 140)
            .to(w, h - 50)
            .bend(w, h, w - 50, h)
            .bend(0, h + 6, -w + 50, h)
            .bend(-w, h, -w, h - 50)
            .closed();
    sheet.piece(body, plan.body(), new Relief(0.36, 50, 0, 0.25));
    sheet.line(
        Outline.from(-w * 0.82, 200)
            .curve(-w * 0.82, 50, -w * 0.5, 34, 0, 34)
            .curve(w * 0.5, 34, w * 0.82, 50, w * 0.82, 200)
            .open(),
        7,
        plan.body().colour().times(0.45),
        0.9);
    Shape pocket = new RoundRectangle2D.Double(-w * 0.7, h * 0.52, w * 1.4, h * 0.38, 60, 60);
    sheet.piece(pocket, plan.body(), new Relief(0.4, 30, 0, 0.3));
    sheet.line(
        new Line2D.Double(-w * 0.56, h * 0.58, w * 0.56, h * 0.58),
        7,
        plan.body().colour().times(0.45),
        0.9);
    sheet.button(w * 0.5, h * 0.58, 9, plan.metal());
  }
}

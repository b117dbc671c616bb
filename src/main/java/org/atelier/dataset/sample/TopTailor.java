package org.atelier.dataset.sample;

import java.awt.Shape;
import java.awt.geom.Area;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.atelier.dataset.sample.Sheet.Fold;
import org.atelier.dataset.sample.Sheet.Relief;

/** Cuts and lays out a garment of the upper body after a {@link TopCut}. */
final class TopTailor {
  private final TopCut cut;
  private final Random random;
  private final boolean back;
  private final Sheet sheet = new Sheet();
  private final double drop;
  private final double armpit;

  private TopTailor(TopCut cut, boolean back, Random random) {
    this.cut = cut;
    this.back = back;
    this.random = random;
    this.drop = 0.27 * (cut.body().shoulder() - cut.neck().width());
    this.armpit = drop + 112 + 0.4 * cut.body().chest();
  }

  /** The garment seen from the front, or from behind. */
  static Sheet draw(TopCut cut, boolean back, Random random) {
    TopTailor tailor = new TopTailor(cut, back, random);
    tailor.draw();
    return tailor.sheet;
  }

  private void draw() {
    TopCollars collars = new TopCollars(cut, sheet);
    collars.behind(back);
    boolean strappy = strappy();
    if (cut.sleeve().length() > 0 && !strappy) {
      sleeve(false);
      sleeve(true);
    }
    Shape body = whole(strappy ? strappyHalf() : half());
    sheet.piece(body, cut.cloth().body(), new Relief(cut.cloth().thickness(), 46, 0, 0.2), folds());
    hem(body);
    if (!strappy) {
      armhole(false);
      armhole(true);
    }
    if (cut.body().skirt()) {
      waistSeam(body);
    }
    if (back) {
      backSeams(strappy);
    } else {
      new TopFront(cut, sheet, armpit).draw();
    }
    belt(body);
    collars.inFront(back);
  }

  private boolean strappy() {
    return cut.neck().kind() == TopCut.NeckKind.STRAPS
        || cut.neck().kind() == TopCut.NeckKind.STRAPLESS;
  }

  private static Shape whole(Shape half) {
    Area area = new Area(half);
    area.add(new Area(Outline.mirrored(half)));
    return area;
  }

  private Shape half() {
    TopCut.Body b = cut.body();
    double nw = cut.neck().width();
    Outline outline = Outline.from(1, back ? 10 : cut.neck().depth());
    neckline(outline, back);
    outline.bend(-(nw + b.shoulder()) / 2, drop * 0.3, -b.shoulder(), drop);
    double inset = Math.min(b.shoulder(), b.chest()) - 16;
    outline.curve(
        -inset, drop + (armpit - drop) * 0.45, -b.chest() + 6, armpit - 40, -b.chest(), armpit);
    return sideAndHem(outline);
  }

  private Shape strappyHalf() {
    double chest = cut.body().chest();
    double dip = cut.neck().kind() == TopCut.NeckKind.STRAPS ? cut.neck().depth() : 14;
    Outline outline = Outline.from(1, armpit - 70 + dip * 0.4);
    outline.curve(-chest * 0.3, armpit - 78, -chest * 0.6, armpit - 96, -chest * 0.93, armpit - 52);
    outline.bend(-chest, armpit - 30, -chest, armpit);
    return sideAndHem(outline);
  }

  /** Continues from the left armpit down the side and along the hem to the middle. */
  private Shape sideAndHem(Outline outline) {
    TopCut.Body b = cut.body();
    double yWaist = b.length() * b.waistAt();
    double yHem = b.length();
    boolean tail = b.finish() == TopCut.Hem.SHIRT_TAIL;
    double yRight = tail ? yHem - 62 : yHem;
    double reach = (yRight - yWaist) * (b.skirt() ? 0.3 : 0.45);
    outline.curve(
        -b.chest(), armpit + (yWaist - armpit) * 0.5, -b.waist(), yWaist - 40, -b.waist(), yWaist);
    outline.curve(-b.waist(), yWaist + reach, -b.hem(), yRight - reach, -b.hem(), yRight);
    if (tail) {
      outline.curve(-b.hem() * 0.86, yHem - 8, -b.hem() * 0.55, yHem, 1, yHem);
    } else {
      outline.curve(-b.hem() * 0.6, yHem + sag(), -b.hem() * 0.3, yHem + sag(), 1, yHem + sag());
    }
    return outline.closed();
  }

  private double sag() {
    return 4 + 0.06 * Math.max(0, cut.body().hem() - 130);
  }

  /** The left half of the neckline from the middle of the front to the shoulder. */
  private void neckline(Outline outline, boolean behind) {
    TopCollars.neckline(outline, cut.neck(), behind);
  }

  private List<Fold> folds() {
    TopCut.Body b = cut.body();
    List<Fold> folds = new ArrayList<>();
    double soft = 0.55 - cut.cloth().thickness() * 0.5;
    for (int side = -1; side <= 1; side += 2) {
      for (int i = 0; i < 2; i++) {
        double x = side * (b.chest() - 8 - 12 * i);
        double y = armpit + 4 + 18 * i;
        folds.add(
            new Fold(
                Outline.from(x, y)
                    .bend(
                        x - side * 34,
                        y + 24,
                        x - side * (60 + 50 * random.nextDouble()),
                        y + 70 + 80 * random.nextDouble())
                    .open(),
                16,
                (i == 0 ? -1 : 1) * soft));
      }
    }
    double yWaist = b.length() * b.waistAt();
    int drapes = 2 + random.nextInt(3) + (b.skirt() ? 5 : 0);
    for (int i = 0; i < drapes; i++) {
      double x = (random.nextDouble() * 1.7 - 0.85) * b.waist();
      double spread = b.hem() / b.waist();
      double from = b.skirt() ? yWaist + 6 : armpit + 60 + random.nextDouble() * 120;
      double to = b.skirt() ? b.length() - 12 * random.nextDouble() : b.length() - 30;
      double sway = 24 * (random.nextDouble() - 0.5);
      folds.add(
          new Fold(
              Outline.from(x, from)
                  .bend(x * (1 + spread) / 2 + sway, (from + to) / 2, x * spread, to)
                  .open(),
              b.skirt() ? 20 : 26,
              (random.nextBoolean() ? 1 : -1) * soft * (b.skirt() ? 1 : 0.5)));
    }
    return folds;
  }

  private void sleeve(boolean right) {
    TopCut.Sleeve s = cut.sleeve();
    double dx = -StrictMath.sin(s.angle());
    double dy = StrictMath.cos(s.angle());
    double length = s.length();
    double sx = -cut.body().shoulder() + 3;
    double sy = drop - 3;
    double ax = -cut.body().chest() + 14;
    double ay = armpit + 6;
    double ox = sx + dx * length + s.bend();
    double oy = sy + dy * length;
    double tilt = s.angle() - s.bend() / Math.max(120, length);
    double px = StrictMath.cos(tilt) * s.cuff();
    double py = StrictMath.sin(tilt) * s.cuff();
    double mx = sx + dx * length * 0.46 - 16;
    double my = sy + dy * length * 0.42;
    double qx = (ax + ox + px) / 2 - 6 + s.bend() * -0.2;
    double qy = (ay + oy + py) / 2;
    Shape shape =
        Outline.from(sx + 56, sy - 4)
            .to(sx, sy)
            .curve(sx - 22, sy + 9, mx, my, ox, oy)
            .to(ox + px, oy + py)
            .bend(qx, qy, ax, ay)
            .to(ax + 40, ay - 30)
            .closed();
    Relief relief = new Relief(cut.cloth().thickness(), 30, right ? -s.angle() : s.angle(), 0.2);
    List<Fold> folds = sleeveFolds(mx, my, qx, qy, ax, ay, length);
    Shape band = cuffBand(ox, oy, px, py, StrictMath.sin(tilt), StrictMath.cos(tilt));
    place(shape, cut.cloth().body(), relief, folds, right);
    finishCuff(band, ox, oy, px, py, right, relief);
  }

  private List<Fold> sleeveFolds(
      double mx, double my, double qx, double qy, double ax, double ay, double length) {
    List<Fold> folds = new ArrayList<>();
    double soft = 0.5 - cut.cloth().thickness() * 0.4;
    int count = length > 280 ? 3 : 1;
    for (int i = 0; i < count; i++) {
      double shift = (random.nextDouble() - 0.3) * length * 0.3;
      folds.add(
          new Fold(
              Outline.from(qx - 4, qy + shift - 20)
                  .bend((mx + qx) / 2, (my + qy) / 2 + shift - 4, mx + 26, my + shift + 30)
                  .open(),
              13,
              (i % 2 == 0 ? -1 : 1) * soft));
    }
    folds.add(
        new Fold(
            Outline.from(ax - 4, ay - 4).bend(ax - 30, ay - 10, ax - 46, ay - 60).open(),
            15,
            -soft));
    return folds;
  }

  private Shape cuffBand(double ox, double oy, double px, double py, double sin, double cos) {
    double depth =
        switch (cut.sleeve().finish()) {
          case RIB -> 40;
          case BUTTONED -> 44;
          case ROLLED -> 30;
          case FLARED -> 24;
          case PLAIN -> 12;
        };
    double bx = -sin * depth;
    double by = cos * depth;
    double inset = cut.sleeve().finish() == TopCut.Cuff.RIB ? 0.08 : 0;
    double flare = cut.sleeve().finish() == TopCut.Cuff.FLARED ? -0.35 : inset;
    return Outline.polygon(
        ox + px * inset - 2,
        oy + py * inset,
        ox + px * (1 - inset) + 2,
        oy + py * (1 - inset),
        ox + px * (1 - flare) + bx,
        oy + py * (1 - flare) + by,
        ox + px * flare + bx,
        oy + py * flare + by);
  }

  private void finishCuff(
      Shape band, double ox, double oy, double px, double py, boolean right, Relief relief) {
    Fabric trim = cut.cloth().trim();
    switch (cut.sleeve().finish()) {
      case PLAIN -> {
        place(band, cut.cloth().body(), new Relief(0.1, 12, relief.grain(), 0), List.of(), right);
        Shape hem = new Line2D.Double(ox, oy, ox + px, oy + py);
        sheet.stitch(right ? Outline.mirrored(hem) : hem, trim.colour().times(0.5), 0.5);
      }
      case RIB, FLARED ->
          place(band, trim, new Relief(0.25, 16, relief.grain(), 0.1), List.of(), right);
      case BUTTONED, ROLLED -> {
        place(band, trim, new Relief(0.2, 14, relief.grain(), 0.22), List.of(), right);
        Rectangle2D box = band.getBounds2D();
        double x = right ? -box.getCenterX() : box.getCenterX();
        if (cut.sleeve().finish() == TopCut.Cuff.BUTTONED) {
          sheet.button(x, box.getCenterY(), 7, cut.cloth().buttons());
        }
      }
    }
  }

  private void place(Shape shape, Fabric fabric, Relief relief, List<Fold> folds, boolean right) {
    List<Fold> turned = new ArrayList<>();
    for (Fold fold : folds) {
      turned.add(
          right ? new Fold(Outline.mirrored(fold.line()), fold.width(), fold.depth()) : fold);
    }
    sheet.piece(right ? Outline.mirrored(shape) : shape, fabric, relief, turned);
  }

  private void armhole(boolean right) {
    if (cut.sleeve().length() == 0) {
      return;
    }
    TopCut.Body b = cut.body();
    double inset = Math.min(b.shoulder(), b.chest()) - 16;
    Shape seam =
        Outline.from(-b.shoulder() + 2, drop + 2)
            .curve(
                -inset + 3,
                drop + (armpit - drop) * 0.45,
                -b.chest() + 9,
                armpit - 40,
                -b.chest() + 4,
                armpit)
            .open();
    sheet.seam(right ? Outline.mirrored(seam) : seam, cut.cloth().body());
  }

  private void hem(Shape body) {
    TopCut.Body b = cut.body();
    if (b.finish() == TopCut.Hem.RIB) {
      Area band = new Area(body);
      band.intersect(new Area(new Rectangle2D.Double(-500, b.length() - 42, 1000, 90)));
      sheet.piece(band, cut.cloth().trim(), new Relief(0.22, 20, 0, 0.12));
    } else if (b.finish() == TopCut.Hem.PLAIN) {
      Shape line =
          Outline.from(-b.hem() + 4, b.length() - 17)
              .curve(
                  -b.hem() * 0.5,
                  b.length() - 17 + sag(),
                  b.hem() * 0.5,
                  b.length() - 17 + sag(),
                  b.hem() - 4,
                  b.length() - 17)
              .open();
      sheet.stitch(line, cut.cloth().body().colour().times(0.5), 0.45);
    }
  }

  private void waistSeam(Shape body) {
    double y = cut.body().length() * cut.body().waistAt();
    Area strip = new Area(body);
    strip.intersect(
        new Area(Outline.band(Outline.from(-400, y).bend(0, y + 10, 400, y).open(), 5)));
    sheet.piece(strip, cut.cloth().body().times(0.72), new Relief(0, 4, 0, 0.12));
  }

  private void belt(Shape body) {
    if (!cut.front().belt()) {
      return;
    }
    double y = cut.body().length() * cut.body().waistAt();
    Area strip = new Area(body);
    strip.intersect(
        new Area(Outline.band(Outline.from(-400, y).bend(0, y + 10, 400, y).open(), 34)));
    sheet.piece(strip, cut.cloth().trim().times(0.93), new Relief(0.25, 12, Math.PI / 2, 0.35));
    if (!back) {
      Shape buckle = new Rectangle2D.Double(-20, y - 20, 40, 46);
      sheet.line(buckle, 7, cut.cloth().buttons(), 0.95);
      Shape end = Outline.polygon(20, y - 8, 74, y + 8, 66, y + 42, 24, y + 20);
      sheet.piece(end, cut.cloth().trim().times(0.93), new Relief(0.25, 10, 1.3, 0.35));
    }
  }

  private void backSeams(boolean strappy) {
    Fabric cloth = cut.cloth().body();
    if (strappy || cut.body().skirt()) {
      Shape zip = new Line2D.Double(0, 40, 0, cut.body().length() * cut.body().waistAt() + 60);
      sheet.seam(zip, cloth);
    } else if (cut.neck().kind() == TopCut.NeckKind.SHIRT_COLLAR) {
      double y = drop + 62;
      sheet.seam(
          Outline.from(-cut.body().shoulder() + 18, y)
              .bend(0, y + 16, cut.body().shoulder() - 18, y)
              .open(),
          cloth);
      sheet.seam(new Line2D.Double(0, y + 9, 0, cut.body().length() - 20), cloth);
    } else if (cut.neck().kind() == TopCut.NeckKind.LAPEL) {
      sheet.seam(new Line2D.Double(0, 20, 0, cut.body().length() - 6), cloth);
    }
  }
}

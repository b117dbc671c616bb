package org.atelier.dataset.sample;

import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.atelier.dataset.sample.Sheet.Fold;
import org.atelier.dataset.sample.Sheet.Relief;

/** Cuts and lays out trousers, shorts and culottes after a {@link LegCut}. */
final class LegTailor {
  private final LegCut cut;
  private final boolean back;
  private final Random random;
  private final Sheet sheet = new Sheet();
  private final double band;

  private LegTailor(LegCut cut, boolean back, Random random) {
    this.cut = cut;
    this.back = back;
    this.random = random;
    this.band = cut.style() == LegCut.Style.JOGGER ? 46 : 38;
  }

  static Sheet draw(LegCut cut, boolean back, Random random) {
    LegTailor tailor = new LegTailor(cut, back, random);
    tailor.draw();
    return tailor.sheet;
  }

  private void draw() {
    if (!back) {
      Shape inside =
          Outline.from(-cut.waist() + 4, 6)
              .bend(0, -14, cut.waist() - 4, 6)
              .bend(0, 40, -cut.waist() + 4, 6)
              .closed();
      sheet.piece(inside, cut.cloth().times(0.62), new Relief(-0.2, 12, 0, 0.1));
    }
    leg(true);
    leg(false);
    middle();
    if (back) {
      backPockets();
    } else {
      frontPockets();
    }
    waistband();
  }

  private void leg(boolean right) {
    double foot = cut.spread();
    double half = cut.spread() + cut.hem();
    double yKnee = cut.rise() + (cut.length() - cut.rise()) * 0.48;
    double step = (cut.length() - yKnee) * 0.35;
    double inner = cut.spread() * 0.5;
    double outerKnee = inner + cut.knee();
    Shape leg =
        Outline.from(3, 8)
            .to(-cut.waist(), 0)
            .curve(
                -cut.waist() - 4, 70, -cut.hip(), cut.rise() * 0.55, -cut.hip(), cut.rise() * 0.86)
            .curve(-cut.hip(), cut.rise() + step, -outerKnee, yKnee - step, -outerKnee, yKnee)
            .curve(-outerKnee, yKnee + step, -half, cut.length() - step, -half, cut.length())
            .bend(-foot - cut.hem() / 2, cut.length() + 10, -foot, cut.length() - 2)
            .curve(-foot, cut.length() - step, -inner, yKnee + step, -inner, yKnee)
            .curve(-inner, yKnee - step, -4, cut.rise() + step * 0.6, 3, cut.rise())
            .closed();
    double lean = StrictMath.atan2(half - cut.hip(), cut.length()) * 0.6;
    List<Fold> folds = folds(inner, outerKnee, yKnee, foot, half);
    List<Fold> turned = new ArrayList<>();
    for (Fold fold : folds) {
      turned.add(
          right ? new Fold(Outline.mirrored(fold.line()), fold.width(), fold.depth()) : fold);
    }
    sheet.piece(
        right ? Outline.mirrored(leg) : leg,
        cut.cloth(),
        new Relief(0.26, 40, right ? -lean : lean, 0.2),
        turned);
    hem(right, foot, half);
  }

  private List<Fold> folds(double inner, double outerKnee, double yKnee, double foot, double half) {
    List<Fold> folds = new ArrayList<>();
    double soft = cut.style() == LegCut.Style.TAILORED ? 0.25 : 0.42;
    for (int i = 0; i < 3; i++) {
      double y = cut.rise() - 10 + 18 * i;
      double end = 34 + 60 * random.nextDouble();
      folds.add(
          new Fold(
              Outline.from(-6, y)
                  .bend(-30, y + 6, -22 - end, y + 26 - 52 * random.nextDouble())
                  .open(),
              12,
              (i % 2 == 0 ? -1 : 1) * soft));
    }
    if (cut.length() > cut.rise() + 200) {
      for (int i = 0; i < 2; i++) {
        double y = yKnee - 30 + 60 * random.nextDouble();
        folds.add(
            new Fold(
                Outline.from(-inner - 6, y)
                    .bend(-(inner + outerKnee) / 2, y + 16, -outerKnee + 16, y - 10)
                    .open(),
                18,
                (i == 0 ? -0.5 : 0.5) * soft));
      }
    }
    boolean crease = cut.style() == LegCut.Style.TAILORED || cut.style() == LegCut.Style.CULOTTE;
    double top = crease ? band + 60 : cut.rise() + 40;
    double middle = (foot + half) / 2;
    folds.add(
        new Fold(
            Outline.from(-cut.waist() * 0.55, top)
                .bend(-(inner + outerKnee) / 2, yKnee, -middle, cut.length() - 8)
                .open(),
            crease ? 9 : 30,
            crease ? 0.7 : 0.3));
    if (cut.style() == LegCut.Style.CULOTTE) {
      for (int i = 0; i < 3; i++) {
        double x = foot + (half - foot) * (0.15 + 0.7 * random.nextDouble());
        folds.add(
            new Fold(
                Outline.from(-cut.waist() * (0.2 + 0.7 * random.nextDouble()), band + 20)
                    .bend(-x, cut.length() / 2, -x, cut.length())
                    .open(),
                18,
                (i % 2 == 0 ? -1 : 1) * 0.5));
      }
    }
    return folds;
  }

  private void hem(boolean right, double foot, double half) {
    double y = cut.length();
    if (cut.style() == LegCut.Style.JOGGER) {
      Shape cuff =
          Outline.polygon(
              -half + 6, y - 6, -foot - 4, y - 6, -foot - 10, y + 36, -half + 14, y + 36);
      Fabric rib = Fabrics.rib(cut.cloth().colour().times(0.92), 13);
      sheet.piece(right ? Outline.mirrored(cuff) : cuff, rib, new Relief(0.25, 14, 0, 0.12));
      return;
    }
    Shape line =
        Outline.from(-half + 3, y - 20).bend(-(foot + half) / 2, y - 11, -foot - 2, y - 22).open();
    Colour thread =
        cut.style() == LegCut.Style.JEANS ? Palette.GUM : cut.cloth().colour().times(0.5);
    sheet.stitch(right ? Outline.mirrored(line) : line, thread, 0.65);
  }

  private void middle() {
    sheet.seam(
        Outline.from(0, band).bend(3, cut.rise() * 0.6, 0, cut.rise() + 2).open(), cut.cloth());
    if (!back && cut.style() != LegCut.Style.JOGGER && cut.style() != LegCut.Style.CULOTTE) {
      Shape fly =
          Outline.from(28, band + 4)
              .to(27, cut.rise() * 0.5)
              .bend(24, cut.rise() * 0.72, 2, cut.rise() * 0.76)
              .open();
      Colour thread =
          cut.style() == LegCut.Style.JEANS ? Palette.GUM : cut.cloth().colour().times(0.55);
      sheet.stitch(fly, thread, 0.7);
    }
  }

  private void frontPockets() {
    Colour thread =
        cut.style() == LegCut.Style.JEANS ? Palette.GUM : cut.cloth().colour().times(0.5);
    for (int side = -1; side <= 1; side += 2) {
      double w = cut.waist();
      Shape mouth =
          cut.style() == LegCut.Style.JEANS
              ? Outline.from(side * w * 0.5, band)
                  .curve(
                      side * w * 0.52,
                      band + 50,
                      side * w * 0.8,
                      band + 66,
                      side * (w + 4),
                      band + 66)
                  .open()
              : Outline.from(side * w * 0.66, band)
                  .to(side * (cut.hip() * 0.97), cut.rise() * 0.62)
                  .open();
      sheet.seam(mouth, cut.cloth());
      sheet.stitch(mouth, thread, 0.5);
      if (cut.style() == LegCut.Style.JOGGER) {
        Shape string =
            Outline.from(side * 12, band - 8)
                .bend(side * 34, band + 40, side * 16, band + 92)
                .open();
        sheet.line(string, 8, cut.cloth().colour().times(0.55), 0.8);
        sheet.line(string, 5, Palette.ECRU, 1);
      }
    }
  }

  private void backPockets() {
    for (int side = -1; side <= 1; side += 2) {
      double x = side * cut.hip() * 0.5;
      double y = cut.rise() * 0.42;
      Shape pocket =
          Outline.polygon(
              x - 44, y, x + 44, y - side * 4, x + 42, y + 78, x, y + 98, x - 42, y + 78);
      if (cut.style() == LegCut.Style.JEANS) {
        sheet.piece(pocket, cut.cloth(), new Relief(0.12, 8, 0, 0.2));
        sheet.stitch(
            Outline.from(x - 40, y + 30).bend(x, y + 58, x + 40, y + 30).open(), Palette.GUM, 0.7);
      } else {
        sheet.seam(new Line2D.Double(x - 44, y + 10, x + 44, y + 10), cut.cloth());
        sheet.button(x, y + 22, 6, cut.metal());
      }
    }
    double yoke = band + 34;
    sheet.seam(
        Outline.from(-cut.waist(), yoke - 14).bend(0, yoke + 34, cut.waist(), yoke - 14).open(),
        cut.cloth());
  }

  private void waistband() {
    Shape strip =
        Outline.from(-cut.waist() - 2, 2)
            .bend(0, 16, cut.waist() + 2, 2)
            .to(cut.waist() + 4, band)
            .bend(0, band + 14, -cut.waist() - 4, band)
            .closed();
    boolean jogger = cut.style() == LegCut.Style.JOGGER;
    Fabric cloth = jogger ? Fabrics.rib(cut.cloth().colour().times(0.95), 13) : cut.cloth();
    sheet.piece(strip, cloth, new Relief(0.18, 10, jogger ? 0 : Math.PI / 2, 0.24));
    if (jogger) {
      return;
    }
    if (cut.style() != LegCut.Style.CULOTTE || back) {
      for (double place : new double[] {-0.72, -0.38, 0.38, 0.72}) {
        Shape loop = new Rectangle2D.Double(place * cut.waist() - 6, 4, 12, band + 2);
        sheet.piece(loop, cut.cloth(), new Relief(0.3, 4, 0, 0.3));
      }
    }
    if (back && cut.style() == LegCut.Style.JEANS) {
      Shape patch = new Rectangle2D.Double(cut.waist() * 0.46, 10, 62, band - 4);
      sheet.piece(patch, Fabrics.leather(Palette.COGNAC, 5), new Relief(0.2, 6, 0, 0.2));
    } else if (!back) {
      sheet.button(0, band * 0.5 + 7, 11, cut.metal());
    }
  }
}

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

/** Cuts and lays out a skirt after a {@link SkirtCut}. */
final class SkirtTailor {
  private final SkirtCut cut;
  private final boolean back;
  private final Random random;
  private final Sheet sheet = new Sheet();

  private SkirtTailor(SkirtCut cut, boolean back, Random random) {
    this.cut = cut;
    this.back = back;
    this.random = random;
  }

  static Sheet draw(SkirtCut cut, boolean back, Random random) {
    SkirtTailor tailor = new SkirtTailor(cut, back, random);
    tailor.draw();
    return tailor.sheet;
  }

  private void draw() {
    Shape inside =
        Outline.from(-cut.top() + 4, 4)
            .bend(0, -18, cut.top() - 4, 4)
            .bend(0, 34, -cut.top() + 4, 4)
            .closed();
    sheet.piece(inside, cut.cloth().times(0.6), new Relief(-0.2, 12, 0, 0.1));
    Shape body = body();
    sheet.piece(body, cut.cloth(), new Relief(0.24, 50, 0, 0.2), folds());
    details(body);
    waistband();
  }

  private Shape body() {
    double yHip = cut.band() + 130;
    double sag = 6 + 0.09 * cut.hem();
    Outline half =
        Outline.from(1, cut.band() - 4)
            .to(-cut.waist(), cut.band() - 4)
            .curve(-cut.waist() - 8, cut.band() + 50, -cut.hip(), yHip - 40, -cut.hip(), yHip)
            .curve(
                -cut.hip() - (cut.hem() - cut.hip()) * 0.25,
                yHip + (cut.length() - yHip) * 0.3,
                -cut.hem() + 2,
                cut.length() - 60,
                -cut.hem(),
                cut.length());
    if (cut.style() == SkirtCut.Style.PLEATED) {
      double step = cut.hem() / 5.5;
      for (double x = -cut.hem(); x < -step * 0.6; x += step) {
        double y = cut.length() + sag * (1 + x / cut.hem());
        half.to(x + step * 0.75, y + 9).to(x + step, y + 1);
      }
      half.to(1, cut.length() + sag);
    } else {
      half.curve(
          -cut.hem() * 0.6,
          cut.length() + sag,
          -cut.hem() * 0.3,
          cut.length() + sag,
          1,
          cut.length() + sag);
    }
    Shape left = half.closed();
    Area area = new Area(left);
    area.add(new Area(Outline.mirrored(left)));
    return area;
  }

  private List<Fold> folds() {
    List<Fold> folds = new ArrayList<>();
    int count =
        switch (cut.style()) {
          case PLEATED -> 11;
          case TIERED -> 10;
          case A_LINE, WRAP -> 4 + random.nextInt(4);
          case PENCIL, BUTTONED, JEANS -> 2;
        };
    boolean pleats = cut.style() == SkirtCut.Style.PLEATED;
    for (int i = 0; i < count; i++) {
      double place = pleats ? -0.9 + 1.8 * i / (count - 1) : (random.nextDouble() * 1.8 - 0.9);
      double sway = pleats ? 0 : 26 * (random.nextDouble() - 0.5);
      double yHip = cut.band() + 130;
      Shape line =
          Outline.from(place * cut.waist(), cut.band())
              .bend(
                  place * cut.hip(),
                  yHip,
                  (place * (cut.hip() + cut.hem())) / 2 + sway,
                  (yHip + cut.length()) / 2)
              .to(place * cut.hem(), cut.length() + 10)
              .open();
      double depth = pleats ? -0.95 : (i % 2 == 0 ? -1 : 1) * (0.35 + 0.35 * random.nextDouble());
      folds.add(new Fold(line, pleats ? 10 : 22, depth));
    }
    if (cut.style() == SkirtCut.Style.PENCIL || cut.style() == SkirtCut.Style.JEANS) {
      for (int side = -1; side <= 1; side += 2) {
        double y = cut.band() + 120 + 60 * random.nextDouble();
        folds.add(
            new Fold(
                Outline.from(side * cut.hip(), y)
                    .bend(side * cut.hip() * 0.5, y + 20, side * 20, y + 8)
                    .open(),
                16,
                -0.3));
      }
    }
    return folds;
  }

  private void details(Shape body) {
    Colour thread =
        cut.style() == SkirtCut.Style.JEANS ? Palette.GUM : cut.cloth().colour().times(0.5);
    switch (cut.style()) {
      case TIERED -> tiers(body);
      case WRAP -> {
        if (!back) {
          Shape edge =
              Outline.from(cut.waist() * 0.5, cut.band())
                  .curve(
                      cut.hip() * 0.2,
                      cut.length() * 0.4,
                      cut.hem() * 0.05,
                      cut.length() * 0.7,
                      -cut.hem() * 0.3,
                      cut.length() + 12)
                  .open();
          Area strip = new Area(body);
          strip.intersect(new Area(Outline.band(edge, 8)));
          sheet.piece(strip, cut.cloth().times(0.9), new Relief(0, 6, 0, 0.4));
        }
      }
      case BUTTONED -> {
        if (!back) {
          sheet.piece(
              new Rectangle2D.Double(
                  -19, cut.band(), 38, cut.length() - cut.band() + 6 + 0.06 * cut.hem()),
              cut.cloth(),
              new Relief(0.1, 6, 0, 0.22));
          for (double y = cut.band() + 40; y < cut.length() - 20; y += 62) {
            sheet.button(0, y, 10, cut.metal());
          }
        }
      }
      case JEANS -> {
        for (int side = -1; side <= 1; side += 2) {
          Shape mouth =
              Outline.from(side * cut.waist() * 0.5, cut.band())
                  .curve(
                      side * cut.waist() * 0.52,
                      cut.band() + 50,
                      side * cut.waist() * 0.85,
                      cut.band() + 62,
                      side * (cut.hip() - 6),
                      cut.band() + 62)
                  .open();
          sheet.stitch(mouth, thread, 0.8);
        }
        sheet.seam(new Line2D.Double(0, cut.band(), 0, cut.length()), cut.cloth());
        sheet.stitch(
            Outline.from(26, cut.band())
                .to(25, cut.band() + 76)
                .bend(22, cut.band() + 96, 2, cut.band() + 100)
                .open(),
            thread,
            0.7);
      }
      case PENCIL -> {
        Shape slit =
            new Line2D.Double(
                back ? 0 : cut.hem() * 0.45,
                cut.length() - 96,
                back ? 0 : cut.hem() * 0.46,
                cut.length() + 8);
        sheet.line(slit, 5, cut.cloth().colour().times(0.4), 0.8);
      }
      case A_LINE, PLEATED -> {}
    }
    if (cut.style() != SkirtCut.Style.PLEATED) {
      double sag = 6 + 0.09 * cut.hem();
      Shape hem =
          Outline.from(-cut.hem() + 4, cut.length() - 18)
              .curve(
                  -cut.hem() * 0.5,
                  cut.length() - 18 + sag,
                  cut.hem() * 0.5,
                  cut.length() - 18 + sag,
                  cut.hem() - 4,
                  cut.length() - 18)
              .open();
      sheet.stitch(hem, thread, 0.5);
    }
  }

  private void tiers(Shape body) {
    for (int i = 1; i <= 2; i++) {
      double y = cut.band() + (cut.length() - cut.band()) * i / 3;
      Area strip = new Area(body);
      strip.intersect(
          new Area(Outline.band(Outline.from(-500, y).bend(0, y + 24, 500, y).open(), 6)));
      sheet.piece(strip, cut.cloth().times(0.7), new Relief(0, 4, 0, 0.3));
    }
  }

  private void waistband() {
    Shape strip =
        Outline.from(-cut.top(), 2)
            .bend(0, 14, cut.top(), 2)
            .to(cut.waist() + 3, cut.band())
            .bend(0, cut.band() + 14, -cut.waist() - 3, cut.band())
            .closed();
    sheet.piece(strip, cut.trim(), new Relief(0.22, 14, 0, 0.24));
    if (!back && (cut.style() == SkirtCut.Style.JEANS || cut.style() == SkirtCut.Style.BUTTONED)) {
      sheet.button(0, cut.band() * 0.5 + 6, 11, cut.metal());
    }
    if (back) {
      sheet.seam(new Line2D.Double(0, 8, 0, cut.band() + 150), cut.cloth());
    }
  }
}

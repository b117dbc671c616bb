package org.atelier.dataset.sample;

import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.atelier.dataset.sample.Sheet.Fold;
import org.atelier.dataset.sample.Sheet.Relief;

/** Necklines and collars of the garments of the upper body. */
final class TopCollars {
  private static final Relief LEAF = new Relief(0.3, 14, 0, 0.34);

  private final TopCut cut;
  private final Sheet sheet;
  private final double nw;
  private final double depth;

  TopCollars(TopCut cut, Sheet sheet) {
    this.cut = cut;
    this.sheet = sheet;
    this.nw = cut.neck().width();
    this.depth = cut.neck().depth();
  }

  /** Continues from the middle of the neckline to the left shoulder point. */
  static void neckline(Outline outline, TopCut.Neck neck, boolean behind) {
    double nw = neck.width();
    double depth = neck.depth();
    if (behind) {
      outline.curve(-nw * 0.6, 10, -nw * 0.9, 6, -nw, 0);
      return;
    }
    switch (neck.kind()) {
      case V, LAPEL -> outline.bend(-nw * 0.62, depth * 0.46, -nw, 0);
      case SQUARE -> outline.to(-nw * 0.94, depth).bend(-nw * 0.96, depth * 0.4, -nw, 0);
      case CREW, SCOOP, ROLL, SHIRT_COLLAR, STAND, HOOD, STRAPS, STRAPLESS ->
          outline.curve(-nw * 0.62, depth, -nw * 0.98, depth * 0.55, -nw, 0);
    }
  }

  /** What lies under the body: the inside of the neck, the back of a collar, a hood, straps. */
  void behind(boolean back) {
    switch (cut.neck().kind()) {
      case STRAPS -> straps();
      case STRAPLESS -> {}
      case HOOD -> {
        hood(back);
        if (!back) {
          inside(-20);
        }
      }
      case SHIRT_COLLAR, LAPEL -> {
        if (!back) {
          inside(-34);
        }
      }
      case STAND -> {
        if (!back) {
          inside(-30);
        }
      }
      case CREW, V, SCOOP, SQUARE, ROLL -> {
        if (!back) {
          inside(12);
        }
      }
    }
  }

  /** The lining seen through the neckline, up to the back edge at {@code top}. */
  private void inside(double top) {
    Outline outline = Outline.from(1, depth + 26);
    neckline(outline, new TopCut.Neck(cut.neck().kind(), nw, depth + 26), false);
    outline.curve(-nw * 0.96, top * 0.6, -nw * 0.6, top, 1, top);
    Shape half = outline.closed();
    java.awt.geom.Area area = new java.awt.geom.Area(half);
    area.add(new java.awt.geom.Area(Outline.mirrored(half)));
    sheet.piece(area, cut.cloth().lining(), new Relief(-0.35, 24, 0, 0));
    if (depth > 26 && cut.neck().kind() != TopCut.NeckKind.ROLL) {
      Shape label = new Rectangle2D.Double(-17, top + 12, 34, 17);
      Colour colour =
          cut.cloth().lining().colour().lightness() > 0.5 ? Palette.CHARCOAL : Palette.ECRU;
      sheet.piece(
          label, new Fabric("label", colour, Sheet.flat(colour), 0), new Relief(0, 4, 0, 0.2));
    }
  }

  private void straps() {
    double bust = 62 + 0.3 * cut.body().chest();
    Fabric trim = cut.cloth().body();
    for (int side = -1; side <= 1; side += 2) {
      double x = side * nw;
      Shape behind = Outline.from(x * 0.78, bust + 50).bend(x * 0.62, 6, x * 0.9, -34).open();
      sheet.piece(Outline.band(behind, 12), trim.times(0.7), new Relief(0.2, 6, 0, 0.15));
      Shape strap =
          Outline.from(x * 1.16, bust + 60).curve(x * 1.14, 40, x * 1.1, -24, x * 0.88, -36).open();
      sheet.piece(Outline.band(strap, 14), trim, new Relief(0.2, 6, 0, 0.25));
    }
  }

  private void hood(boolean back) {
    double low = back ? 96 : 34;
    Shape hood =
        Outline.from(-nw - 26, low)
            .curve(-nw - 66, -60, -nw - 30, -150, 0, -158)
            .curve(nw + 30, -150, nw + 66, -60, nw + 26, low)
            .bend(0, low + 40, -nw - 26, low)
            .closed();
    sheet.piece(hood, cut.cloth().body(), new Relief(0.34, 34, 0, 0.2));
    if (!back) {
      Shape opening =
          Outline.from(-nw + 2, 24)
              .curve(-nw - 26, -50, -nw + 4, -116, 0, -120)
              .curve(nw - 4, -116, nw + 26, -50, nw - 2, 24)
              .closed();
      sheet.piece(opening, cut.cloth().lining(), new Relief(-0.4, 34, 0, 0));
    }
  }

  /** What lies over the body: bands, leaves, lapels. */
  void inFront(boolean back) {
    switch (cut.neck().kind()) {
      case CREW, SCOOP, V, SQUARE -> band(back);
      case ROLL -> roll();
      case STAND -> stand(back);
      case SHIRT_COLLAR -> {
        if (back) {
          backCollar();
        } else {
          leaf(false);
          leaf(true);
        }
      }
      case LAPEL -> {
        if (back) {
          backCollar();
        } else {
          lapel(false);
          lapel(true);
        }
      }
      case HOOD -> {
        if (back) {
          hood(true);
        } else {
          strings();
        }
      }
      case STRAPS, STRAPLESS -> {}
    }
  }

  private void band(boolean back) {
    Outline left = Outline.from(0, back ? 10 : depth);
    neckline(left, cut.neck(), back);
    Outline right = Outline.from(0, back ? 10 : depth);
    neckline(right, cut.neck(), back);
    java.awt.geom.Area area = new java.awt.geom.Area(Outline.band(left.open(), 21));
    area.add(new java.awt.geom.Area(Outline.band(Outline.mirrored(right.open()), 21)));
    area.add(new java.awt.geom.Area(Sheet.circle(0, back ? 10 : depth, 10.5)));
    sheet.piece(area, cut.cloth().trim(), new Relief(0.22, 8, 0, 0.12));
  }

  private void roll() {
    double top = -72;
    Shape collar =
        Outline.from(-nw - 2, 20)
            .curve(-nw + 8, -20, -nw + 4, top + 14, -nw + 8, top)
            .bend(0, top - 12, nw - 8, top)
            .curve(nw - 4, top + 14, nw - 8, -20, nw + 2, 20)
            .bend(0, 52, -nw - 2, 20)
            .closed();
    sheet.piece(
        collar,
        cut.cloth().trim(),
        new Relief(0.34, 22, 0, 0.26),
        List.of(new Fold(Outline.from(-nw + 8, -20).bend(0, 4, nw - 8, -20).open(), 9, -0.5)));
  }

  private void stand(boolean back) {
    Shape collar =
        back
            ? Outline.from(-nw - 4, 10)
                .bend(0, 24, nw + 4, 10)
                .to(nw - 6, -34)
                .bend(0, -40, -nw + 6, -34)
                .closed()
            : Outline.from(-nw - 4, 4)
                .curve(-nw * 0.9, depth * 0.7, -nw * 0.5, depth + 8, 0, depth + 12)
                .curve(nw * 0.5, depth + 8, nw * 0.9, depth * 0.7, nw + 4, 4)
                .to(nw - 8, -32)
                .curve(nw * 0.86, depth * 0.35, nw * 0.4, depth - 22, 0, depth - 18)
                .curve(-nw * 0.4, depth - 22, -nw * 0.86, depth * 0.35, -nw + 8, -32)
                .closed();
    sheet.piece(collar, cut.cloth().trim(), new Relief(0.3, 14, 0, 0.22));
  }

  private void backCollar() {
    Shape collar =
        Outline.from(-nw - 16, 26)
            .bend(0, 52, nw + 16, 26)
            .curve(nw + 6, -10, nw - 4, -34, nw * 0.7, -40)
            .bend(0, -48, -nw * 0.7, -40)
            .curve(-nw + 4, -34, -nw - 6, -10, -nw - 16, 26)
            .closed();
    sheet.piece(collar, cut.cloth().trim(), LEAF);
  }

  private void leaf(boolean right) {
    double reach = 58 + 0.35 * nw;
    Shape leaf =
        Outline.from(-nw * 0.72, -40)
            .curve(-nw * 0.82, -6, -nw * 0.42, depth * 0.7, -3, depth + 2)
            .to(-nw * 0.62, depth + reach * 0.86)
            .curve(-nw * 0.92, depth * 0.7 + 24, -nw - 18, 30, -nw - 15, 8)
            .curve(-nw - 8, -16, -nw * 0.92, -34, -nw * 0.72, -40)
            .closed();
    Shape turned = right ? Outline.mirrored(leaf) : leaf;
    sheet.piece(turned, cut.cloth().trim(), LEAF);
  }

  private void lapel(boolean right) {
    double width = cut.body().chest() * 0.6;
    Shape lapel =
        Outline.from(-nw * 0.86, -10)
            .bend(-nw * 0.5, depth * 0.5, 4, depth)
            .bend(-width * 0.66, depth * 0.74, -width, depth * 0.42)
            .to(-width * 0.72, depth * 0.36)
            .to(-nw * 0.9, 10)
            .closed();
    Shape collar =
        Outline.from(-nw * 0.74, -42)
            .curve(-nw * 0.84, -8, -nw * 0.7, depth * 0.2, -nw * 0.58, depth * 0.34)
            .to(-width * 0.7, depth * 0.38)
            .to(-width * 0.9, depth * 0.29)
            .curve(-nw - 26, 50, -nw - 26, 20, -nw - 18, 4)
            .curve(-nw - 8, -22, -nw * 0.92, -38, -nw * 0.74, -42)
            .closed();
    sheet.piece(right ? Outline.mirrored(lapel) : lapel, cut.cloth().body(), LEAF);
    sheet.piece(right ? Outline.mirrored(collar) : collar, cut.cloth().trim(), LEAF);
  }

  private void strings() {
    for (int side = -1; side <= 1; side += 2) {
      Shape string =
          Outline.from(side * nw * 0.4, depth + 4)
              .bend(side * nw * 0.5, depth + 60, side * nw * 0.36, depth + 118)
              .open();
      sheet.line(string, 7, cut.cloth().trim().colour().times(0.6), 0.8);
      sheet.line(string, 4.5, cut.cloth().buttons().mix(Palette.ECRU, 0.7), 1);
    }
  }
}

package org.atelier.dataset.sample;

/**
 * The cut of everything worn on the upper body: t-shirts, shirts, pullovers, coats, dresses. One
 * set of measures for all of them, because the borders between them are a matter of degree.
 * Measures are in thousandths of the picture's height; widths are half widths.
 */
record TopCut(Body body, Sleeve sleeve, Neck neck, Front front, Cloth cloth) {

  enum Hem {
    PLAIN,
    RIB,
    SHIRT_TAIL
  }

  enum Cuff {
    PLAIN,
    RIB,
    BUTTONED,
    ROLLED,
    FLARED
  }

  enum NeckKind {
    CREW,
    V,
    SCOOP,
    SQUARE,
    ROLL,
    SHIRT_COLLAR,
    STAND,
    LAPEL,
    HOOD,
    STRAPS,
    STRAPLESS
  }

  enum Closure {
    NONE,
    PLACKET,
    BUTTONS,
    DOUBLE_BREASTED,
    ZIP
  }

  enum Pockets {
    NONE,
    CHEST,
    TWO_CHEST,
    PATCH,
    WELT,
    KANGAROO
  }

  /**
   * @param waistAt where the waist lies, as a share of the length
   * @param skirt true when a seam divides bodice and skirt at the waist
   */
  record Body(
      double shoulder,
      double chest,
      double waist,
      double hem,
      double length,
      double waistAt,
      Hem finish,
      boolean skirt) {}

  /**
   * @param length 0 for none
   * @param angle from straight down, in radians
   * @param bend how far the forearm turns in (positive) or out, in units
   */
  record Sleeve(double length, double angle, double cuff, double bend, Cuff finish) {}

  record Neck(NeckKind kind, double width, double depth) {}

  /**
   * @param reach how far down the closure goes, as a share of the length
   * @param buttons number of buttons per row
   */
  record Front(Closure closure, double reach, int buttons, Pockets pockets, boolean belt) {}

  /**
   * @param body cloth of the body and sleeves
   * @param trim cloth of collar, cuffs and hem bands
   * @param lining what shows inside the neck
   * @param thickness puff of the pieces
   */
  record Cloth(Fabric body, Fabric trim, Fabric lining, Colour buttons, double thickness) {}
}

package org.atelier.dataset.sample;

/**
 * The cut of a skirt; widths are half widths, measures in thousandths of the picture's height.
 *
 * @param band height of the waistband; a high one comes close to a strapless bodice
 * @param top half width at the upper edge of the band
 */
record SkirtCut(
    double waist,
    double top,
    double band,
    double hip,
    double hem,
    double length,
    Style style,
    Fabric cloth,
    Fabric trim,
    Colour metal) {

  enum Style {
    A_LINE,
    PENCIL,
    PLEATED,
    TIERED,
    WRAP,
    BUTTONED,
    JEANS
  }
}

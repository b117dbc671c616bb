package org.atelier.dataset.sample;

/**
 * The cut of trousers, shorts and everything between them and a skirt. Widths are half widths,
 * measures are in thousandths of the picture's height.
 *
 * @param waist half width at the waistband
 * @param hip half width at the hip
 * @param rise from the waistband's top to the crotch
 * @param length of the whole garment
 * @param knee width of one leg at the knee
 * @param hem width of one leg at the hem
 * @param spread how far the legs stand apart at the hem: half the gap
 */
record LegCut(
    double waist,
    double hip,
    double rise,
    double length,
    double knee,
    double hem,
    double spread,
    Style style,
    Fabric cloth,
    Colour metal) {

  enum Style {
    JEANS,
    CHINO,
    TAILORED,
    JOGGER,
    CULOTTE
  }
}

package org.atelier.dataset.sample;

import static org.atelier.dataset.sample.GarmentClass.COAT;
import static org.atelier.dataset.sample.GarmentClass.DRESS;
import static org.atelier.dataset.sample.GarmentClass.PULLOVER;
import static org.atelier.dataset.sample.GarmentClass.SHIRT;
import static org.atelier.dataset.sample.GarmentClass.SHORTS;
import static org.atelier.dataset.sample.GarmentClass.SKIRT;
import static org.atelier.dataset.sample.GarmentClass.TROUSERS;
import static org.atelier.dataset.sample.GarmentClass.T_SHIRT;

import org.atelier.dataset.sample.TopCut.Body;
import org.atelier.dataset.sample.TopCut.Closure;
import org.atelier.dataset.sample.TopCut.Cuff;
import org.atelier.dataset.sample.TopCut.Front;
import org.atelier.dataset.sample.TopCut.Hem;
import org.atelier.dataset.sample.TopCut.Neck;
import org.atelier.dataset.sample.TopCut.NeckKind;
import org.atelier.dataset.sample.TopCut.Pockets;
import org.atelier.dataset.sample.TopCut.Sleeve;

/**
 * Designs garments that stand between two classes. A share t between 0 and 1 moves every measure
 * from one class towards the other, and the label is drawn with probability t: the picture does not
 * determine it.
 */
record Borders(Dice dice, ClothShop shop) {

  Garment design() {
    double t = dice.between(0, 1);
    return switch (dice.count(0, 10)) {
      case 0 -> polo(t);
      case 1 -> longSleeveTee(t);
      case 2 -> overshirt(t);
      case 3 -> cardigan(t);
      case 4 -> longTee(t);
      case 5 -> shirtDress(t);
      case 6 -> coatDress(t);
      case 7 -> bandeau(t);
      case 8 -> bermuda(t);
      case 9 -> culottes(t, true);
      default -> culottes(t, false);
    };
  }

  private Garment polo(double t) {
    Fabric fabric = t < 0.5 ? shop.jersey() : shop.shirting();
    double chest = dice.about(170, 12);
    Body body =
        new Body(chest + 6, chest, chest - 6, chest + 4, mix(455, 485, t), 0.6, Hem.PLAIN, false);
    Neck neck = new Neck(NeckKind.SHIRT_COLLAR, 62, mix(30, 50, t));
    Front front =
        new Front(
            t > 0.6 ? Closure.BUTTONS : Closure.PLACKET,
            mix(0.32, 0.56, t),
            t > 0.6 ? 6 : 3,
            Pockets.NONE,
            false);
    return top(
        T_SHIRT,
        SHIRT,
        t,
        new TopCut(body, tops().shortSleeve(), neck, front, tops().cloth(fabric, fabric, 0.23)));
  }

  private Garment longSleeveTee(double t) {
    Colour colour = dice.pick(Palette.ALL);
    Fabric fabric =
        t < 0.3 ? Fabrics.plain(colour, dice.seed()) : Fabrics.jersey(colour, 22, 0.04 + 0.1 * t);
    double chest = dice.about(173, 12);
    Body body =
        new Body(
            chest + 6,
            chest,
            chest - 4,
            chest - mix(0, 12, t),
            455,
            0.65,
            t > 0.5 ? Hem.RIB : Hem.PLAIN,
            false);
    Sleeve sleeve = tops().longSleeve(t > 0.5, t > 0.35 ? Cuff.RIB : Cuff.PLAIN);
    Neck neck = new Neck(NeckKind.CREW, 68, mix(66, 46, t));
    Front front = new Front(Closure.NONE, 0, 0, Pockets.NONE, false);
    Fabric trim = Fabrics.rib(colour.times(0.95), 13);
    return top(
        T_SHIRT,
        PULLOVER,
        t,
        new TopCut(body, sleeve, neck, front, tops().cloth(fabric, trim, mix(0.25, 0.34, t))));
  }

  private Garment overshirt(double t) {
    Fabric fabric = t < 0.5 ? shop.shirting() : shop.coating();
    double chest = dice.about(180, 12);
    Body body =
        new Body(
            chest + 4,
            chest,
            chest - 6,
            chest + mix(4, 22, t),
            mix(520, 640, t),
            0.56,
            t < 0.4 ? Hem.SHIRT_TAIL : Hem.PLAIN,
            false);
    Sleeve sleeve = tops().longSleeve(t > 0.4, Cuff.BUTTONED);
    Neck neck = new Neck(NeckKind.SHIRT_COLLAR, 62, mix(44, 62, t));
    Front front =
        new Front(
            Closure.BUTTONS, 1, dice.count(5, 7), dice.of(Pockets.TWO_CHEST, Pockets.PATCH), false);
    return top(
        SHIRT,
        COAT,
        t,
        new TopCut(body, sleeve, neck, front, tops().cloth(fabric, fabric, mix(0.24, 0.42, t))));
  }

  private Garment cardigan(double t) {
    Fabric fabric = shop.knit();
    double chest = dice.about(182, 12);
    Body body =
        new Body(
            chest + 6,
            chest,
            chest - 6,
            chest + mix(-10, 24, t),
            mix(470, 680, t),
            0.56,
            t < 0.5 ? Hem.RIB : Hem.PLAIN,
            false);
    Sleeve sleeve = tops().longSleeve(true, t < 0.6 ? Cuff.RIB : Cuff.PLAIN);
    Neck neck =
        t < 0.6 ? new Neck(NeckKind.V, 66, mix(140, 220, t)) : new Neck(NeckKind.LAPEL, 66, 210);
    Front front =
        new Front(
            Closure.BUTTONS, 0.7, dice.count(4, 5), Pockets.PATCH, t > 0.7 && dice.chance(0.5));
    Fabric trim = Fabrics.rib(fabric.colour().times(0.95), 15);
    return top(
        PULLOVER,
        COAT,
        t,
        new TopCut(body, sleeve, neck, front, tops().cloth(fabric, trim, mix(0.34, 0.44, t))));
  }

  private Garment longTee(double t) {
    Fabric fabric = shop.jersey();
    double chest = dice.about(160, 10);
    Body body =
        new Body(
            chest + 6,
            chest,
            chest - mix(0, 14, t),
            chest + mix(6, 36, t),
            mix(500, 640, t),
            0.5,
            Hem.PLAIN,
            false);
    Neck neck =
        new Neck(dice.of(NeckKind.CREW, NeckKind.SCOOP, NeckKind.V), 68, dice.between(56, 90));
    Front front = new Front(Closure.NONE, 0, 0, Pockets.NONE, false);
    Fabric trim = Fabrics.rib(fabric.colour().times(0.96), 12);
    return top(
        T_SHIRT,
        DRESS,
        t,
        new TopCut(body, tops().shortSleeve(), neck, front, tops().cloth(fabric, trim, 0.24)));
  }

  private Garment shirtDress(double t) {
    Fabric fabric = shop.shirting();
    double chest = dice.about(160, 10);
    Body body =
        new Body(
            chest,
            chest,
            chest - mix(6, 34, t),
            chest + mix(2, 44, t),
            mix(530, 680, t),
            mix(0.55, 0.44, t),
            t < 0.6 ? Hem.SHIRT_TAIL : Hem.PLAIN,
            false);
    Sleeve sleeve = tops().longSleeve(false, Cuff.BUTTONED);
    Front front =
        new Front(
            Closure.BUTTONS, 1, dice.count(8, 9), dice.of(Pockets.CHEST, Pockets.NONE), t > 0.75);
    return top(
        SHIRT,
        DRESS,
        t,
        new TopCut(
            body,
            sleeve,
            new Neck(NeckKind.SHIRT_COLLAR, 60, 48),
            front,
            tops().cloth(fabric, fabric, 0.22)));
  }

  private Garment coatDress(double t) {
    Fabric fabric = t < 0.5 ? shop.skirting() : shop.coating();
    double chest = dice.about(mix(148, 176, t), 6);
    Body body =
        new Body(
            chest,
            chest,
            chest - mix(34, 22, t),
            chest + dice.between(30, 70),
            dice.about(690, 30),
            0.47,
            Hem.PLAIN,
            false);
    Sleeve sleeve = tops().longSleeve(t > 0.5, Cuff.PLAIN);
    Front front =
        new Front(
            Closure.DOUBLE_BREASTED,
            0.6,
            dice.count(3, 4),
            t > 0.6 ? Pockets.WELT : Pockets.NONE,
            dice.chance(0.5));
    return top(
        DRESS,
        COAT,
        t,
        new TopCut(
            body,
            sleeve,
            new Neck(NeckKind.LAPEL, 64, dice.between(180, 240)),
            front,
            tops().cloth(fabric, fabric, mix(0.26, 0.42, t))));
  }

  private Garment bandeau(double t) {
    Fabric fabric = shop.dressing();
    double waist = dice.about(112, 5);
    double hip = waist + dice.between(30, 44);
    double band = mix(170, 64, t);
    SkirtCut cut =
        new SkirtCut(
            waist,
            waist + mix(20, 4, t),
            band,
            hip,
            hip + dice.between(20, 110),
            band + dice.between(440, 500),
            SkirtCut.Style.A_LINE,
            fabric,
            fabric,
            shop.metal());
    return Garment.between(
        DRESS, SKIRT, t, dice, fabric, (back, random) -> SkirtTailor.draw(cut, back, random));
  }

  private Garment bermuda(double t) {
    LegCut.Style style = dice.of(LegCut.Style.JEANS, LegCut.Style.CHINO, LegCut.Style.TAILORED);
    Fabric fabric = style == LegCut.Style.JEANS ? shop.denim() : shop.trousering();
    double waist = dice.about(140, 8);
    double knee = mix(132, 156, t);
    LegCut cut =
        new LegCut(
            waist,
            waist + 34,
            232,
            mix(690, 510, t),
            knee,
            knee + dice.between(-12, 16),
            dice.between(14, 44),
            style,
            fabric,
            shop.metal());
    return Garment.between(
        TROUSERS, SHORTS, t, dice, fabric, (back, random) -> LegTailor.draw(cut, back, random));
  }

  /** Legs so wide that the gap between them nearly closes. */
  private Garment culottes(double t, boolean brief) {
    Fabric fabric = shop.skirting();
    double waist = dice.about(118, 6);
    double width = dice.between(150, 190);
    double length = brief ? dice.between(350, 430) : dice.between(600, 760);
    LegCut cut =
        new LegCut(
            waist,
            waist + 36,
            mix(230, brief ? 320 : 420, t),
            length,
            width - 6,
            width + (brief ? 0 : 20),
            mix(12, 2, t),
            LegCut.Style.CULOTTE,
            fabric,
            shop.metal());
    return Garment.between(
        brief ? SHORTS : TROUSERS,
        SKIRT,
        t,
        dice,
        fabric,
        (back, random) -> LegTailor.draw(cut, back, random));
  }

  private TopWardrobe tops() {
    return new TopWardrobe(dice, shop);
  }

  private Garment top(GarmentClass from, GarmentClass to, double t, TopCut cut) {
    return Garment.between(
        from, to, t, dice, cut.cloth().body(), (back, random) -> TopTailor.draw(cut, back, random));
  }

  private static double mix(double from, double to, double share) {
    return from + (to - from) * share;
  }
}

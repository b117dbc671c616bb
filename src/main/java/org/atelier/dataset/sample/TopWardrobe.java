package org.atelier.dataset.sample;

import static org.atelier.dataset.sample.GarmentClass.COAT;
import static org.atelier.dataset.sample.GarmentClass.DRESS;
import static org.atelier.dataset.sample.GarmentClass.PULLOVER;
import static org.atelier.dataset.sample.GarmentClass.SHIRT;
import static org.atelier.dataset.sample.GarmentClass.T_SHIRT;

import org.atelier.dataset.sample.TopCut.Body;
import org.atelier.dataset.sample.TopCut.Closure;
import org.atelier.dataset.sample.TopCut.Cloth;
import org.atelier.dataset.sample.TopCut.Cuff;
import org.atelier.dataset.sample.TopCut.Front;
import org.atelier.dataset.sample.TopCut.Hem;
import org.atelier.dataset.sample.TopCut.Neck;
import org.atelier.dataset.sample.TopCut.NeckKind;
import org.atelier.dataset.sample.TopCut.Pockets;
import org.atelier.dataset.sample.TopCut.Sleeve;

/** Designs ordinary t-shirts, shirts, pullovers, coats and dresses. */
record TopWardrobe(Dice dice, ClothShop shop) {

  private static final Front PLAIN = new Front(Closure.NONE, 0, 0, Pockets.NONE, false);

  Garment tShirt() {
    Fabric fabric = shop.jersey();
    double chest = dice.about(168, 14);
    double length = dice.about(455, 32);
    Body body =
        new Body(
            chest + dice.between(-4, 14),
            chest,
            chest - dice.between(0, 14),
            chest + dice.between(-8, 14),
            length,
            0.62,
            Hem.PLAIN,
            false);
    boolean longSleeve = dice.chance(0.14);
    Sleeve sleeve =
        dice.chance(0.07)
            ? new Sleeve(0, 0, 0, 0, Cuff.PLAIN)
            : longSleeve ? longSleeve(false, Cuff.PLAIN) : shortSleeve();
    Neck neck =
        new Neck(
            dice.of(NeckKind.CREW, NeckKind.CREW, NeckKind.CREW, NeckKind.V, NeckKind.SCOOP),
            dice.about(68, 6),
            dice.between(52, 92));
    Fabric trim =
        dice.chance(0.2)
            ? Fabrics.rib(dice.pick(Palette.DEEP), 12)
            : Fabrics.rib(fabric.colour().times(0.96), 12);
    Front front = dice.chance(0.16) ? new Front(Closure.NONE, 0, 0, Pockets.CHEST, false) : PLAIN;
    return top(T_SHIRT, new TopCut(body, sleeve, neck, front, cloth(fabric, trim, 0.24)));
  }

  Sleeve shortSleeve() {
    return new Sleeve(
        dice.between(112, 186), dice.between(0.72, 1.02), dice.between(104, 126), 0, Cuff.PLAIN);
  }

  Sleeve longSleeve(boolean wide, Cuff cuff) {
    double bend = dice.chance(0.35) ? dice.between(14, 60) : dice.between(-6, 14);
    return new Sleeve(
        dice.between(425, 480),
        dice.between(0.24, 0.46),
        (wide ? 86 : 70) + dice.between(-6, 12),
        bend,
        cuff);
  }

  Sleeve coatSleeve(Cuff cuff) {
    return new Sleeve(
        dice.between(470, 525),
        dice.between(0.2, 0.36),
        dice.between(84, 98),
        dice.between(0, 30),
        cuff);
  }

  Garment shirt() {
    Fabric fabric = shop.shirting();
    double chest = dice.about(172, 15);
    double length = dice.about(500, 34);
    boolean tail = dice.chance(0.6);
    Body body =
        new Body(
            chest + dice.between(-8, 8),
            chest,
            chest - dice.between(4, 26),
            chest + dice.between(-6, 10),
            length,
            0.6,
            tail ? Hem.SHIRT_TAIL : Hem.PLAIN,
            false);
    boolean shortSleeve = dice.chance(0.24);
    Sleeve sleeve =
        shortSleeve
            ? shortSleeve()
            : longSleeve(false, dice.chance(0.2) ? Cuff.ROLLED : Cuff.BUTTONED);
    NeckKind kind = dice.chance(0.87) ? NeckKind.SHIRT_COLLAR : NeckKind.STAND;
    Neck neck = new Neck(kind, dice.about(60, 5), dice.between(34, 66));
    Closure closure = dice.chance(0.93) ? Closure.BUTTONS : Closure.PLACKET;
    Pockets pockets = dice.of(Pockets.NONE, Pockets.CHEST, Pockets.CHEST, Pockets.TWO_CHEST);
    Front front =
        new Front(closure, 0.52, closure == Closure.BUTTONS ? dice.count(6, 8) : 4, pockets, false);
    return top(SHIRT, new TopCut(body, sleeve, neck, front, cloth(fabric, fabric, 0.22)));
  }

  Garment pullover() {
    Fabric fabric = shop.knit();
    double chest = dice.about(180, 18);
    double length = dice.about(455, 36);
    Body body =
        new Body(
            chest + dice.between(-10, 22),
            chest,
            chest - dice.between(-2, 14),
            chest - dice.between(2, 26),
            length,
            0.68,
            dice.chance(0.85) ? Hem.RIB : Hem.PLAIN,
            false);
    Sleeve sleeve = longSleeve(true, Cuff.RIB);
    NeckKind kind =
        dice.of(
            NeckKind.CREW,
            NeckKind.CREW,
            NeckKind.CREW,
            NeckKind.ROLL,
            NeckKind.V,
            NeckKind.HOOD,
            NeckKind.STAND);
    Neck neck =
        new Neck(
            kind,
            dice.about(68, 6),
            kind == NeckKind.V ? dice.between(110, 170) : dice.between(36, 58));
    Front front = PLAIN;
    if (kind == NeckKind.HOOD) {
      front =
          new Front(dice.chance(0.3) ? Closure.ZIP : Closure.NONE, 1, 0, Pockets.KANGAROO, false);
    } else if (kind == NeckKind.STAND) {
      front = new Front(Closure.ZIP, 0.34, 0, Pockets.NONE, false);
    } else if (kind == NeckKind.V && dice.chance(0.4)) {
      front =
          new Front(
              Closure.BUTTONS, 1, dice.count(4, 6), dice.of(Pockets.NONE, Pockets.PATCH), false);
    }
    Fabric trim = Fabrics.rib(fabric.colour().times(0.95), 15);
    return top(PULLOVER, new TopCut(body, sleeve, neck, front, cloth(fabric, trim, 0.36)));
  }

  Garment coat() {
    Fabric fabric = shop.coating();
    double chest = dice.about(186, 15);
    double length = dice.about(735, 70);
    boolean belted = dice.chance(0.28);
    Body body =
        new Body(
            chest + dice.between(-4, 12),
            chest,
            chest - (belted ? dice.between(26, 46) : dice.between(0, 18)),
            chest + dice.between(6, 60),
            length,
            0.52,
            Hem.PLAIN,
            false);
    Sleeve sleeve = coatSleeve(dice.chance(0.16) ? Cuff.BUTTONED : Cuff.PLAIN);
    double roll = dice.between(0, 1);
    NeckKind kind =
        roll < 0.62
            ? NeckKind.LAPEL
            : roll < 0.78 ? NeckKind.SHIRT_COLLAR : roll < 0.9 ? NeckKind.HOOD : NeckKind.STAND;
    double depth = kind == NeckKind.LAPEL ? dice.between(170, 280) : dice.between(36, 60);
    Neck neck = new Neck(kind, dice.about(66, 5), depth);
    Closure closure =
        kind == NeckKind.LAPEL
            ? dice.of(Closure.BUTTONS, Closure.DOUBLE_BREASTED, Closure.DOUBLE_BREASTED)
            : dice.of(Closure.BUTTONS, Closure.ZIP);
    Pockets pockets = dice.of(Pockets.WELT, Pockets.PATCH, Pockets.WELT, Pockets.NONE);
    Front front =
        new Front(closure, closure == Closure.ZIP ? 1 : 0.62, dice.count(3, 5), pockets, belted);
    return top(COAT, new TopCut(body, sleeve, neck, front, cloth(fabric, fabric, 0.44)));
  }

  Garment dress() {
    Fabric fabric = shop.dressing();
    double chest = dice.about(136, 9);
    double waist = chest - dice.between(12, 38);
    double length = dice.about(720, 90);
    boolean skirt = dice.chance(0.7);
    double hem = skirt ? waist + dice.between(50, 170) : chest + dice.between(-6, 50);
    Body body =
        new Body(
            chest + dice.between(-14, 4),
            chest,
            waist,
            hem,
            length,
            dice.between(0.36, 0.43),
            Hem.PLAIN,
            skirt);
    double roll = dice.between(0, 1);
    NeckKind kind =
        roll < 0.26
            ? NeckKind.STRAPS
            : roll < 0.30
                ? NeckKind.STRAPLESS
                : roll < 0.5
                    ? NeckKind.V
                    : roll < 0.64
                        ? NeckKind.SCOOP
                        : roll < 0.76
                            ? NeckKind.SQUARE
                            : roll < 0.9 ? NeckKind.CREW : NeckKind.SHIRT_COLLAR;
    double depth =
        kind == NeckKind.V
            ? dice.between(100, 160)
            : kind == NeckKind.SHIRT_COLLAR ? 44 : dice.between(50, 90);
    Neck neck = new Neck(kind, dice.about(66, 6), depth);
    double arm = dice.between(0, 1);
    Sleeve sleeve =
        arm < 0.38
            ? new Sleeve(0, 0, 0, 0, Cuff.PLAIN)
            : arm < 0.78
                ? new Sleeve(
                    dice.between(90, 170),
                    dice.between(0.5, 0.9),
                    dice.between(84, 108),
                    0,
                    dice.of(Cuff.PLAIN, Cuff.FLARED))
                : new Sleeve(
                    dice.between(360, 440),
                    dice.between(0.3, 0.5),
                    66,
                    10,
                    dice.of(Cuff.PLAIN, Cuff.FLARED, Cuff.BUTTONED));
    boolean buttons =
        kind == NeckKind.SHIRT_COLLAR || (kind != NeckKind.STRAPLESS && dice.chance(0.1));
    Front front =
        new Front(
            buttons ? Closure.BUTTONS : Closure.NONE,
            1,
            dice.count(8, 11),
            Pockets.NONE,
            dice.chance(0.2));
    return top(DRESS, new TopCut(body, sleeve, neck, front, cloth(fabric, fabric, 0.24)));
  }

  Cloth cloth(Fabric fabric, Fabric trim, double thickness) {
    Colour inside = fabric.name().equals("denim") ? Palette.SKY : fabric.colour();
    Fabric lining = Fabrics.plain(inside.times(0.62), 7);
    return new Cloth(fabric, trim, lining, shop.button(fabric), thickness);
  }

  static Garment top(GarmentClass label, TopCut cut) {
    return Garment.of(
        label, cut.cloth().body(), (back, random) -> TopTailor.draw(cut, back, random));
  }
}

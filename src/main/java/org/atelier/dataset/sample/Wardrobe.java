package org.atelier.dataset.sample;

import static org.atelier.dataset.sample.GarmentClass.BAG;
import static org.atelier.dataset.sample.GarmentClass.SHOE;
import static org.atelier.dataset.sample.GarmentClass.SHORTS;
import static org.atelier.dataset.sample.GarmentClass.SKIRT;
import static org.atelier.dataset.sample.GarmentClass.TROUSERS;

import java.util.Random;

/** Designs one garment of each class, and garments on the borders between classes. */
record Wardrobe(Dice dice, ClothShop shop) {

  /** Share of garments that stand between two classes. */
  static final double BORDER_SHARE = 0.09;

  static Garment design(Random random) {
    Dice dice = new Dice(random);
    Wardrobe wardrobe = new Wardrobe(dice, new ClothShop(dice));
    GarmentClass label = wardrobe.label();
    if (dice.chance(BORDER_SHARE)) {
      return new Borders(dice, wardrobe.shop()).design();
    }
    return wardrobe.ordinary(label);
  }

  private GarmentClass label() {
    double total = 0;
    for (GarmentClass one : GarmentClass.values()) {
      total += one.share();
    }
    double roll = dice.between(0, total);
    for (GarmentClass one : GarmentClass.values()) {
      roll -= one.share();
      if (roll < 0) {
        return one;
      }
    }
    return BAG;
  }

  Garment ordinary(GarmentClass label) {
    TopWardrobe tops = new TopWardrobe(dice, shop);
    return switch (label) {
      case T_SHIRT -> tops.tShirt();
      case SHIRT -> tops.shirt();
      case PULLOVER -> tops.pullover();
      case COAT -> tops.coat();
      case DRESS -> tops.dress();
      case SKIRT -> skirt();
      case TROUSERS -> trousers();
      case SHORTS -> shorts();
      case SHOE -> shoe();
      case BAG -> bag();
    };
  }

  private Garment skirt() {
    SkirtCut.Style style = dice.of(SkirtCut.Style.values());
    Fabric fabric = style == SkirtCut.Style.JEANS ? shop.denim() : shop.skirting();
    double waist = dice.about(118, 8);
    double hip = waist + dice.between(26, 50);
    double length = dice.chance(0.45) ? dice.about(350, 30) : dice.about(560, 60);
    double hem =
        switch (style) {
          case PENCIL, JEANS -> hip + dice.between(-22, 14);
          case BUTTONED, WRAP -> hip + dice.between(10, 60);
          case A_LINE, PLEATED, TIERED -> hip + dice.between(40, 130) * (0.6 + length / 1000);
        };
    double band = dice.between(34, 66);
    SkirtCut cut =
        new SkirtCut(
            waist,
            waist - dice.between(0, 5),
            band,
            hip,
            hem,
            length,
            style,
            fabric,
            fabric,
            shop.metal());
    return Garment.of(SKIRT, fabric, (back, random) -> SkirtTailor.draw(cut, back, random));
  }

  private Garment trousers() {
    LegCut.Style style =
        dice.of(
            LegCut.Style.JEANS,
            LegCut.Style.JEANS,
            LegCut.Style.CHINO,
            LegCut.Style.TAILORED,
            LegCut.Style.TAILORED,
            LegCut.Style.JOGGER);
    Fabric fabric = style == LegCut.Style.JEANS ? shop.denim() : shop.trousering();
    double waist = dice.about(138, 9);
    double hip = waist + dice.between(24, 44);
    double rise = dice.between(215, 262);
    double length = dice.about(820, 48);
    double fit = dice.between(0, 1);
    double knee = 108 + 54 * fit;
    double hem = style == LegCut.Style.JOGGER ? 92 : 88 + fit * dice.between(30, 120);
    LegCut cut =
        new LegCut(
            waist, hip, rise, length, knee, hem, dice.between(10, 64), style, fabric, shop.metal());
    return Garment.of(TROUSERS, fabric, (back, random) -> LegTailor.draw(cut, back, random));
  }

  private Garment shorts() {
    LegCut.Style style =
        dice.of(
            LegCut.Style.JEANS,
            LegCut.Style.CHINO,
            LegCut.Style.CHINO,
            LegCut.Style.TAILORED,
            LegCut.Style.JOGGER);
    Fabric fabric =
        style == LegCut.Style.JEANS
            ? shop.denim()
            : dice.chance(0.3) ? shop.shirting() : shop.trousering();
    double waist = dice.about(146, 9);
    double hip = waist + dice.between(26, 44);
    double rise = dice.between(205, 255);
    double length = rise + dice.between(80, 260);
    double spread = dice.between(6, 34);
    double knee = hip - spread * 0.5 + dice.between(-12, 10);
    double hem =
        style == LegCut.Style.JOGGER ? knee - 14 : knee + dice.between(-22, 26) - spread * 0.5;
    LegCut cut =
        new LegCut(waist, hip, rise, length, knee, hem, spread, style, fabric, shop.metal());
    return Garment.of(SHORTS, fabric, (back, random) -> LegTailor.draw(cut, back, random));
  }

  private Garment shoe() {
    ShoeMaker.Style style = dice.of(ShoeMaker.Style.values());
    boolean sneaker = style == ShoeMaker.Style.SNEAKER;
    Fabric upper = sneaker ? Fabrics.leather(dice.pick(Palette.ALL), dice.seed()) : shop.hide();
    Fabric accent =
        sneaker || dice.chance(0.25)
            ? Fabrics.suede(dice.pick(Palette.ALL), dice.seed())
            : upper.times(0.85);
    double heel =
        switch (style) {
          case PUMP -> dice.between(90, 200);
          case CHELSEA, BOOT -> dice.between(30, 80);
          case LOAFER, SANDAL -> dice.between(20, 60);
          case SNEAKER -> 0;
        };
    double shaft =
        switch (style) {
          case CHELSEA -> dice.between(60, 130);
          case BOOT -> dice.between(80, 420);
          case SNEAKER -> dice.chance(0.3) ? dice.between(60, 130) : 0;
          case LOAFER, PUMP, SANDAL -> 0;
        };
    Colour sole =
        sneaker
            ? dice.of(Palette.SOLE, Palette.SOLE, Palette.GUM)
            : dice.of(Palette.CHOCOLATE, Palette.BLACK, Palette.GUM);
    ShoeMaker.Last last =
        new ShoeMaker.Last(style, shaft, heel, dice.between(520, 580), upper, accent, sole);
    boolean pair = dice.chance(0.55);
    return Garment.of(SHOE, upper, (back, random) -> ShoeMaker.draw(last, pair));
  }

  private Garment bag() {
    BagMaker.Style style = dice.of(BagMaker.Style.values());
    boolean canvas =
        style == BagMaker.Style.TOTE && dice.chance(0.5)
            || style == BagMaker.Style.BACKPACK && dice.chance(0.6);
    Fabric body =
        canvas
            ? dice.chance(0.4)
                ? shop.skirting()
                : Fabrics.plain(dice.pick(Palette.ALL), dice.seed())
            : shop.hide();
    Fabric trim =
        canvas || dice.chance(0.3)
            ? Fabrics.leather(dice.pick(Palette.LEATHER), dice.seed())
            : body.times(0.88);
    double width = dice.between(190, 270);
    double height =
        switch (style) {
          case TOTE -> width * dice.between(1.3, 1.9);
          case CLUTCH -> width * dice.between(1.0, 1.25);
          case FLAP, TOP_HANDLE -> width * dice.between(1.15, 1.5);
          case BUCKET, BACKPACK -> width * dice.between(1.6, 1.9);
        };
    BagMaker.Plan plan =
        new BagMaker.Plan(
            style,
            width,
            height,
            dice.between(0.82, 1.02),
            dice.between(180, 280),
            body,
            trim,
            shop.metal());
    return Garment.of(BAG, body, (back, random) -> BagMaker.draw(plan, back));
  }
}

package org.atelier.dataset.sample;

import java.util.List;

/** Chooses cloth for a purpose. */
record ClothShop(Dice dice) {

  /** Cotton jersey for t-shirts: mostly plain, often striped. */
  Fabric jersey() {
    Colour colour = dice.pick(Palette.ALL);
    double roll = dice.between(0, 1);
    if (roll < 0.24) {
      return stripe(dice.pick(Palette.LIGHT), dice.pick(Palette.DEEP), 44, 84);
    }
    if (roll < 0.30) {
      return Fabrics.blocks(
          Fabrics.plain(dice.pick(Palette.LIGHT), dice.seed()),
          Fabrics.plain(colour, dice.seed()),
          dice.between(150, 260));
    }
    if (roll < 0.36) {
      return Fabrics.dots(dice.pick(Palette.DEEP), Palette.ECRU, dice.between(44, 64), 9);
    }
    return Fabrics.plain(colour, dice.seed());
  }

  private Fabric stripe(Colour ground, Colour line, double low, double high) {
    return Fabrics.stripes(ground, line, dice.between(low, high), dice.between(0.25, 0.5), false);
  }

  /** Woven cotton for shirts. */
  Fabric shirting() {
    Colour light = dice.pick(Palette.LIGHT);
    Colour deep = dice.pick(Palette.DEEP);
    double roll = dice.between(0, 1);
    if (roll < 0.2) {
      return Fabrics.stripes(light, dice.of(deep, Palette.DENIM), dice.between(26, 40), 0.3, true);
    }
    if (roll < 0.32) {
      return Fabrics.gingham(Palette.WHITE, dice.pick(Palette.DEEP), dice.between(38, 56));
    }
    if (roll < 0.46) {
      return Fabrics.tartan(dice.pick(Palette.WARM), deep, Palette.BUTTER, dice.between(110, 170));
    }
    if (roll < 0.56) {
      return Fabrics.denim(dice.of(Palette.DENIM, Palette.INDIGO, Palette.SKY), 0.5, dice.seed());
    }
    if (roll < 0.62) {
      return floral();
    }
    return Fabrics.plain(dice.chance(0.6) ? light : dice.pick(Palette.ALL), dice.seed());
  }

  Fabric floral() {
    Colour ground = dice.pick(dice.chance(0.5) ? Palette.LIGHT : Palette.DEEP);
    Colour petal = ground.lightness() > 0.55 ? dice.pick(Palette.WARM) : dice.pick(Palette.LIGHT);
    return Fabrics.floral(
        ground, petal, dice.of(Palette.SAGE, Palette.OLIVE), dice.between(64, 100), dice.seed());
  }

  Fabric knit() {
    Colour colour = dice.pick(Palette.ALL);
    double roll = dice.between(0, 1);
    if (roll < 0.42) {
      return Fabrics.jersey(colour, dice.between(22, 34), dice.between(0.10, 0.2));
    }
    if (roll < 0.6) {
      return Fabrics.cable(dice.pick(Palette.LIGHT), dice.between(84, 120));
    }
    if (roll < 0.74) {
      return Fabrics.rib(colour, dice.between(18, 30));
    }
    if (roll < 0.86) {
      return stripe(dice.pick(Palette.LIGHT), colour, 60, 120);
    }
    return Fabrics.plain(colour, dice.seed());
  }

  Fabric coating() {
    Colour colour = dice.pick(Palette.OUTERWEAR);
    double roll = dice.between(0, 1);
    if (roll < 0.2) {
      return Fabrics.tweed(colour, dice.of(Palette.ECRU, Palette.BLACK), dice.seed());
    }
    if (roll < 0.32) {
      return Fabrics.tartan(colour, dice.pick(Palette.DEEP), Palette.ECRU, dice.between(150, 220));
    }
    if (roll < 0.42) {
      return Fabrics.teddy(
          dice.of(Palette.ECRU, Palette.CAMEL, Palette.OATMEAL, Palette.CHOCOLATE), dice.seed());
    }
    if (roll < 0.5) {
      return Fabrics.windowpane(colour, Palette.ECRU, dice.between(90, 130));
    }
    return Fabrics.plain(colour, dice.seed());
  }

  Fabric dressing() {
    double roll = dice.between(0, 1);
    if (roll < 0.24) {
      return floral();
    }
    if (roll < 0.34) {
      return Fabrics.dots(
          dice.pick(Palette.DEEP), Palette.ECRU, dice.between(40, 70), dice.between(7, 13));
    }
    if (roll < 0.44) {
      return stripe(dice.pick(Palette.LIGHT), dice.pick(Palette.DEEP), 40, 80);
    }
    if (roll < 0.5) {
      return Fabrics.gingham(Palette.WHITE, dice.pick(Palette.WARM), dice.between(40, 60));
    }
    if (roll < 0.68) {
      return Fabrics.satin(dice.pick(Palette.ALL), dice.seed());
    }
    return Fabrics.plain(dice.pick(Palette.ALL), dice.seed());
  }

  Fabric skirting() {
    double roll = dice.between(0, 1);
    if (roll < 0.14) {
      return Fabrics.tartan(
          dice.pick(Palette.WARM), dice.pick(Palette.DEEP), Palette.BUTTER, dice.between(110, 160));
    }
    if (roll < 0.24) {
      return Fabrics.leather(dice.pick(Palette.LEATHER), dice.seed());
    }
    if (roll < 0.34) {
      return Fabrics.tweed(dice.pick(Palette.OUTERWEAR), Palette.ECRU, dice.seed());
    }
    return dressing();
  }

  Fabric denim() {
    return Fabrics.denim(
        dice.of(
            Palette.INDIGO,
            Palette.DENIM,
            Palette.INDIGO,
            Palette.SKY,
            Palette.CHARCOAL,
            Palette.ECRU),
        dice.between(0.3, 1.4),
        dice.seed());
  }

  Fabric trousering() {
    double roll = dice.between(0, 1);
    Colour colour = dice.pick(Palette.OUTERWEAR);
    if (roll < 0.12) {
      return Fabrics.tweed(colour, Palette.ECRU, dice.seed());
    }
    if (roll < 0.22) {
      return Fabrics.windowpane(colour, Palette.ECRU, dice.between(80, 120));
    }
    if (roll < 0.3) {
      return Fabrics.stripes(
          dice.pick(Palette.DEEP), Palette.STONE, dice.between(34, 50), 0.1, true);
    }
    return Fabrics.plain(dice.chance(0.5) ? colour : dice.pick(Palette.ALL), dice.seed());
  }

  Fabric hide() {
    Colour colour = dice.pick(Palette.LEATHER);
    return dice.chance(0.25)
        ? Fabrics.suede(colour, dice.seed())
        : Fabrics.leather(colour, dice.seed());
  }

  Colour button(Fabric fabric) {
    return fabric.colour().lightness() > 0.6
        ? dice.of(Palette.HORN, Palette.ECRU, Palette.GUM)
        : dice.pick(List.of(Palette.HORN, Palette.BRASS, Palette.ECRU, Palette.BLACK));
  }

  Colour metal() {
    return dice.of(Palette.BRASS, Palette.SILVER, Palette.BRASS);
  }
}

package org.atelier.dataset.sample;

import java.util.List;

/** The colours garments are made in, and the company they keep. */
final class Palette {
  static final Colour WHITE = Colour.of("white", 0xF4F2ED);
  static final Colour ECRU = Colour.of("ecru", 0xE9E1D0);
  static final Colour OATMEAL = Colour.of("oatmeal", 0xCFC2AC);
  static final Colour CAMEL = Colour.of("camel", 0xB98A5A);
  static final Colour COGNAC = Colour.of("cognac", 0x8E5430);
  static final Colour CHOCOLATE = Colour.of("chocolate", 0x4B352A);
  static final Colour TERRACOTTA = Colour.of("terracotta", 0xB5573B);
  static final Colour BURGUNDY = Colour.of("burgundy", 0x64202E);
  static final Colour RED = Colour.of("red", 0xA92A2D);
  static final Colour BLUSH = Colour.of("blush", 0xE2BDB2);
  static final Colour ROSE = Colour.of("rose", 0xBE7A80);
  static final Colour MUSTARD = Colour.of("mustard", 0xC4952F);
  static final Colour BUTTER = Colour.of("butter", 0xEBD9A0);
  static final Colour OLIVE = Colour.of("olive", 0x6A6A42);
  static final Colour SAGE = Colour.of("sage", 0xA3AF95);
  static final Colour FOREST = Colour.of("forest", 0x2F4A3B);
  static final Colour PETROL = Colour.of("petrol", 0x2B5560);
  static final Colour SKY = Colour.of("sky", 0xA9C0D3);
  static final Colour DENIM = Colour.of("denim", 0x5A7898);
  static final Colour INDIGO = Colour.of("indigo", 0x33455F);
  static final Colour NAVY = Colour.of("navy", 0x232C42);
  static final Colour LILAC = Colour.of("lilac", 0xB5A7C4);
  static final Colour PLUM = Colour.of("plum", 0x5B3A52);
  static final Colour STONE = Colour.of("stone", 0xA7A197);
  static final Colour GREY = Colour.of("grey", 0x85868A);
  static final Colour CHARCOAL = Colour.of("charcoal", 0x45464A);
  static final Colour BLACK = Colour.of("black", 0x242426);

  static final Colour BRASS = Colour.of("brass", 0xB99A58);
  static final Colour SILVER = Colour.of("silver", 0xB9BCC0);
  static final Colour HORN = Colour.of("horn", 0x5A4234);
  static final Colour SOLE = Colour.of("sole", 0xEFEBE2);
  static final Colour GUM = Colour.of("gum", 0xB58A5C);

  static final List<Colour> LIGHT = List.of(WHITE, ECRU, OATMEAL, BLUSH, BUTTER, SKY, SAGE, LILAC);
  static final List<Colour> DEEP =
      List.of(NAVY, BLACK, CHARCOAL, BURGUNDY, FOREST, PETROL, CHOCOLATE, PLUM, INDIGO);
  static final List<Colour> WARM =
      List.of(TERRACOTTA, MUSTARD, CAMEL, COGNAC, RED, ROSE, BLUSH, BURGUNDY);
  static final List<Colour> ALL =
      List.of(
          WHITE,
          WHITE,
          ECRU,
          ECRU,
          OATMEAL,
          CAMEL,
          COGNAC,
          CHOCOLATE,
          TERRACOTTA,
          BURGUNDY,
          RED,
          BLUSH,
          ROSE,
          MUSTARD,
          BUTTER,
          OLIVE,
          SAGE,
          FOREST,
          PETROL,
          SKY,
          DENIM,
          NAVY,
          NAVY,
          LILAC,
          PLUM,
          STONE,
          GREY,
          CHARCOAL,
          BLACK,
          BLACK);
  static final List<Colour> OUTERWEAR =
      List.of(
          CAMEL,
          CAMEL,
          OATMEAL,
          STONE,
          GREY,
          CHARCOAL,
          BLACK,
          NAVY,
          NAVY,
          FOREST,
          OLIVE,
          BURGUNDY,
          CHOCOLATE,
          PETROL,
          ECRU,
          TERRACOTTA);
  static final List<Colour> LEATHER =
      List.of(BLACK, BLACK, COGNAC, COGNAC, CHOCOLATE, BURGUNDY, CAMEL, NAVY, FOREST, ECRU, STONE);
  static final List<Colour> BACKDROPS =
      List.of(
          Colour.of("paper", 0xF1EEE8),
          Colour.of("linen", 0xE8E2D8),
          Colour.of("mist", 0xE6E8E9),
          Colour.of("pearl", 0xECEAEA),
          Colour.of("sand", 0xE3D9CA),
          Colour.of("cloud", 0xDDE0E0),
          Colour.of("shell", 0xEFE4DD),
          Colour.of("ash", 0xD3D1CD));

  private Palette() {}
}

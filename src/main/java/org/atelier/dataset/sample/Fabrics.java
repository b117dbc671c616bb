package org.atelier.dataset.sample;

/** The shelf of cloths. Periods and sizes are in thousandths of the picture's height. */
final class Fabrics {
  private Fabrics() {}

  static Fabric plain(Colour colour, int seed) {
    Noise noise = new Noise(seed);
    return new Fabric(
        "plain",
        colour,
        (u, v, rgb) ->
            fill(
                rgb, colour, 1 + 0.025 * noise.at(u / 60, v / 90) + 0.012 * noise.at(u / 9, v / 9)),
        0.05);
  }

  static Fabric satin(Colour colour, int seed) {
    return new Fabric("satin", colour, plain(colour, seed).weave(), 0.55);
  }

  static Fabric leather(Colour colour, int seed) {
    Noise noise = new Noise(seed);
    return new Fabric(
        "leather",
        colour,
        (u, v, rgb) ->
            fill(
                rgb,
                colour,
                1 + 0.03 * noise.at(u / 70, v / 70) + 0.025 * noise.at(u / 11, v / 11)),
        0.5);
  }

  static Fabric suede(Colour colour, int seed) {
    Noise noise = new Noise(seed);
    return new Fabric(
        "suede",
        colour,
        (u, v, rgb) ->
            fill(
                rgb,
                colour,
                1.01 + 0.035 * noise.at(u / 70, v / 50) + 0.03 * noise.at(u / 9, v / 9)),
        0.0);
  }

  static Fabric stripes(Colour ground, Colour line, double period, double share, boolean upright) {
    return new Fabric(
        upright ? "pinstripe" : "stripe",
        ground,
        (u, v, rgb) -> {
          double place = fraction((upright ? u : v) / period);
          fill(rgb, place < share ? line : ground, 1);
        },
        0.05);
  }

  static Fabric gingham(Colour ground, Colour line, double period) {
    return new Fabric(
        "gingham",
        line,
        (u, v, rgb) -> {
          double cover =
              (fraction(u / period) < 0.5 ? 0.5 : 0) + (fraction(v / period) < 0.5 ? 0.5 : 0);
          fill(rgb, ground.mix(line, cover), 1);
        },
        0.05);
  }

  static Fabric tartan(Colour ground, Colour band, Colour line, double period) {
    return new Fabric(
        "check",
        ground,
        (u, v, rgb) -> {
          double x = fraction(u / period);
          double y = fraction(v / period);
          Colour colour = ground;
          colour = colour.mix(band, (x < 0.4 ? 0.42 : 0) + (y < 0.4 ? 0.42 : 0));
          colour =
              colour.mix(line, (near(x, 0.7, 0.045) ? 0.6 : 0) + (near(y, 0.7, 0.045) ? 0.3 : 0));
          fill(rgb, colour, 1);
        },
        0.03);
  }

  static Fabric windowpane(Colour ground, Colour line, double period) {
    return new Fabric(
        "windowpane",
        ground,
        (u, v, rgb) -> {
          boolean on =
              near(fraction(u / period), 0.5, 0.045) || near(fraction(v / period), 0.5, 0.045);
          fill(rgb, on ? ground.mix(line, 0.65) : ground, 1);
        },
        0.03);
  }

  static Fabric dots(Colour ground, Colour dot, double spacing, double radius) {
    return new Fabric(
        "dots",
        ground,
        (u, v, rgb) -> {
          double row = Math.floor(v / spacing);
          double shift = (((long) row) & 1) == 0 ? 0 : 0.5;
          double dx = (fraction(u / spacing + shift) - 0.5) * spacing;
          double dy = (fraction(v / spacing) - 0.5) * spacing;
          double edge = (radius - StrictMath.sqrt(dx * dx + dy * dy)) / 3 + 0.5;
          fill(rgb, ground.mix(dot, Math.max(0, Math.min(1, edge))), 1);
        },
        0.05);
  }

  static Fabric floral(Colour ground, Colour petal, Colour leaf, double spacing, int seed) {
    Noise noise = new Noise(seed);
    return new Fabric(
        "floral",
        ground,
        (u, v, rgb) -> {
          fill(rgb, ground, 1);
          int column = (int) Math.floor(u / spacing);
          int row = (int) Math.floor(v / spacing);
          for (int c = column - 1; c <= column + 1; c++) {
            for (int r = row - 1; r <= row + 1; r++) {
              bloom(rgb, u, v, c, r, spacing, noise, petal, leaf);
            }
          }
        },
        0.05);
  }

  private static void bloom(
      float[] rgb,
      double u,
      double v,
      int column,
      int row,
      double spacing,
      Noise noise,
      Colour petal,
      Colour leaf) {
    double dx = u - (column + 0.5 + 0.34 * noise.lattice(column, row)) * spacing;
    double dy = v - (row + 0.5 + 0.34 * noise.lattice(column + 91, row - 37)) * spacing;
    double distance = StrictMath.sqrt(dx * dx + dy * dy) / spacing;
    double angle = StrictMath.atan2(dy, dx) + 3 * noise.lattice(column - 7, row + 19);
    boolean flower = noise.lattice(column + 5, row + 5) > -0.35;
    double rim =
        flower
            ? 0.27 + 0.07 * StrictMath.cos(5 * angle)
            : 0.06 + 0.22 * Math.abs(StrictMath.cos(angle));
    if (distance < rim) {
      fill(rgb, flower ? petal : leaf, flower && distance > 0.17 ? 0.94 : 1);
    }
    if (flower && distance < 0.085) {
      fill(rgb, Palette.MUSTARD, 1.05);
    }
  }

  static Fabric denim(Colour colour, double wash, int seed) {
    Noise noise = new Noise(seed);
    return new Fabric(
        "denim",
        colour,
        (u, v, rgb) -> {
          double twill = fraction((u + v * 0.8) / 11) < 0.5 ? 0.035 : -0.035;
          double slub = 0.05 * noise.at(u / 7, v / 60) + 0.05 * noise.at(u / 90, v / 120);
          double fade = wash * Math.max(0, noise.at(u / 170 + 3, v / 260) + 0.15);
          fill(rgb, colour.mix(Palette.WHITE, 0.34 * fade), 1 + twill + slub);
        },
        0.02);
  }

  static Fabric rib(Colour colour, double period) {
    return new Fabric(
        "rib knit",
        colour,
        (u, v, rgb) -> fill(rgb, colour, 0.97 + 0.13 * StrictMath.sin(u / period * 2 * Math.PI)),
        0.0);
  }

  static Fabric jersey(Colour colour, double stitch, double depth) {
    return new Fabric(
        "knit",
        colour,
        (u, v, rgb) -> {
          double x = fraction(u / stitch);
          double lean = (x < 0.5 ? x : 1 - x) * 1.2;
          double y = fraction(v / (stitch * 0.8) - lean);
          double groove = near(x, 0.0, 0.1) || near(x, 1.0, 0.1) ? -0.6 : 0;
          fill(rgb, colour, 1 + depth * (StrictMath.sin(y * 2 * Math.PI) * 0.5 + groove));
        },
        0.0);
  }

  static Fabric cable(Colour colour, double period) {
    return new Fabric(
        "cable knit",
        colour,
        (u, v, rgb) -> {
          double x = fraction(u / period) - 0.5;
          double strand = 0.17 * StrictMath.sin(v / period * 2 * Math.PI);
          double one = bump((x - strand) / 0.15);
          double two = bump((x + strand) / 0.15);
          double cables = Math.max(one, two);
          double ground = Math.abs(x) > 0.38 ? 0.05 * StrictMath.sin(u / 14 * 2 * Math.PI) : -0.1;
          fill(rgb, colour, 0.93 + (cables > 0 ? 0.16 * cables : ground));
        },
        0.0);
  }

  static Fabric tweed(Colour colour, Colour fleck, int seed) {
    Noise noise = new Noise(seed);
    return new Fabric(
        "tweed",
        colour,
        (u, v, rgb) -> {
          double grain = noise.at(u / 5, v / 5);
          double lean = fraction(u / 48) < 0.5 ? v : -v;
          double bone = fraction((u + lean) / 16) < 0.5 ? 0.05 : -0.05;
          fill(rgb, colour.mix(fleck, grain > 0.5 ? 0.22 : 0), 1 + bone + 0.05 * grain);
        },
        0.0);
  }

  static Fabric teddy(Colour colour, int seed) {
    Noise noise = new Noise(seed);
    return new Fabric(
        "teddy",
        colour,
        (u, v, rgb) ->
            fill(
                rgb,
                colour,
                0.99 + 0.055 * noise.at(u / 17, v / 17) + 0.05 * noise.at(u / 9, v / 9)),
        0.0);
  }

  /** Two cloths, one above the other; the border lies at {@code line}. */
  static Fabric blocks(Fabric upper, Fabric lower, double line) {
    return new Fabric(
        "colour block",
        upper.colour(),
        (u, v, rgb) -> (v < line ? upper : lower).weave().colour(u, v, rgb),
        upper.gloss());
  }

  private static double bump(double x) {
    return Math.max(0, 1 - x * x);
  }

  private static boolean near(double value, double centre, double halfWidth) {
    return Math.abs(value - centre) < halfWidth;
  }

  private static double fraction(double value) {
    return value - Math.floor(value);
  }

  private static void fill(float[] rgb, Colour colour, double factor) {
    rgb[0] = (float) Math.max(0, Math.min(1, colour.red() * factor));
    rgb[1] = (float) Math.max(0, Math.min(1, colour.green() * factor));
    rgb[2] = (float) Math.max(0, Math.min(1, colour.blue() * factor));
  }
}

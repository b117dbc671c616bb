package org.atelier.dataset.sample;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * One item of the bundled picture set: a garment, what is known of it, and its pictures.
 *
 * @param id external id, e.g. {@code g0001}
 * @param garment what to draw
 * @param views {@code front}, and for some items {@code back} or {@code detail}
 */
record GarmentSample(
    String id,
    Garment garment,
    String brand,
    int price,
    String season,
    List<String> views,
    long seed) {

  static final List<String> BRANDS =
      List.of(
          "Aubrelle",
          "Norvane",
          "Calderis",
          "Tessarin",
          "Halvorne",
          "Okumaru",
          "Miravento",
          "Lindegaard & Thorpe");

  static final String HEADER = "image,item,view,label,brand,price,season,colour,fabric";

  /** The item with a number; the same seed and number always make the same item. */
  static GarmentSample of(long seed, int number) {
    long own = (seed * 1_000_003L + number) * 0x9E3779B97F4A7C15L;
    Random random = new Random(own);
    Garment garment = Wardrobe.design(random);
    Dice dice = new Dice(random);
    List<String> views = new ArrayList<>(List.of("front"));
    if (dice.chance(0.09)) {
      views.add("back");
    }
    if (dice.chance(0.05)) {
      views.add("detail");
    }
    int price = price(garment.label(), dice);
    String season = dice.chance(warmth(garment.label())) ? "SS27" : "AW26";
    String id = String.format(Locale.ROOT, "g%04d", number);
    return new GarmentSample(
        id, garment, dice.pick(BRANDS), price, season, List.copyOf(views), own);
  }

  private static int price(GarmentClass label, Dice dice) {
    double middle =
        switch (label) {
          case T_SHIRT -> 35;
          case SHORTS -> 55;
          case SHIRT, SKIRT -> 80;
          case PULLOVER, TROUSERS -> 95;
          case DRESS, SHOE -> 130;
          case BAG -> 170;
          case COAT -> 240;
        };
    return (int) Math.max(10, 5 * Math.round(middle * StrictMath.exp(dice.about(0, 0.45)) / 5) - 1);
  }

  private static double warmth(GarmentClass label) {
    return switch (label) {
      case T_SHIRT, SHORTS -> 0.8;
      case DRESS, SKIRT -> 0.65;
      case SHIRT, SHOE, BAG, TROUSERS -> 0.5;
      case PULLOVER, COAT -> 0.12;
    };
  }

  String file(String view) {
    return "images/" + id + "_" + view + ".jpg";
  }

  BufferedImage picture(String view) {
    return Photographer.shoot(garment, view, seed ^ view.hashCode());
  }

  byte[] jpeg(String view) throws IOException {
    return Jpeg.encode(picture(view));
  }

  /** The rows of {@code labels.csv}, one per picture. */
  List<String> rows() {
    List<String> rows = new ArrayList<>();
    for (String view : views) {
      rows.add(
          String.join(
              ",",
              file(view),
              id,
              view,
              garment.label().label(),
              brand,
              Integer.toString(price),
              season,
              garment.colour(),
              garment.fabric()));
    }
    return rows;
  }
}

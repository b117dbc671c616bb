package org.atelier.dataset.sample;

/** The ten garment classes of the bundled picture set, in the order of their class index. */
public enum GarmentClass {
  T_SHIRT("T-shirt", 1.15),
  SHIRT("Shirt", 1.15),
  PULLOVER("Pullover", 1.1),
  COAT("Coat", 1.1),
  DRESS("Dress", 1.15),
  SKIRT("Skirt", 0.95),
  TROUSERS("Trousers", 1.05),
  SHORTS("Shorts", 0.85),
  SHOE("Shoe", 0.85),
  BAG("Bag", 0.65);

  private final String label;
  private final double share;

  GarmentClass(String label, double share) {
    this.label = label;
    this.share = share;
  }

  /** The label as written into {@code labels.csv}. */
  public String label() {
    return label;
  }

  /** How often the class is drawn, relative to the others. */
  double share() {
    return share;
  }
}

package org.atelier.dataset;

import java.util.UUID;

/** Public service: brings the datasets that come with Atelier into a project. */
public interface BundledDatasets {

  /** What comes with Atelier. */
  enum Bundle {
    /** Drawn pictures of garments with their class, see datasets/atelier-garments. */
    GARMENTS(
        ItemKind.IMAGE,
        "Atelier garments",
        "2,400 drawn garments in ten classes, some of them hard to tell apart."),
    /** What customers say about garments, see datasets/atelier-descriptions. */
    DESCRIPTIONS(
        ItemKind.TEXT,
        "Atelier descriptions",
        "4,000 texts about garments; the known label is the department.");

    private final ItemKind kind;
    private final String title;
    private final String description;

    Bundle(ItemKind kind, String title, String description) {
      this.kind = kind;
      this.title = title;
      this.description = description;
    }

    /** What its items are. */
    public ItemKind kind() {
      return kind;
    }

    /** Name of the dataset. */
    public String title() {
      return title;
    }

    /** What it is, in a sentence. */
    public String description() {
      return description;
    }
  }

  /**
   * Makes a dataset and begins to import the bundle into it; {@link DatasetVersionMade} tells when
   * it is there. Joins the caller's transaction.
   *
   * @return id of the dataset
   * @throws org.atelier.platform.ProblemException when the project has a dataset of that name
   */
  UUID bring(UUID projectId, Bundle bundle);
}

package org.atelier.dataset.export;

import java.util.Locale;
import java.util.Optional;

/** Forms a dataset can be exported in. */
public enum ExportFormat {
  /** Ground Truth output manifest, JSON Lines. */
  MANIFEST("Ground Truth manifest", "application/x-ndjson", ".manifest"),
  /** One row per item. */
  CSV("CSV", "text/csv; charset=utf-8", ".csv"),
  /** One object per item with everything known of its label. */
  JSONL("JSON Lines with provenance", "application/x-ndjson", ".jsonl"),
  /** COCO's JSON with images, categories and annotations without boxes. */
  COCO("COCO (classification)", "application/json", ".json"),
  /** A ZIP with a card and Parquet files as Hugging Face datasets load them. */
  HUGGINGFACE("Hugging Face datasets (ZIP)", "application/zip", ".zip");

  private final String title;
  private final String mediaType;
  private final String ending;

  ExportFormat(String title, String mediaType, String ending) {
    this.title = title;
    this.mediaType = mediaType;
    this.ending = ending;
  }

  /** Finds a format by its name in any case. */
  public static Optional<ExportFormat> of(String name) {
    for (ExportFormat format : values()) {
      if (format.name().equals(String.valueOf(name).toUpperCase(Locale.ROOT))) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }

  public String title() {
    return title;
  }

  public String mediaType() {
    return mediaType;
  }

  public String ending() {
    return ending;
  }
}

package org.atelier.dataset.export;

import java.util.Locale;
import java.util.Optional;

/** Forms a dataset can be exported in. */
public enum ExportFormat {
  /** Ground Truth output manifest, JSON Lines. */
  MANIFEST(
      "Ground Truth manifest",
      "One line per item as SageMaker Ground Truth writes it: the input line, the label, who or"
          + " what gave it and how sure.",
      "application/x-ndjson",
      ".manifest"),
  /** One row per item. */
  CSV(
      "CSV",
      "One row per item with label, source, confidence and details; opens in any spreadsheet.",
      "text/csv; charset=utf-8",
      ".csv"),
  /** One object per item with everything known of its label. */
  JSONL(
      "JSON Lines with provenance",
      "Everything known of each label: every answer with a pseudonym, round, model digest.",
      "application/x-ndjson",
      ".jsonl"),
  /** COCO's JSON with images, categories and annotations without boxes. */
  COCO(
      "COCO (classification)",
      "Images, categories and annotations without boxes, for vision tools.",
      "application/json",
      ".json"),
  /** A ZIP with a card and Parquet files as Hugging Face datasets load them. */
  HUGGINGFACE(
      "Hugging Face datasets (ZIP)",
      "Parquet files and a card; unpack it and load_dataset reads the folder.",
      "application/zip",
      ".zip");

  private final String title;
  private final String about;
  private final String mediaType;
  private final String ending;

  ExportFormat(String title, String about, String mediaType, String ending) {
    this.title = title;
    this.about = about;
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

  /** Whether labels are numbers in it, with all names in one place. */
  boolean numbersLabels() {
    return this == COCO || this == HUGGINGFACE;
  }

  public String title() {
    return title;
  }

  /** What it is good for, in a sentence. */
  public String about() {
    return about;
  }

  public String mediaType() {
    return mediaType;
  }

  public String ending() {
    return ending;
  }
}

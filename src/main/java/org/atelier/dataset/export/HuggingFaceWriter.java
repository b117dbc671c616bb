package org.atelier.dataset.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.atelier.dataset.ItemLabel;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/**
 * Writes a ZIP of a folder as Hugging Face datasets load it: {@code data/train-….parquet} and the
 * card {@code README.md}. Pictures are in the files, a label is a {@code ClassLabel}. A file is
 * made of at most 200,000 items or 200 MB at a time, in a temporary folder.
 */
final class HuggingFaceWriter implements ItemWriter {

  private static final int MOST_ROWS = 200_000;
  private static final long MOST_BYTES = 200L << 20;

  /** Opens a picture of the exported project. */
  interface PictureSource {
    byte[] read(String sha256) throws IOException;
  }

  private final ZipOutputStream zip;
  private final ExportFacts facts;
  private final PictureSource pictures;
  private final ObjectMapper json = new ObjectMapper();
  private Path folder;
  private DuckDBConnection duck;
  private DuckDBAppender rows;
  private int shard;
  private int count;
  private long bytes;
  private long total;

  HuggingFaceWriter(OutputStream out, ExportFacts facts, PictureSource pictures) {
    this.zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    this.zip.setLevel(Deflater.NO_COMPRESSION);
    this.facts = facts;
    this.pictures = pictures;
  }

  @Override
  public void begin(int pass) throws IOException {
    folder = ExportFolder.make(Path.of(System.getProperty("java.io.tmpdir")));
    try {
      duck =
          new DuckDBDriver()
              .connect("jdbc:duckdb:" + folder.resolve("rows.duckdb"), new Properties())
              .unwrap(DuckDBConnection.class);
      execute("set memory_limit = '256MB'");
      execute("set threads = 1");
      execute("set preserve_insertion_order = true");
      open();
    } catch (SQLException e) {
      throw new IOException("The Parquet file cannot be begun", e);
    }
  }

  @Override
  public void write(ExportItem item) throws IOException {
    try {
      rows.beginRow();
      rows.append(item.externalId());
      if (facts.isImage()) {
        byte[] picture = pictures.read(item.views().get(0).sha256());
        rows.append(picture);
        rows.append(item.externalId());
        bytes += picture.length;
      } else {
        rows.append(item.text());
        bytes += item.text().length();
      }
      appendLabel(item);
      rows.append(item.metadata());
      rows.append(facts.job(item));
      rows.endRow();
      bytes += item.metadata().length();
      count++;
      total++;
      if (count >= MOST_ROWS || bytes >= MOST_BYTES) {
        finishFile();
        open();
      }
    } catch (SQLException e) {
      throw new IOException("A row of the Parquet file cannot be written", e);
    }
  }

  private void appendLabel(ExportItem item) throws SQLException {
    int[] classes = facts.classes(item);
    ItemLabel label = item.label();
    rows.append(
        classes == null
            ? null
            : Arrays.stream(classes).mapToObj(Integer::toString).collect(Collectors.joining(",")));
    rows.append(facts.labelSource(item));
    if (label == null) {
      rows.appendNull();
    } else {
      rows.append(ManifestWriter.confidence(label, label.confidence()));
    }
  }

  @Override
  public void end() throws IOException {
    try {
      if (count > 0 || shard == 0) {
        finishFile();
      }
    } catch (SQLException e) {
      throw new IOException("The Parquet file cannot be finished", e);
    }
    zip.putNextEntry(new ZipEntry("README.md"));
    zip.write(card().getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
    zip.finish();
    zip.flush();
  }

  /** Removes what was made on the way; call whatever happened. */
  void release() throws IOException {
    try {
      if (duck != null) {
        duck.close();
      }
    } catch (SQLException e) {
      throw new IOException("The Parquet writer cannot be closed", e);
    } finally {
      if (folder != null) {
        ExportFolder.remove(folder);
      }
    }
  }

  private void open() throws SQLException {
    String content = facts.isImage() ? "bytes blob, path varchar" : "text varchar";
    execute(
        "create table item (id varchar, "
            + content
            + ", label varchar, label_source varchar, confidence double, metadata varchar, job"
            + " varchar)");
    rows = duck.createAppender(DuckDBConnection.DEFAULT_SCHEMA, "item");
    count = 0;
    bytes = 0;
  }

  private void finishFile() throws SQLException, IOException {
    rows.close();
    Path file = folder.resolve("shard.parquet");
    String content =
        facts.isImage() ? "struct_pack(bytes := bytes, path := path) as image" : "text";
    String label =
        facts.multiLabel()
            ? "case when label = '' then []::bigint[] else string_split(label, ',')::bigint[] end"
                + " as labels"
            : "try_cast(string_split(label, ',')[1] as bigint) as label";
    execute(
        "copy (select id, %s, %s, label_source, confidence, metadata, job from item) to '%s'"
                .formatted(content, label, file)
            + " (format parquet, compression zstd, kv_metadata {huggingface: '%s'})"
                .formatted(features().replace("'", "''")));
    execute("drop table item");
    zip.putNextEntry(new ZipEntry("data/train-%05d.parquet".formatted(shard++)));
    Files.copy(file, zip);
    zip.closeEntry();
    Files.delete(file);
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = duck.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The column types as the datasets library writes them into its files. */
  private String features() throws IOException {
    Map<String, Object> features = new LinkedHashMap<>();
    features.put("id", value("string"));
    if (facts.isImage()) {
      features.put("image", Map.of("_type", "Image"));
    } else {
      features.put("text", value("string"));
    }
    Map<String, Object> label = Map.of("names", facts.classNames(), "_type", "ClassLabel");
    features.put(
        facts.multiLabel() ? "labels" : "label", facts.multiLabel() ? List.of(label) : label);
    features.put("label_source", value("string"));
    features.put("confidence", value("float64"));
    features.put("metadata", value("string"));
    features.put("job", value("string"));
    return json.writeValueAsString(Map.of("info", Map.of("features", features)));
  }

  private static Map<String, Object> value(String type) {
    return Map.of("dtype", type, "_type", "Value");
  }

  private String card() throws IOException {
    StringBuilder names = new StringBuilder();
    String indent = facts.multiLabel() ? "        " : "          ";
    for (int i = 0; i < facts.classNames().size(); i++) {
      names.append("%s    '%d': %s%n".formatted(indent, i, quoted(facts.classNames().get(i))));
    }
    String label =
        facts.multiLabel()
            ? "  - name: labels\n    sequence:\n      class_label:\n        names:\n" + names
            : "  - name: label\n    dtype:\n      class_label:\n        names:\n" + names;
    String text =
"""
---
pretty_name: %s
task_categories:
- %s-classification
dataset_info:
  features:
  - name: id
    dtype: string
  - name: %s
    dtype: %s
%s  - name: label_source
    dtype: string
  - name: confidence
    dtype: float64
  - name: metadata
    dtype: string
  - name: job
    dtype: string
  splits:
  - name: train
    num_examples: %d
configs:
- config_name: default
  data_files:
  - split: train
    path: data/train-*
---
# %s

Version %d of the dataset, %,d items; SHA-256 of the version `%s`.
Labels: %s. `label_source` says whether people (`human`), a model (`machine`) or the data's
owner (`known`) gave a label, `job` whose people or model that were; confidences of people and of a model cannot be compared.
""";
    return text.formatted(
            quoted(facts.dataset().name()),
            facts.isImage() ? "image" : "text",
            facts.isImage() ? "image" : "text",
            facts.isImage() ? "image" : "string",
            label,
            total,
            facts.dataset().name().replaceAll("[\\r\\n]", " "),
            facts.version().number(),
            total,
            facts.version().digest(),
            facts.source() == null ? "known ones" : "job " + quoted(facts.source().name()))
        .concat(CardEvidence.of(facts.evidence(), facts.address()))
        .replace("\r\n", "\n");
  }

  private String quoted(String text) throws IOException {
    return String.format(Locale.ROOT, "%s", json.writeValueAsString(text));
  }
}

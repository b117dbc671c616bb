package org.atelier.dataset.export;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.List;
import org.atelier.dataset.ItemLabel;

/**
 * Writes one CSV row per item: RFC 4180, header, UTF-8. Several labels are separated by {@code |};
 * texts are written as they are, also where a spreadsheet would take them for a formula. A
 * rehearsal has one column more, {@code rehearsal}, with {@code yes} in every row that has a label.
 */
final class CsvItemWriter implements ItemWriter {

  private final CsvWriter csv;
  private final ExportFacts facts;

  CsvItemWriter(Writer out, ExportFacts facts) {
    this.csv = CsvWriter.builder().build(out);
    this.facts = facts;
  }

  @Override
  public void begin(int pass) {
    row(
        facts.isRehearsal() ? "rehearsal" : null,
        "id",
        facts.isImage() ? "image" : "text",
        "label",
        "label_source",
        "confidence",
        "answers",
        "round",
        "model",
        "labeled_at",
        "metadata",
        "job");
  }

  @Override
  public void write(ExportItem item) {
    ItemLabel label = item.label();
    List<String> labels = facts.labels(item);
    row(
        !facts.isRehearsal() ? null : label == null ? "" : "yes",
        item.externalId(),
        item.text() == null ? facts.pictures() + item.views().get(0).sha256() : item.text(),
        labels == null ? "" : String.join("|", labels),
        orEmpty(facts.labelSource(item)),
        label == null ? "" : Double.toString(ManifestWriter.confidence(label, label.confidence())),
        label == null ? "" : Integer.toString(label.answerCount()),
        label == null || label.round() == null ? "" : label.round().toString(),
        label == null || label.modelDigest() == null ? "" : label.modelDigest(),
        label == null ? "" : label.createdAt().toString(),
        item.metadata().equals("{}") ? "" : item.metadata(),
        orEmpty(facts.job(item)));
  }

  /**
   * @param last null for no further field
   */
  private void row(String last, String... fields) {
    if (last == null) {
      csv.writeRecord(fields);
      return;
    }
    String[] all = Arrays.copyOf(fields, fields.length + 1);
    all[fields.length] = last;
    csv.writeRecord(all);
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }

  @Override
  public void end() throws IOException {
    csv.flush();
  }
}

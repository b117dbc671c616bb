package org.atelier.learning.embedding;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.atelier.dataset.ItemName;
import org.atelier.learning.feature.EmbeddingReader;
import org.atelier.platform.SpreadsheetText;

/**
 * Turns rows by external id into records by item: 16 bytes of the item's id, then the numbers as
 * little-endian floats. Rows are looked up some at a time; memory does not grow with the file but
 * for one bit per item. The first row of an item counts, and the first row that is taken decides
 * how many numbers every row has.
 */
final class EmbeddingIntake implements EmbeddingReader.Rows, Closeable {

  private static final int AT_ONCE = 1000;
  private static final int NUMBERS_AT_ONCE = 1 << 22;
  private static final int REPORTED = 1_000_000;
  private static final int LISTED = 100;

  private final Function<List<String>, List<ItemName>> items;
  private final OutputStream out;
  private final CsvWriter report;
  private final LongConsumer progress;
  private final List<Waiting> waiting = new ArrayList<>();
  private final BitSet seen = new BitSet();
  private final List<EmbeddingReport.Refusal> refusals = new ArrayList<>();
  private int columns;
  private long waitingNumbers;
  private long rows;
  private long refused;
  private long unknown;

  private record Waiting(long row, String id, float[] values) {}

  /**
   * @param items finds the items that external ids name
   * @param out receives the records
   * @param refusedRows receives the refused rows as CSV, at most a million
   * @param progress hears the number of rows read
   */
  EmbeddingIntake(
      Function<List<String>, List<ItemName>> items,
      OutputStream out,
      OutputStream refusedRows,
      LongConsumer progress) {
    this.items = items;
    this.out = out;
    this.report = CsvWriter.builder().build(refusedRows);
    this.progress = progress;
    report.writeRecord("row", "external_id", "reason");
  }

  @Override
  public void row(long row, String id, float[] values) throws IOException {
    rows++;
    waiting.add(new Waiting(row, id, values));
    waitingNumbers += values.length;
    if (waiting.size() == AT_ONCE || waitingNumbers >= NUMBERS_AT_ONCE) {
      flush();
    }
  }

  @Override
  public void refused(long row, String id, String reason) {
    rows++;
    refuse(row, id, reason);
    if (rows % AT_ONCE == 0) {
      progress.accept(rows);
    }
  }

  /** Writes what still waits. */
  @Override
  public void close() throws IOException {
    flush();
    report.close();
    out.close();
  }

  private void flush() throws IOException {
    Map<String, ItemName> known =
        waiting.isEmpty()
            ? Map.of()
            : items.apply(waiting.stream().map(Waiting::id).distinct().toList()).stream()
                .collect(
                    Collectors.toMap(
                        ItemName::externalId, name -> name, (a, b) -> a, LinkedHashMap::new));
    for (Waiting one : waiting) {
      take(one, known.get(one.id()));
    }
    waiting.clear();
    waitingNumbers = 0;
    progress.accept(rows);
  }

  private void take(Waiting one, ItemName item) throws IOException {
    if (item == null) {
      unknown++;
      refuse(one.row(), one.id(), "the dataset has no item of this id");
    } else if (columns > 0 && one.values().length != columns) {
      refuse(
          one.row(),
          one.id(),
          "it has %,d numbers instead of %,d".formatted(one.values().length, columns));
    } else if (seen.get(item.ordinal())) {
      refuse(one.row(), one.id(), "an earlier row has this id already");
    } else {
      seen.set(item.ordinal());
      columns = one.values().length;
      write(item.id(), one.values());
    }
  }

  private void write(UUID id, float[] values) throws IOException {
    ByteBuffer record =
        ByteBuffer.allocate(EmbeddingRecords.ID_BYTES + values.length * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    record.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    for (float value : values) {
      record.putFloat(value);
    }
    out.write(record.array());
  }

  private void refuse(long row, String id, String reason) {
    refused++;
    if (refusals.size() < LISTED) {
      refusals.add(new EmbeddingReport.Refusal(row, id, reason));
    }
    if (refused < REPORTED) {
      report.writeRecord(Long.toString(row), SpreadsheetText.of(id), reason);
    } else if (refused == REPORTED) {
      report.writeRecord("", "", "further refused rows are not listed");
    }
  }

  /** Numbers per item, 0 when no row was taken. */
  int columns() {
    return columns;
  }

  /** Whether the item at this place of its dataset has an embedding. */
  boolean has(int ordinal) {
    return seen.get(ordinal);
  }

  EmbeddingReport report(String source, int version, int missing, List<String> missingIds) {
    return new EmbeddingReport(
        source,
        version,
        rows,
        seen.cardinality(),
        refused,
        unknown,
        missing,
        List.copyOf(refusals),
        missingIds);
  }
}

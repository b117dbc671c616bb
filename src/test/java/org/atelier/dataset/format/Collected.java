package org.atelier.dataset.format;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a reader gives. */
final class Collected implements RowSink {

  final List<SourceRow> rows = new ArrayList<>();
  final List<String> refused = new ArrayList<>();
  final List<Long> numbers = new ArrayList<>();

  static Collected of(RowReader reader) throws IOException {
    Collected collected = new Collected();
    try (reader) {
      reader.read(collected);
    }
    return collected;
  }

  @Override
  public void row(SourceRow row) {
    rows.add(row);
    numbers.add(row.number());
  }

  @Override
  public void refused(long number, String externalId, String reason) {
    refused.add(number + " " + externalId + ": " + reason);
    numbers.add(number);
  }
}

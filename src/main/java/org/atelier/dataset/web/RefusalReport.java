package org.atelier.dataset.web;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.atelier.dataset.intake.ImportService;

/** The refused rows of an import as CSV that spreadsheets can open without running anything. */
final class RefusalReport {

  private RefusalReport() {}

  static void write(ImportService imports, UUID project, UUID importId, OutputStream out)
      throws IOException {
    try (CsvWriter csv =
        CsvWriter.builder().build(new OutputStreamWriter(out, StandardCharsets.UTF_8))) {
      csv.writeRecord("row", "external_id", "reason");
      imports.refusals(
          project,
          importId,
          row ->
              csv.writeRecord(
                  Long.toString(row.rowNumber()),
                  harmless(row.externalId()),
                  harmless(row.reason())));
    }
  }

  /** A cell that begins like a formula is marked as text. */
  static String harmless(String cell) {
    if (cell == null) {
      return "";
    }
    return !cell.isEmpty() && "=+-@\t\r".indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
  }
}

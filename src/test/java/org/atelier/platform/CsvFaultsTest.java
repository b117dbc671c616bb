package org.atelier.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvFaultsTest {

  @TempDir Path folder;

  private String words(String content) throws IOException {
    Path file = Files.writeString(folder.resolve("a.csv"), content, StandardCharsets.UTF_8);
    CsvParseException failure =
        assertThrows(
            CsvParseException.class,
            () -> {
              try (var rows = CsvReader.builder().allowExtraFields(false).ofCsvRecord(file)) {
                rows.forEach(row -> {});
              }
            });
    return CsvFaults.words(file, failure).replace(folder.toString(), "");
  }

  @Test
  void rowsOfAnotherWidthAreNamedWithBothWidths() throws IOException {
    assertEquals("/a.csv, row 3: 3 cells, where the header has 2", words("a,b\n1,2\n1,2,3\n"));
    assertEquals("/a.csv, row 4: 1 cells, where the header has 2", words("a,b\n\"1\n\",2\n1\n"));
  }

  @Test
  void brokenQuotesAreNamedByTheirRow() throws IOException {
    assertEquals(
        "/a.csv, row 2: Unexpected character after closing quote: 'y' (0x79)",
        words("a,b\n\"x\"y,2\n"));
  }

  @Test
  void theFirstByteThatIsNotUtf8IsNamedAlsoFarIntoTheFile() throws IOException {
    Path file = folder.resolve("b.csv");
    byte[] start = "\u00e9,b\n".repeat(30_000).getBytes(StandardCharsets.UTF_8);
    byte[] whole = java.util.Arrays.copyOf(start, start.length + 3);
    whole[start.length] = 'x';
    whole[start.length + 1] = (byte) 0xe9;
    whole[start.length + 2] = ',';
    Files.write(file, whole);
    assertEquals(
        file + ", row 30001, byte 150,002: not UTF-8 (found 0xE9); save the file as UTF-8",
        CsvFaults.notUtf8(file));
  }
}

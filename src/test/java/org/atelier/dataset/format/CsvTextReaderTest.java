package org.atelier.dataset.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvTextReaderTest {

  private static final TextMapping MAPPING =
      new TextMapping("id", List.of("text"), "label", "|", null, null);

  @TempDir Path folder;

  @Test
  void columnsBecomeIdTextLabelsAndMetadata() throws IOException {
    Collected read =
        read("\uFEFFid,text,label,age\n7,\"a \"\"b\"\",\nc\",x | y,33\n8,d,,\n", MAPPING);
    SourceRow first = read.rows.get(0);
    assertEquals("7", first.externalId());
    assertEquals("a \"b\",\nc", first.text());
    assertEquals(List.of("x", "y"), first.labels());
    assertEquals(Map.of("age", "33"), first.metadata());
    assertEquals(null, read.rows.get(1).labels());
    assertEquals(List.of(2L, 4L), read.numbers);
  }

  @Test
  void severalTextColumnsAreJoinedByAnEmptyLine() throws IOException {
    var mapping = new TextMapping(null, List.of("title", "text"), null, null, List.of(), null);
    Collected read = read("title,text\nA,b\n,c\n", mapping);
    assertEquals("A\n\nb", read.rows.get(0).text());
    assertEquals("c", read.rows.get(1).text());
    assertEquals(null, read.rows.get(0).externalId());
  }

  @Test
  void missingColumnIsNamed() {
    assertEquals(
        "f.csv: line 1: there is no column \"text\"; the columns are id, Text, label",
        assertThrows(UnreadableSourceException.class, () -> read("id,Text,label\n1,a,b\n", MAPPING))
            .getMessage());
  }

  @Test
  void wrongEncodingIsToldWithLineAndByteBeforeAnyRow() throws IOException {
    Path file = folder.resolve("f.csv");
    Files.write(file, "id,text,label\n1,é,b\n".getBytes(StandardCharsets.ISO_8859_1));
    String message =
        assertThrows(
                UnreadableSourceException.class,
                () -> new CsvTextReader(file, "f.csv", ',', MAPPING, RowLimits.DEFAULT))
            .getMessage();
    assertEquals(
        "f.csv: line 2, byte 16: not UTF-8 (found 0xE9); save the file as UTF-8 or choose its"
            + " encoding",
        message);
    var latin = new TextMapping("id", List.of("text"), "label", null, null, "ISO-8859-1");
    var reader = new CsvTextReader(file, "f.csv", ',', latin, RowLimits.DEFAULT);
    assertEquals("é", Collected.of(reader).rows.get(0).text());
  }

  @Test
  void utf16IsRecognised() throws IOException {
    Path file = folder.resolve("f.csv");
    Files.write(file, "id,text,label\n1,é,b\n".getBytes(Charset.forName("UTF-16")));
    assertTrue(
        assertThrows(
                UnreadableSourceException.class,
                () -> new CsvTextReader(file, "f.csv", ',', MAPPING, RowLimits.DEFAULT))
            .getMessage()
            .contains("the file is UTF-16, not UTF-8"));
  }

  @Test
  void badRowsAreRefusedAndGoodOnesGoIn() throws IOException {
    String csv = "id,text,label\n1,a,b\n2,c\n3,\"d\"e,f\n,g,h\n5,,h\n6,ok,z\n7,\"open,x\n";
    Collected read = read(csv, MAPPING);
    assertEquals(List.of("1", "6"), read.rows.stream().map(SourceRow::externalId).toList());
    assertEquals(
        List.of(
            "3 2: The row has 2 fields, the header 3",
            "4 null: A closing quote is followed by \"e\" instead of a separator",
            "5 : The id (column id) is empty",
            "6 5: The text is empty",
            "8 null: A quoted field that begins in this row is not closed before the file ends"),
        read.refused);
    assertEquals(List.of(2L, 3L, 4L, 5L, 6L, 7L, 8L), read.numbers);
  }

  @Test
  void quotesInsideUnquotedFieldsAreText() throws IOException {
    Collected read = read("id,text,label\r\n1,5\" heel,b\r\n2,x,y\r\n", MAPPING);
    assertEquals("5\" heel", read.rows.get(0).text());
    assertEquals(2, read.rows.size());
  }

  @Test
  void lineOf200MegabytesIsRefusedWithoutBeingKept() throws IOException {
    Path file = folder.resolve("f.csv");
    byte[] block = new byte[1 << 20];
    Arrays.fill(block, (byte) 'a');
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      out.write("id,text,label\n1,a,b\n2,".getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < 200; i++) {
        out.write(block);
      }
      out.write("\n3,c,d\n".getBytes(StandardCharsets.UTF_8));
    }
    long before = allocated();
    Collected read =
        Collected.of(new CsvTextReader(file, "f.csv", ',', MAPPING, RowLimits.DEFAULT));
    long after = allocated();
    assertEquals(List.of("1", "3"), read.rows.stream().map(SourceRow::externalId).toList());
    assertEquals(
        List.of("3 null: The row has 209,715,203 characters; at most 1,048,576 are allowed"),
        read.refused);
    assertTrue(after - before < 50 << 20, "took " + (after - before) + " bytes to skip it");
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  @Test
  void quotedRowOfManyLinesIsRefusedAndLineNumbersStayRight() throws IOException {
    var limits = new RowLimits(50, 50, 50);
    String csv = "id,text,label\n1,\"" + "x\n".repeat(100) + "\",b\n2,c,d,e\n";
    Collected read = read(csv, MAPPING, limits);
    assertEquals(
        List.of(
            "2 null: The row has 207 characters; at most 50 are allowed",
            "103 2: The row has 4 fields, the header 3"),
        read.refused);
  }

  @Test
  void lineNumbersAreThoseOfTheFileWhateverItsLineEnds() throws IOException {
    var limits = new RowLimits(50, 50, 50);
    String csv =
        "id,text,label\n1,a,\n2,\"two\nlines\",\n5,\"bad\"x,\n6,b,\n7,\""
            + "x\n".repeat(100)
            + "\",b\n8,c,d,e\n";
    for (String end : List.of("\n", "\r\n", "\r")) {
      Collected read = read(csv.replace("\n", end), MAPPING, limits);
      assertEquals(
          List.of("5", "7", "108"),
          read.refused.stream().map(refused -> refused.split(" ")[0]).toList());
      assertEquals(
          List.of(2L, 3L, 6L),
          read.rows.stream().map(SourceRow::number).toList(),
          "" + (int) end.charAt(0));
    }
  }

  @Test
  void whatIsWrittenIsReadAgainWhateverItContains() throws IOException {
    Random random = new Random(7);
    String alphabet = "ab,\"\n\r;'é漢😀 =";
    for (int round = 0; round < 200; round++) {
      List<String> texts = new ArrayList<>();
      StringBuilder csv = new StringBuilder("id,text,label\n");
      for (int i = 0; i < 20; i++) {
        StringBuilder text = new StringBuilder("t");
        for (int n = random.nextInt(12); n > 0; n--) {
          text.appendCodePoint(
              alphabet.codePoints().skip(random.nextInt(13)).findFirst().orElseThrow());
        }
        texts.add(text.toString());
        csv.append(i).append(",\"").append(text.toString().replace("\"", "\"\"")).append("\",l");
        csv.append(random.nextBoolean() ? "\r\n" : "\n");
      }
      Collected read = read(csv.toString(), MAPPING);
      assertEquals(texts, read.rows.stream().map(SourceRow::text).toList());
    }
  }

  @Test
  void emptyFileHasNoHeader() {
    assertEquals(
        "f.csv: line 1: expected a header, found nothing",
        assertThrows(UnreadableSourceException.class, () -> read("", MAPPING)).getMessage());
  }

  private Collected read(String csv, TextMapping mapping) throws IOException {
    return read(csv, mapping, RowLimits.DEFAULT);
  }

  private Collected read(String csv, TextMapping mapping, RowLimits limits) throws IOException {
    Path file = Files.writeString(folder.resolve("f.csv"), csv);
    return Collected.of(new CsvTextReader(file, "f.csv", ',', mapping, limits));
  }
}

package org.atelier.dataset.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.atelier.dataset.format.ManifestReader.ReferenceRefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesTest {

  private static final TextMapping MAPPING =
      new TextMapping("id", List.of("text"), "label", null, null, null);

  @TempDir Path folder;

  @Test
  void keysBecomeIdTextLabelsAndMetadata() throws IOException {
    Collected read =
        texts(
            "{\"id\":1,\"text\":\"a\\n"
                + "<b>\",\"label\":[\"x\",\"y\"],\"brand\":\"B\",\"n\":{\"k\":[1]}}\n\n"
                + "{\"id\":\"2\",\"text\":\"c\",\"label\":\"z\"}");
    assertEquals("a\n<b>", read.rows.get(0).text());
    assertEquals(List.of("x", "y"), read.rows.get(0).labels());
    assertEquals(Map.of("brand", "B", "n", Map.of("k", List.of(1))), read.rows.get(0).metadata());
    assertEquals(List.of(1L, 3L), read.numbers);
  }

  @Test
  void badLinesAreRefusedAndGoodOnesGoIn() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write("{\"id\":1,\"text\":\"a\"}\nnot json\n[1]\n{\"id\":2}\n".getBytes());
    file.write("{\"id\":3,\"text\":\"é\"}\n".getBytes(StandardCharsets.ISO_8859_1));
    file.write("{\"id\":4,\"id\":5,\"text\":\"a\"}\n".getBytes());
    file.write(("{\"id\":6,\"text\":\"" + "x".repeat(2 << 20) + "\"}\n").getBytes());
    file.write("{\"id\":7,\"text\":\"good\"}\n".getBytes());
    file.write(("{\"id\":8,\"text\":" + "[".repeat(100) + "]".repeat(100) + "}").getBytes());
    Path path = Files.write(folder.resolve("f.jsonl"), file.toByteArray());
    Collected read = Collected.of(new JsonTextReader(path, MAPPING, RowLimits.DEFAULT));
    assertEquals(List.of("1", "7"), read.rows.stream().map(SourceRow::externalId).toList());
    assertEquals(7, read.refused.size());
    assertTrue(read.refused.get(0).startsWith("2 null: Not JSON at character "));
    assertEquals(
        "3 null: Expected one JSON object a line, found a JSON array", read.refused.get(1));
    assertEquals("4 2: There is no key \"text\"; the keys are id", read.refused.get(2));
    assertEquals(
        "5 null: Not UTF-8 at byte 58 of the file (found 0xE9): save the file as UTF-8",
        read.refused.get(3));
    assertTrue(read.refused.get(4).contains("Duplicate"));
    assertEquals(
        "7 null: The line has 2,097,170 bytes; at most 1,048,576 are allowed", read.refused.get(5));
  }

  @Test
  void valuesOfAnotherKindAreNamedAndADocumentOfAnArrayIsToldWhatIsExpected() throws IOException {
    Collected read =
        texts(
            """
            [
            {"id":"7","text":["x"]}
            {"id":{"a":1},"text":"x"}
            [{"id":"8","text":"x"},
            """);
    assertEquals(
        List.of(
            "1 null: Expected one JSON object a line, found the beginning of a JSON array",
            "2 7: The key \"text\" holds a JSON array; a text or a number is expected",
            "3 null: The key \"id\" holds a JSON object; a text or a number is expected",
            "4 null: Expected one JSON object a line, found the beginning of a JSON array"),
        read.refused);
  }

  @Test
  void aNumberBeyondAllBoundsIsRefusedWithItsLineOnly() throws IOException {
    Collected read =
        texts(
            """
            {"id":"1","text":"a","price":1e99999999999}
            {"id":"2","text":"b","price":[{"low":-1e-99999999999}]}
            {"id":"3","text":"c","price":1e30}
            """);
    assertEquals(List.of("3"), read.rows.stream().map(SourceRow::externalId).toList());
    assertEquals(
        List.of(
            "1 null: A number of the line has too large an exponent",
            "2 null: A number of the line has too large an exponent"),
        read.refused);
  }

  @Test
  void manifestLinesPassOtherKeysThroughAndAreKept() throws IOException {
    String line = "{\"source\":\"t\", \"brand\":\"B\",\"price\":1.50}";
    Collected read = manifest(false, line + "\n");
    assertEquals("t", read.rows.get(0).text());
    assertEquals(line, read.rows.get(0).line());
    assertEquals("1.5", read.rows.get(0).metadata().get("price").toString());
  }

  @Test
  void labelsOfAnEarlierJobAreReadAsStringOrNumber() throws IOException {
    String meta =
        ",\"a-metadata\":{\"class-name\":\"dog\",\"type\":\"groundtruth/text-classification\"}}\n";
    Collected read =
        manifest(
            false,
            "{\"source\":\"t\",\"a\":\"0\""
                + meta
                + "{\"source\":\"u\",\"a\":0"
                + meta
                + "{\"source\":\"v\",\"a\":[1,8],\"a-metadata\":{\"class-map\":{\"1\":\"p\",\"8\":\"q\"}}}\n");
    assertEquals(List.of("dog"), read.rows.get(0).labels());
    assertEquals(List.of("dog"), read.rows.get(1).labels());
    assertEquals(List.of("p", "q"), read.rows.get(2).labels());
  }

  @Test
  void manifestRefusesBothOrNoSourceForeignPrefixesAndLongLines() throws IOException {
    String content =
        "{\"source\":\"t\",\"source-ref\":\"s3://ok/a\"}\n"
            + "{\"x\":1}\n"
            + "{\"source-ref\":\"s3://other/a\"}\n"
            + "{\"source\":\"t\"}\n"
            + "{\"source-ref\":\"s3://ok/a\",\"x\":\""
            + "y".repeat(100_000)
            + "\"}\n{\"source-ref\":\"s3://ok/a.jpg\"}\n";
    Collected read = manifest(true, content);
    assertEquals(
        List.of(
            "1 null: Expected exactly one of the keys \"source\" and \"source-ref\", found both",
            "2 null: Expected exactly one of the keys \"source\" and \"source-ref\", found none",
            "3 null: Not allowed",
            "4 null: The dataset holds pictures, the line has a text (\"source\")",
            "5 null: The line has 100,033 bytes; at most 100,000 are allowed"),
        read.refused);
    assertEquals("s3://ok/a.jpg", read.rows.get(0).externalId());
  }

  private Collected texts(String content) throws IOException {
    Path file = Files.writeString(folder.resolve("f.jsonl"), content);
    return Collected.of(new JsonTextReader(file, MAPPING, RowLimits.DEFAULT));
  }

  private Collected manifest(boolean pictures, String content) throws IOException {
    Path file = Files.writeString(folder.resolve("f.manifest"), content);
    ManifestReader.References references =
        reference -> {
          if (!reference.startsWith("s3://ok/")) {
            throw new ReferenceRefusedException("Not allowed");
          }
          return new SourceView.EncodedFile("image", reference, -1, null);
        };
    return Collected.of(
        new ManifestReader(file, pictures, null, "a", references, RowLimits.DEFAULT));
  }
}

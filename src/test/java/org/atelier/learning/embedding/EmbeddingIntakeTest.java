package org.atelier.learning.embedding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import org.atelier.dataset.ItemName;
import org.atelier.dataset.ReceivedUploads.ReceivedFile;
import org.atelier.platform.ProblemException;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dataset has the items a, b, c, d at the places 0 to 3. */
class EmbeddingIntakeTest {

  private static final List<String> IDS = List.of("a", "b", "c", "d");

  @TempDir Path folder;

  private final ByteArrayOutputStream refused = new ByteArrayOutputStream();
  private EmbeddingIntake intake;

  private static UUID item(int place) {
    return new UUID(7, place);
  }

  @Test
  void everyRowThatCannotBeUsedIsReportedAndTheOthersAreTaken() throws IOException {
    EmbeddingReport report =
        read(
            text(
                "e.csv",
                "id,x,y",
                "a,1,2",
                "b,NaN,2",
                "c,1,2,3",
                "a,9,9",
                "z,1,1",
                ",1,1",
                "d,one,1",
                "d,-1,0.5"));
    assertEquals(8, report.rows());
    assertEquals(2, report.taken());
    assertEquals(6, report.refused());
    assertEquals(1, report.unknown());
    List<String> lines = refused.toString(StandardCharsets.UTF_8).lines().toList();
    assertTrue(lines.contains("2,b,value 1 is not a finite number"), lines.toString());
    assertTrue(lines.contains("3,c,it has 3 numbers instead of 2"), lines.toString());
    assertTrue(lines.contains("4,a,an earlier row has this id already"), lines.toString());
    assertTrue(lines.contains("5,z,the dataset has no item of this id"), lines.toString());
    assertTrue(lines.contains("6,,the id is missing"), lines.toString());
    assertTrue(lines.contains("7,d,column 2 is not a number"), lines.toString());
    assertFalse(intake.has(1));
    assertTrue(intake.has(3));
    assertArrayEquals(new float[] {1, 2}, numbers(0));
    assertArrayEquals(new float[] {-1, 0.5f}, numbers(3));
  }

  @Test
  void anNpyFileTakesItsIdsFromTheFileBesideIt() throws IOException {
    ReceivedFile values =
        npy(new float[][] {{1, 2, 3}, {4, 5, Float.POSITIVE_INFINITY}, {7, 8, 9}});
    EmbeddingReport report = read(values, text("ids.txt", "c", "b", "a"));
    assertEquals(2, report.taken());
    assertEquals(
        "2,b,value 3 is not a finite number",
        refused.toString(StandardCharsets.UTF_8).lines().toList().get(1));
    assertArrayEquals(new float[] {7, 8, 9}, numbers(0));
    assertEquals(
        3, read(npy(new float[][] {{1}, {2}, {3}}), text("i.csv", "id", "a", "b", "c")).taken());
  }

  @Test
  void anNpyFileWithoutAnIdForEveryRowIsRefusedAsAWhole() throws IOException {
    ReceivedFile values = npy(new float[][] {{1}, {2}});
    IOException wrong = assertThrows(IOException.class, () -> read(values, text("i.txt", "a")));
    assertEquals(
        "e.npy has 2 rows and i.txt has 1 ids: one id belongs to each row, in the same order.",
        wrong.getMessage());
    assertThrows(ProblemException.class, () -> EmbeddingFiles.of(List.of(values)));
    ReceivedFile csv = text("e.csv", "id,x");
    assertThrows(
        ProblemException.class, () -> EmbeddingFiles.of(List.of(csv, text("f.csv", "id"))));
  }

  @Test
  void aParquetFileIsReadByItsColumns() throws IOException, SQLException {
    Path file = folder.resolve("e.parquet");
    try (Connection database = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
        Statement statement = database.createStatement()) {
      statement.execute(
          "copy (select 'b' as id, [0.5, 2]::float[] as embedding union all select 'c', [1, null])"
              + " to '"
              + file
              + "' (format parquet)");
    }
    EmbeddingReport report = read(new ReceivedFile("e.parquet", Files.size(file), file));
    assertEquals(1, report.taken());
    assertEquals("value 2 is missing", report.refusals().get(0).reason());
    assertArrayEquals(new float[] {0.5f, 2}, numbers(1));
  }

  @Test
  void recordsOfDeletedItemsCanBeTakenOut() throws IOException {
    read(text("e.csv", "id,x", "a,1", "b,2", "c,3"));
    Path fresh = folder.resolve("fresh");
    assertEquals(1, records().writeWithout(Set.of(item(1))::contains, fresh));
    EmbeddingRecords left = EmbeddingRecords.open(fresh, 1);
    assertEquals(2, left.size());
    assertFalse(left.read(item(1), new byte[EmbeddingRecords.bytes(1)]));
    assertTrue(left.read(item(2), new byte[EmbeddingRecords.bytes(1)]));
  }

  private EmbeddingReport read(ReceivedFile... files) throws IOException {
    refused.reset();
    EmbeddingIntake reading =
        new EmbeddingIntake(
            EmbeddingIntakeTest::named,
            Files.newOutputStream(folder.resolve("values")),
            refused,
            rows -> {});
    try (reading) {
      EmbeddingFiles.of(List.of(files)).read(reading);
    }
    intake = reading;
    return intake.report("file", 1, 0, List.of());
  }

  private static List<ItemName> named(List<String> ids) {
    List<ItemName> names = new ArrayList<>();
    for (String id : ids) {
      int place = IDS.indexOf(id);
      if (place >= 0) {
        names.add(new ItemName(item(place), place, id));
      }
    }
    return names;
  }

  private EmbeddingRecords records() {
    return EmbeddingRecords.open(folder.resolve("values"), intake.columns());
  }

  private float[] numbers(int place) {
    byte[] record = new byte[EmbeddingRecords.bytes(intake.columns())];
    assertTrue(records().read(item(place), record));
    float[] numbers = new float[intake.columns()];
    ByteBuffer.wrap(record)
        .order(ByteOrder.LITTLE_ENDIAN)
        .position(EmbeddingRecords.ID_BYTES)
        .asFloatBuffer()
        .get(numbers);
    return numbers;
  }

  private ReceivedFile text(String name, String... lines) throws IOException {
    Path file = Files.write(folder.resolve(name), List.of(lines));
    return new ReceivedFile(name, Files.size(file), file);
  }

  private ReceivedFile npy(float[][] rows) throws IOException {
    byte[] bytes = TestEmbeddings.npy(rows);
    Path file = Files.write(folder.resolve("e.npy"), bytes);
    return new ReceivedFile("e.npy", bytes.length, file);
  }
}

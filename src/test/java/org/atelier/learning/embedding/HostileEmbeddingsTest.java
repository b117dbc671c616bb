package org.atelier.learning.embedding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.UUID;
import org.atelier.dataset.ItemName;
import org.atelier.dataset.ReceivedUploads.ReceivedFile;
import org.atelier.learning.feature.UnusableFileException;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of embeddings that are broken, or made to do harm. */
class HostileEmbeddingsTest {

  private static final String HEADER =
      "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }\n";

  @TempDir Path folder;
  private final ByteArrayOutputStream refused = new ByteArrayOutputStream();

  @Test
  void anNpyFileThatCannotBeReadIsNamedAsItsSenderCallsItWithTheWayOut() throws IOException {
    assertUnusable("this is not an npy file", npy("not numpy at all", new byte[0], 16));
    assertUnusable("version 4 is not known", npyOf(4, HEADER));
    assertUnusable("ends before the values", npyOf(1, HEADER));
    assertUnusable("ends before the values", npyOf(1, HEADER.replace("(2, 2)", "(2, 1048576)")));
    assertUnusable("astype('float32')", npyOf(1, HEADER.replace("<f4", "|O")));
    assertUnusable("astype('float32')", npyOf(1, HEADER.replace("<f4", "<f2")));
    assertUnusable("ascontiguousarray", npyOf(1, HEADER.replace("False", "True")));
    assertUnusable("two dimensions", npyOf(1, HEADER.replace("(2, 2)", "(2,)")));
    assertUnusable("9,999,999,999", npyOf(1, HEADER.replace("(2, 2)", "(9999999999, 9999999999)")));
    assertUnusable("2,000,000,000 rows", npyOf(1, HEADER.replace("(2, 2)", "(2000000000, 9)")));
  }

  @Test
  void textThatIsNotUtf8AndRowsWithoutEndAreNamedWithTheirPlace() throws IOException {
    byte[] latin = "id,x\ncaf\u00e9,1\n".getBytes(StandardCharsets.ISO_8859_1);
    assertUnusable("e.csv is not UTF-8", file("e.csv", latin));
    assertUnusable("e.csv is empty", file("e.csv", new byte[0]));
    assertUnusable("line 1: the header needs", file("e.csv", bytes("id;x\na;1\n")));
    String open = "id,x\na,1\nb,\"" + "1".repeat(200_000);
    assertUnusable("line 3 cannot be read", file("e.csv", bytes(open)));
    byte[] wide = bytes("id,x\na" + ",1".repeat(20_000) + "\n");
    assertUnusable("A row may have 16,384 numbers", file("e.csv", wide));
    ReceivedFile values = file("e.npy", TestEmbeddings.npy(new float[][] {{1}, {2}}));
    ReceivedFile ids = file("i.txt", "a\ncaf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
    UnusableFileException wrong =
        assertThrows(UnusableFileException.class, () -> read(values, ids));
    assertTrue(wrong.getMessage().startsWith("i.txt: line 1"), wrong.getMessage());
  }

  @Test
  void anIdThatNoItemCanHaveIsRefusedWithoutAskingForItAndShortened() throws IOException {
    EmbeddingReport report =
        read(file("e.csv", bytes("id,x\nz\0z,1\n" + "y".repeat(60_000) + ",1\na,1\n")));
    assertEquals(1, report.taken());
    assertEquals(2, report.refused());
    assertEquals("z\uFFFDz", report.refusals().get(0).id());
    assertTrue(report.refusals().get(0).reason().contains("control character"));
    assertEquals(61, report.refusals().get(1).id().length());
    assertTrue(refused.size() < 1_000);
    ReceivedFile values = file("e.npy", TestEmbeddings.npy(new float[][] {{1}, {2}}));
    ReceivedFile ids = file("i.txt", bytes("y".repeat(5_000_000) + "\r\na"));
    assertEquals(1, read(values, ids).taken());
  }

  @Test
  void aDamagedParquetFileIsRefusedInWordsWhateverIsDamaged() throws IOException, SQLException {
    byte[] whole = parquet("select 'a' as id, [0.5, 2]::float[] as embedding");
    assertUnusable("damaged, cut off", file("e.parquet", Arrays.copyOf(whole, whole.length / 2)));
    assertUnusable("damaged, cut off", file("e.parquet", new byte[0]));
    Random random = new Random(5);
    for (int i = 0; i < 40; i++) {
      byte[] damaged = whole.clone();
      for (int j = 0; j < 5; j++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        read(file("e.parquet", damaged));
      } catch (UnusableFileException told) {
        assertTrue(told.getMessage().startsWith("e.parquet"), told.getMessage());
        assertFalse(told.getMessage().contains(folder.toString()), told.getMessage());
      }
    }
  }

  @Test
  void parquetColumnsOfAnotherKindAreNamed() throws IOException, SQLException {
    assertUnusable("It has key, vec", sql("select 'a' as key, [1.0] as vec"));
    assertUnusable("of type DOUBLE[][]", sql("select 'a' as id, [[1::double]] as embedding"));
    assertUnusable("of type VARCHAR", sql("select 'a' as id, 'b' as embedding"));
    assertUnusable("of type STRUCT", sql("select 'a' as id, {'x': 1.0} as embedding"));
    EmbeddingReport report =
        read(sql("select 'a' as id, [1e300]::double[] as embedding union all select 'b', [1]"));
    assertEquals(1, report.taken());
    assertEquals("value 1 is not a finite number", report.refusals().get(0).reason());
  }

  @Test
  void fewBytesOfParquetThatStandForMoreThanMemoryHoldsAreRefusedBeforeTheyAreRead()
      throws IOException, SQLException {
    ReceivedFile wide =
        sql("select 'a' as id, list_resize([]::float[], 20000, 0) as embedding from range(200)");
    assertUnusable("e.parquet: its rows have more than 8,192 numbers", wide);
    ReceivedFile many = sql("select 'a' as id, [0]::float[] as embedding from range(3000000)");
    assertTrue(many.size() < 300_000);
    assertTimeout(Duration.ofSeconds(30), () -> assertUnusable("stand for 3,000,000 rows", many));
    EmbeddingReport report =
        read(
            sql(
                "select 'a' as id, list_resize([]::float[], 20000, 0) as embedding union all"
                    + " select 'b', [0] from range(5)"));
    assertEquals(1, report.taken());
    assertEquals("it has 20,000 numbers; at most 8,192", report.refusals().get(0).reason());
  }

  private void assertUnusable(String words, ReceivedFile... files) {
    UnusableFileException wrong =
        assertThrows(
            UnusableFileException.class,
            () -> {
              if (files[0].name().endsWith(".npy")) {
                read(files[0], file("i.txt", bytes("a\nb\n")));
              } else {
                read(files);
              }
            });
    assertTrue(wrong.getMessage().startsWith(files[0].name()), wrong.getMessage());
    assertTrue(wrong.getMessage().contains(words), wrong.getMessage());
    assertFalse(wrong.getMessage().contains(folder.toString()), wrong.getMessage());
  }

  private EmbeddingReport read(ReceivedFile... files) throws IOException {
    refused.reset();
    EmbeddingIntake intake =
        new EmbeddingIntake(
            HostileEmbeddingsTest::named, OutputStream.nullOutputStream(), refused, rows -> {});
    try (intake) {
      EmbeddingFiles.of(List.of(files)).read(intake);
    }
    return intake.report("file", 1, 0, List.of());
  }

  private static List<ItemName> named(List<String> ids) {
    List<ItemName> names = new ArrayList<>();
    for (String id : ids) {
      assertTrue(id.length() <= 500 && id.indexOf('\0') < 0, "the database is asked for " + id);
      if (id.matches("[ab]")) {
        names.add(new ItemName(new UUID(7, id.charAt(0)), id.charAt(0) - 'a', id));
      }
    }
    return names;
  }

  private ReceivedFile npyOf(int version, String header) throws IOException {
    byte[] length =
        version == 1
            ? new byte[] {(byte) header.length(), 0}
            : new byte[] {(byte) header.length(), 0, 0, 0};
    byte[] text = bytes(header);
    byte[] rest = Arrays.copyOf(length, length.length + text.length);
    System.arraycopy(text, 0, rest, length.length, text.length);
    return npy("\u0093NUMPY" + (char) version + "\0", rest, 0);
  }

  private ReceivedFile npy(String start, byte[] rest, int more) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(start.getBytes(StandardCharsets.ISO_8859_1));
    bytes.writeBytes(rest);
    bytes.writeBytes(new byte[more]);
    return file("e.npy", bytes.toByteArray());
  }

  private ReceivedFile sql(String select) throws IOException, SQLException {
    return file("e.parquet", parquet(select));
  }

  private byte[] parquet(String select) throws IOException, SQLException {
    Path file = folder.resolve("made");
    try (Connection database = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
        Statement statement = database.createStatement()) {
      statement.execute(
          "copy (" + select + ") to '" + file + "' (format parquet, compression zstd)");
    }
    return Files.readAllBytes(file);
  }

  private ReceivedFile file(String name, byte[] bytes) throws IOException {
    return new ReceivedFile(name, bytes.length, Files.write(folder.resolve("f" + name), bytes));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

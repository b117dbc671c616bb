package org.atelier.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.atelier.dataset.catalog.CatalogReads;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.atelier.workforce.TestPeople;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands {@code import} and {@code export}, run as processes against a running server. */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class CommandsQuarkusTest {

  @Inject TestPeople people;
  @Inject Jdbi jdbi;
  @Inject CatalogReads reads;

  @TempDir Path folder;
  private final ObjectMapper json = new ObjectMapper();
  private TestPeople.Visitor owner;
  private ProjectRef project;
  private AtelierProgram atelier;

  @BeforeEach
  void openProject() {
    owner = people.visitor("Ana");
    project = people.projectOf(owner);
    atelier = new AtelierProgram(url(), owner.token(), folder);
  }

  private static String url() {
    return "http://localhost:" + RestAssured.port;
  }

  @Test
  void everyTextFormatComesInAndGoesOutAgain() throws Exception {
    Files.writeString(
        folder.resolve("a.csv"),
        "id,title,text,label,age\n1,Coat,warm,Good,30\n2,Hat,odd,Bad,40\n");
    Files.writeString(folder.resolve("a.tsv"), "id\ttext\tlabel\n1\twarm\tGood\n2\todd\tBad\n");
    Files.writeString(
        folder.resolve("a.jsonl"),
        "{\"id\":\"1\",\"text\":\"warm\",\"label\":\"Good\"}\n{\"id\":\"2\",\"text\":\"odd\"}\n");
    String columns = "--text-columns text --id-column id --label-column label ";
    JsonNode csv =
        imported(
            "--name Csv --format csv --text-columns title,text --id-column id"
                + " --label-column label a.csv");
    assertEquals(2, imported("--name Tsv --format tsv " + columns + "a.tsv").path("added").asInt());
    JsonNode lines = imported("--name Lines --format JSONL " + columns + "a.jsonl");
    assertEquals(2, lines.path("added").asInt());
    Path out = folder.resolve("out.csv");
    assertEquals(0, export(csv, "csv", out.toString()).code());
    assertEquals(
        "id,text,label,label_source,confidence,answers,round,model,labeled_at,metadata,job",
        Files.readAllLines(out).get(0));
    assertEquals(
        "{\"source\":\"Coat\\n\\nwarm\",\"id\":\"1\",\"known-labels\":[\"Good\"],\"age\":\"30\"}",
        export(csv, "manifest", "-").out().lines().findFirst().orElseThrow());
    assertEquals(2, export(lines, "jsonl", "-").out().lines().count());
    AtelierProgram.Ended coco = export(lines, "coco", folder.resolve("x.json").toString());
    assertEquals(2, coco.code());
    assertEquals("COCO describes pictures; choose another format. (400)\n", coco.err());
    assertFalse(Files.exists(folder.resolve("x.json")));
  }

  @Test
  void manifestComesInAndGoesOutUnchanged() throws Exception {
    String manifest =
        "{\"source\":\"A blue coat\",\"shelf\":{\"row\":3}}\n"
            + "{\"source\":\"A red hat\",\"n\":1.50}\n";
    Files.writeString(folder.resolve("in.manifest"), manifest);
    JsonNode run = imported("--name M --format manifest --kind text in.manifest");
    assertEquals(manifest, export(run, "manifest", "-").out());
  }

  @Test
  void everyPictureFormatComesInAndGoesOutAgain() throws Exception {
    Path pictures = Files.createDirectories(folder.resolve("pictures/deep"));
    Files.write(pictures.resolve("a__front.png"), picture(1));
    Files.write(pictures.resolve("a__back.png"), picture(2));
    Files.write(pictures.resolve("b.png"), picture(3));
    try (var zip = new ZipOutputStream(Files.newOutputStream(folder.resolve("p.zip")))) {
      zip.putNextEntry(new ZipEntry("one.png"));
      zip.write(picture(4));
      zip.putNextEntry(new ZipEntry("labels.csv"));
      zip.write("image,label\none.png,Coat\n".getBytes(StandardCharsets.UTF_8));
    }
    idx();
    JsonNode tree = imported("--name Tree --format folder --labels-from-folders pictures");
    assertEquals(2, tree.path("added").asInt());
    assertEquals("Folder of 3 files", tree.path("sourceName").asText());
    JsonNode zip = imported("--name Zip --format zip p.zip");
    JsonNode idx =
        imported("--name Idx --format idx --class-names Coat,Hat x-images-idx3 x-labels-idx1");
    assertEquals(2, idx.path("added").asInt());
    JsonNode coco = json.readTree(export(zip, "coco", "-").out());
    assertEquals("Coat", coco.path("categories").path(0).path("name").asText());
    assertEquals(1, coco.path("annotations").size());
    Path huggingFace = folder.resolve("hf.zip");
    assertEquals(0, export(tree, "huggingface", huggingFace.toString()).code());
    try (ZipFile read = new ZipFile(huggingFace.toFile())) {
      Set<String> names = read.stream().map(ZipEntry::getName).collect(Collectors.toSet());
      assertTrue(names.contains("README.md"), names.toString());
      assertTrue(names.stream().anyMatch(name -> name.endsWith(".parquet")), names.toString());
    }
    assertEquals(
        List.of("Hat", "Coat"), export(idx, "jsonl", "-").out().lines().map(this::label).toList());
  }

  @Test
  void theLabelsFileCanBeNamedAndWhatIsLeftOutIsTold() throws Exception {
    Path pictures = Files.createDirectories(folder.resolve("pictures"));
    Files.write(pictures.resolve("a.png"), picture(1));
    Files.writeString(pictures.resolve("one.csv"), "image,label\na.png,Coat\n");
    Files.writeString(pictures.resolve("two.csv"), "image,label\na.png,Hat\n");
    Files.writeString(pictures.resolve(".hidden.png"), "1");
    Files.writeString(pictures.resolve(".DS_Store"), "1");
    AtelierProgram.Ended unnamed = run("import --name Unnamed --format folder pictures");
    assertEquals(0, unnamed.code());
    assertEquals(
        "1 file is hidden and left out: .hidden.png\n"
            + "2 files are no pictures or hidden and left out: one.csv, two.csv\n"
            + "No labels file was read. If one of these was meant, name it with --labels-file for a"
            + " new dataset: one.csv, two.csv\n",
        unnamed.err());
    for (String file : List.of("two.csv", "pictures/two.csv")) {
      JsonNode named =
          imported("--name " + file + " --format folder --labels-file " + file + " pictures");
      assertEquals("two.csv", named.path("labelsFile").asText());
    }
    assertWrong(
        "Among the files there is no labels file x.csv; the CSV files there are: one.csv, two.csv",
        "import --name X --format folder --labels-file x.csv pictures");
    try (var zip = new ZipOutputStream(Files.newOutputStream(folder.resolve("p.zip")))) {
      zip.putNextEntry(new ZipEntry("one.png"));
      zip.write(picture(4));
    }
    assertWrong(
        "p.zip: there is no labels file x.csv, nor any other CSV file",
        "import --name X --format zip --labels-file x.csv p.zip");
  }

  private String label(String line) {
    try {
      return json.readTree(line).path("known_labels").path(0).asText();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void refusedRowsAreToldAndTheGoodOnesGoIn() throws Exception {
    Files.writeString(folder.resolve("a.csv"), "id,text,label\n1,a,Good\n2,,Good\n3,c,Odd\n");
    AtelierProgram.Ended ended =
        run(
            "import --name A --format csv --text-columns text --id-column id --label-column label"
                + " --allowed-labels Good,Bad --out run.json a.csv");
    assertEquals(1, ended.code());
    assertEquals(
        "2 rows were refused:\nrow 3 (2): The text is empty\n"
            + "row 4 (3): The label Odd is not in the label set\n",
        ended.err());
    assertEquals("", ended.out());
    JsonNode run = json.readTree(folder.resolve("run.json").toFile());
    assertEquals(1, run.path("added").asInt());
    AtelierProgram.Ended again =
        run("import --name a --format csv --text-columns text --id-column id a.csv");
    assertEquals(2, again.code());
    String dataset = run.path("datasetId").asText();
    assertEquals(
        "The project has a dataset named \"a\" already. Choose another name, or add to it:"
            + " --dataset "
            + dataset
            + "\n",
        again.err());
    Files.writeString(folder.resolve("a.csv"), "id,text\n1,a\n9,new\n");
    JsonNode more =
        imported("--dataset " + dataset + " --format csv --text-columns text --id-column id a.csv");
    assertEquals(1, more.path("added").asInt());
    assertEquals(1, more.path("present").asInt());
    assertEquals(2, more.path("version").asInt());
  }

  @Test
  void aSourceOfWhichNothingCouldBeTakenSaysWhyAndLeavesNoDataset() throws Exception {
    Files.writeString(folder.resolve("a.csv"), "id,text,label\n1,,Good\n2,b,Odd\n");
    AtelierProgram.Ended ended =
        run(
            "import --name A --format csv --text-columns text --id-column id --label-column label"
                + " --allowed-labels Good,Bad a.csv");
    assertEquals(2, ended.code());
    assertEquals(
        "No row could be taken: all 2 were refused. The report says why.\n"
            + "row 2 (1): The text is empty\n"
            + "row 3 (2): The label Odd is not in the label set\n",
        ended.err());
    assertEquals(List.of(), reads.datasets(project.id()).stream().map(DatasetView::name).toList());
    Files.writeString(folder.resolve("a.csv"), "id,text,label\n1,a,Good\n");
    assertEquals(
        1,
        imported("--name A --format csv --text-columns text --id-column id a.csv")
            .path("added")
            .asInt());
    assertEquals(
        List.of("A"), reads.datasets(project.id()).stream().map(DatasetView::name).toList());
  }

  @Test
  void whatCannotWorkEndsWithTwoAndOneLine() throws Exception {
    Files.writeString(folder.resolve("a.csv"), "id,words\n1,a\n");
    assertWrong(
        "a.csv: line 1: there is no column \"text\"; the columns are id, words",
        "import --name A --format csv --text-columns text a.csv");
    assertEquals(
        1, imported("--name A --format csv --text-columns words a.csv").path("added").asInt());
    assertWrong(
        "none.csv: cannot be read", "import --name B --format csv --text-columns a none.csv");
    assertWrong("Give --text-columns for this format.", "import --name B --format csv a.csv");
    assertWrong("Give either --name or --dataset.", "import --format idx a.csv");
    Files.createDirectories(folder.resolve("empty"));
    assertWrong("empty: there is no file in it", "import --name B --format folder empty");
    assertWrong(
        "empty: is a folder; --format zip takes files", "import --name B --format zip empty");
    AtelierProgram.Ended usage = run("import --name B --format paper a.csv");
    assertEquals(2, usage.code());
    assertEquals(1, usage.err().lines().count(), usage.err());
    AtelierProgram.Ended stranger =
        new AtelierProgram(url(), "atl_k1.wrong", folder)
            .run(
                "export",
                "--project",
                project.slug(),
                "--dataset",
                UUID.randomUUID().toString(),
                "--format",
                "csv",
                "--out",
                "x");
    assertEquals(2, stranger.code());
    assertEquals(1, stranger.err().lines().count(), stranger.err());
    AtelierProgram.Ended nobody =
        new AtelierProgram(url(), null, folder)
            .run("import", "--project", "x", "--name", "y", "--format", "idx", "a.csv");
    assertEquals("Set ATELIER_TOKEN to a personal access token.\n", nobody.err());
    AtelierProgram.Ended unknown =
        run("export --dataset " + UUID.randomUUID() + " --format csv --out x");
    assertEquals(2, unknown.code());
    assertEquals("The project has no such dataset. (404)\n", unknown.err());
    AtelierProgram.Ended address =
        new AtelierProgram("nonsense", owner.token(), folder)
            .run("import", "--project", "x", "--name", "y", "--format", "idx", "a.csv");
    assertEquals("--url nonsense: give an address like http://localhost:8080\n", address.err());
  }

  @Test
  void commandThatWasKilledGoesOnWithoutSendingOrTakingAnythingTwice() throws Exception {
    int files = 1_500;
    Path pictures = Files.createDirectories(folder.resolve("many"));
    for (int i = 0; i < files; i++) {
      Files.write(pictures.resolve("p" + i + ".png"), picture(i));
    }
    String command = "import --name Many --format folder many";
    Process killed = atelier.start(words(command));
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (received() < 20) {
      assertTrue(killed.isAlive() && System.nanoTime() < deadline, "it never began to send");
      Thread.sleep(2);
    }
    killed.destroyForcibly().waitFor();
    int sent = received();
    assertTrue(sent < files, "it was done before it was killed");
    UUID upload = upload();
    AtelierProgram.Ended ended = run(command);
    assertEquals(0, ended.code(), ended.err());
    JsonNode run = json.readTree(ended.out());
    assertEquals(files, run.path("added").asInt());
    assertEquals(0, run.path("present").asInt());
    assertEquals(0, run.path("refused").asInt());
    assertEquals(upload.toString(), specOf(run).path("upload").asText());
    AtelierProgram.Ended third =
        run("import --dataset " + run.path("datasetId").asText() + " --format folder many");
    assertEquals(files, json.readTree(third.out()).path("present").asInt(), third.err());
    assertNotEquals(upload.toString(), specOf(json.readTree(third.out())).path("upload").asText());
  }

  private int received() {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    "select count(*) from dataset.upload_file f join dataset.upload u on u.id ="
                        + " f.upload_id where u.project_id = ? and f.received > 0")
                .bind(0, project.id())
                .mapTo(Integer.class)
                .one());
  }

  private UUID upload() {
    return jdbi.withHandle(
        h ->
            h.createQuery("select id from dataset.upload where project_id = ?")
                .bind(0, project.id())
                .mapTo(UUID.class)
                .one());
  }

  private JsonNode specOf(JsonNode run) throws IOException {
    String spec =
        jdbi.withHandle(
            h ->
                h.createQuery("select spec::text from dataset.import where id = ?")
                    .bind(0, UUID.fromString(run.path("id").asText()))
                    .mapTo(String.class)
                    .one());
    return json.readTree(spec);
  }

  private void assertWrong(String message, String command) throws Exception {
    AtelierProgram.Ended ended = run(command);
    assertEquals(message + "\n", ended.err());
    assertEquals(2, ended.code());
    assertEquals("", ended.out());
  }

  private JsonNode imported(String options) throws Exception {
    AtelierProgram.Ended ended = run("import " + options);
    assertEquals(0, ended.code(), ended.err());
    JsonNode run = json.readTree(ended.out());
    assertEquals("DONE", run.path("state").asText());
    return run;
  }

  private AtelierProgram.Ended export(JsonNode run, String format, String out) throws Exception {
    String dataset = run.path("datasetId").asText();
    return run("export --dataset " + dataset + " --format " + format + " --out " + out);
  }

  private AtelierProgram.Ended run(String command) throws Exception {
    return atelier.run(words(command));
  }

  private String[] words(String command) {
    return (command + " --project " + project.slug()).split(" ");
  }

  private void idx() throws IOException {
    try (var out = new DataOutputStream(Files.newOutputStream(folder.resolve("x-images-idx3")))) {
      for (int number : new int[] {0x803, 2, 2, 2}) {
        out.writeInt(number);
      }
      out.write(new byte[] {0, 1, 2, 3, 4, 5, 6, 7});
    }
    try (var out = new DataOutputStream(Files.newOutputStream(folder.resolve("x-labels-idx1")))) {
      out.writeInt(0x801);
      out.writeInt(2);
      out.write(new byte[] {1, 0});
    }
  }

  private static byte[] picture(int number) throws IOException {
    BufferedImage image = new BufferedImage(20, 30, BufferedImage.TYPE_INT_RGB);
    image.setRGB(number % 20, number / 20 % 30, 0xff8000 + number);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertTrue(ImageIO.write(image, "png", out), Map.of("number", number).toString());
    return out.toByteArray();
  }
}

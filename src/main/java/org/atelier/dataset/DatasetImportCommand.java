package org.atelier.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends files to a running Atelier and waits until they are imported. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = "Import files into a dataset of a running Atelier, through its API.",
    footer = {
      "",
      "The personal access token is read from the environment variable ATELIER_TOKEN.",
      "",
      "Examples:",
      "  import --project atelier --name Reviews --format csv --text-columns title,review \\",
      "    --id-column id --label-column recommended reviews.csv",
      "  import --project atelier --name Fashion --format idx train-images-idx3-ubyte.gz \\",
      "    train-labels-idx1-ubyte.gz --class-names T-shirt,Trouser,Pullover,Dress,Coat",
      "",
      "A command that was interrupted goes on when it is run again with the same files.",
      "",
      "Exit code: 0 done, 1 done but rows were refused, 2 wrong usage or unreadable input, 3 error."
    })
public class DatasetImportCommand implements Callable<Integer> {

  private static final int DONE = 0;
  private static final int SOME_REFUSED = 1;
  private static final int UNREADABLE = 2;
  private static final int BROKEN_OFF = 3;
  private static final int REFUSALS_TOLD = 5;
  private static final long POLL_MILLIS = 300;

  /** Formats as typed. */
  enum Format {
    FOLDER,
    ZIP,
    IDX,
    CSV,
    TSV,
    JSONL,
    MANIFEST;

    boolean isText() {
      return this == CSV || this == TSV || this == JSONL;
    }
  }

  @Spec private CommandSpec spec;

  @Option(
      names = "--url",
      defaultValue = "http://localhost:8080",
      paramLabel = "URL",
      description = "Address of the installation (${DEFAULT-VALUE}).")
  private String url;

  @Option(names = "--project", required = true, description = "Name in the project's address.")
  private String project;

  @Option(names = "--name", description = "Name of a new dataset.")
  private String name;

  @Option(names = "--dataset", description = "Id of a dataset to add items to.")
  private UUID dataset;

  @Option(names = "--format", required = true, description = "${COMPLETION-CANDIDATES}")
  private Format format;

  @Option(names = "--kind", description = "For manifests: image or text (image).")
  private ItemKind kind = ItemKind.IMAGE;

  @Option(names = "--text-columns", split = ",", description = "Columns that make the text.")
  private List<String> textColumns = List.of();

  @Option(names = "--id-column", description = "Column of the external id.")
  private String idColumn;

  @Option(names = "--label-column", description = "Column of the known label.")
  private String labelColumn;

  @Option(names = "--label-separator", description = "Sign between several labels of a cell.")
  private String labelSeparator;

  @Option(names = "--encoding", description = "Encoding of CSV and TSV (UTF-8).")
  private String encoding;

  @Option(names = "--allowed-labels", split = ",", description = "Other labels are refused.")
  private List<String> allowedLabels;

  @Option(names = "--class-names", split = ",", description = "IDX: names of labels 0, 1, …")
  private List<String> classNames;

  @Option(
      names = "--labels-file",
      paramLabel = "FILE",
      description = "Folder, ZIP: the CSV inside that names the labels (labels.csv).")
  private String labelsFile;

  @Option(names = "--labels-from-folders", description = "The folder of a picture is its label.")
  private boolean labelsFromFolders;

  @Option(names = "--id-key", description = "Manifest: key of the external id.")
  private String idKey;

  @Option(names = "--label-attribute", description = "Manifest: attribute of an earlier job.")
  private String labelAttribute;

  @Option(
      names = {"--out", "--report"},
      defaultValue = "-",
      paramLabel = "FILE",
      description = "What came of it as JSON; - is standard output, the default.")
  private String out;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files, or one folder.")
  private List<Path> files;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    ProgressLine progress = new ProgressLine(err);
    try {
      check();
      ApiClient client = new ApiClient(url, System.getenv("ATELIER_TOKEN"));
      String api = client.project(project);
      checkName(client, api);
      FileUpload.Sending sending =
          (sent, total) ->
              progress.at(String.format(Locale.ROOT, "%,d of %,d bytes sent", sent, total));
      ImportFiles found = ImportFiles.find(files);
      String labels = labelsFile == null ? null : labels(found);
      found.hiddenWords().ifPresent(err::println);
      String upload = new FileUpload(client, api, found.named(), sending).send();
      JsonNode run = finished(client, api, begin(client, api, source(upload, labels)), progress);
      progress.clear();
      return report(client, api, run);
    } catch (ApiClient.RefusedException e) {
      progress.clear();
      err.println(e.getMessage() + hint(e));
      return UNREADABLE;
    } catch (IOException e) {
      progress.clear();
      err.println("It broke off (" + e.getMessage() + "). Run the same command again to go on.");
      return BROKEN_OFF;
    }
  }

  /** Says before anything is sent what would be refused afterwards. */
  private void checkName(ApiClient client, String api)
      throws IOException, InterruptedException, ApiClient.RefusedException {
    if (name == null) {
      return;
    }
    for (JsonNode there : client.get(api + "/datasets")) {
      boolean same = there.path("name").asText().equalsIgnoreCase(name.strip());
      if (same && there.path("latestVersion").asInt() > 0) {
        throw new ApiClient.RefusedException(
            "The project has a dataset named \"%s\" already. Choose another name, or add to it: --dataset %s"
                .formatted(name.strip(), there.path("id").asText()));
      }
    }
  }

  private static String hint(ApiClient.RefusedException e) {
    String taken = e.member("dataset");
    return taken.isEmpty() ? "" : " To add to it: --dataset " + taken;
  }

  private JsonNode begin(ApiClient client, String api, Map<String, Object> source)
      throws IOException, InterruptedException, ApiClient.RefusedException {
    return dataset == null
        ? client.post(
            api + "/datasets", Map.of("name", name, "kind", kind().name(), "source", source))
        : client.post(api + "/datasets/" + dataset + "/imports", source);
  }

  private static JsonNode finished(
      ApiClient client, String api, JsonNode begun, ProgressLine progress)
      throws IOException, InterruptedException, ApiClient.RefusedException {
    JsonNode run = begun;
    while (List.of("QUEUED", "RUNNING").contains(run.path("state").asText())) {
      Thread.sleep(POLL_MILLIS);
      run = client.get(api + "/imports/" + begun.path("id").asText());
      progress.at(String.format(Locale.ROOT, "%,d items imported", run.path("added").asLong()));
    }
    return run;
  }

  private int report(ApiClient client, String api, JsonNode run)
      throws IOException, InterruptedException, ApiClient.RefusedException {
    PrintWriter err = spec.commandLine().getErr();
    String address = api + "/imports/" + run.path("id").asText();
    if (!run.path("state").asText().equals("DONE")) {
      boolean nothing = run.path("rowsDone").asLong() == 0;
      boolean refusedAll = run.path("refused").asInt() > 0 && run.path("added").asInt() == 0;
      err.println(
          run.path("message").asText("The import was cancelled.")
              + (nothing || refusedAll ? "" : " Run the same command again to go on."));
      if (refusedAll) {
        client.download(address + "/refused.csv", csv -> first(csv, err));
      }
      if (nothing || refusedAll) {
        client.post(address + "/cancel", Map.of());
      }
      return UNREADABLE;
    }
    write(run);
    leftOut(run).ifPresent(err::println);
    int refused = run.path("refused").asInt();
    if (refused == 0) {
      return DONE;
    }
    err.printf(
        Locale.ROOT, refused == 1 ? "1 row was refused:%n" : "%,d rows were refused:%n", refused);
    client.download(address + "/refused.csv", csv -> first(csv, err));
    return SOME_REFUSED;
  }

  /** What the server left out, and which file could have been meant as labels.csv. */
  private static Optional<String> leftOut(JsonNode run) {
    StringBuilder told = new StringBuilder();
    int count = run.path("leftOut").asInt();
    if (count > 0) {
      told.append(
          ImportFiles.words(
              count, "no picture or hidden", "no pictures or hidden", names(run, "leftOutNames")));
    }
    List<String> candidates = names(run, "labelsFileCandidates");
    if (!candidates.isEmpty()) {
      told.append(System.lineSeparator())
          .append("No labels file was read. If one of these was meant, name it with --labels-file")
          .append(" for a new dataset: ")
          .append(String.join(", ", candidates));
    }
    return told.isEmpty() ? Optional.empty() : Optional.of(told.toString());
  }

  private static List<String> names(JsonNode run, String field) {
    List<String> names = new ArrayList<>();
    run.path(field).forEach(name -> names.add(name.asText()));
    return names;
  }

  private static void first(InputStream report, PrintWriter err) throws IOException {
    try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(report)) {
      int told = 0;
      for (NamedCsvRecord row : rows) {
        if (told++ == REFUSALS_TOLD) {
          err.println("and more: the page of the import has them all.");
          break;
        }
        String id = row.getField("external_id");
        err.printf(
            "row %s%s: %s%n",
            row.getField("row"), id.isEmpty() ? "" : " (" + id + ")", row.getField("reason"));
      }
    }
  }

  private void write(JsonNode run) throws IOException {
    if (out.equals("-")) {
      spec.commandLine().getOut().println(run);
      spec.commandLine().getOut().flush();
    } else {
      Files.writeString(Path.of(out), run + "\n");
    }
  }

  private void check() throws ApiClient.RefusedException {
    if ((name == null) == (dataset == null)) {
      throw new ApiClient.RefusedException("Give either --name or --dataset.");
    }
    if (format.isText() && textColumns.isEmpty()) {
      throw new ApiClient.RefusedException("Give --text-columns for this format.");
    }
    for (Path file : files) {
      if (!Files.isReadable(file)) {
        throw new ApiClient.RefusedException(file + ": cannot be read");
      }
      if (Files.isDirectory(file) && format != Format.FOLDER) {
        throw new ApiClient.RefusedException(
            file
                + ": is a folder; --format "
                + format.name().toLowerCase(Locale.ROOT)
                + " takes files");
      }
    }
  }

  private ItemKind kind() {
    if (format == Format.MANIFEST) {
      return kind;
    }
    return format.isText() ? ItemKind.TEXT : ItemKind.IMAGE;
  }

  /** The name of the labels file on the server; an archive is looked into there. */
  private String labels(ImportFiles found) throws ApiClient.RefusedException {
    return format == Format.FOLDER ? found.labelsFile(labelsFile) : labelsFile;
  }

  private Map<String, Object> source(String upload, String labels) {
    Map<String, Object> source = new LinkedHashMap<>();
    source.put("format", format.name());
    source.put("upload", upload);
    source.put("classNames", classNames);
    source.put("allowedLabels", allowedLabels);
    if (format.isText()) {
      Map<String, Object> text = new LinkedHashMap<>();
      text.put("textColumns", new ArrayList<>(textColumns));
      text.put("idColumn", idColumn);
      text.put("labelColumn", labelColumn);
      text.put("labelSeparator", labelSeparator);
      text.put("encoding", encoding);
      source.put("text", text);
    }
    if (format == Format.FOLDER || format == Format.ZIP) {
      Map<String, Object> pictures = new LinkedHashMap<>();
      pictures.put("labelsFile", labels);
      pictures.put("labelSeparator", labelSeparator);
      pictures.put("labelsFromFolders", labelsFromFolders);
      source.put("pictures", pictures);
    }
    if (format == Format.MANIFEST) {
      Map<String, Object> manifest = new LinkedHashMap<>();
      manifest.put("idKey", idKey);
      manifest.put("labelAttribute", labelAttribute);
      source.put("manifest", manifest);
    }
    return source;
  }
}

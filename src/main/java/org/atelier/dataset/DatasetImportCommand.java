package org.atelier.dataset;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
      "Exit code: 0 done, 1 done but rows were refused, 2 wrong usage or unreadable input, 3 error."
    })
public class DatasetImportCommand implements Callable<Integer> {

  private static final int DONE = 0;
  private static final int SOME_REFUSED = 1;
  private static final int UNREADABLE = 2;

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
  private String dataset;

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

  @Option(names = "--class-names", split = ",", description = "IDX: names of labels 0, 1, …")
  private List<String> classNames;

  @Option(names = "--labels-from-folders", description = "The folder of a picture is its label.")
  private boolean labelsFromFolders;

  @Option(names = "--label-attribute", description = "Manifest: attribute of an earlier job.")
  private String labelAttribute;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files, or one folder.")
  private List<Path> files;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    String token = System.getenv("ATELIER_TOKEN");
    try {
      check(token);
      ApiClient client = new ApiClient(url, token);
      String api = "/api/v1/projects/" + client.projectId(project);
      Map<String, Path> named = named();
      String upload = client.upload(api, named, (sent, total) -> progress(err, sent, total));
      var run = client.importFrom(api, dataset, name, kind().name(), source(upload));
      run = client.finished(api, run, rows -> err.printf("\r%,d items imported", rows));
      err.println();
      if (!run.path("state").asText().equals("DONE")) {
        err.println(run.path("message").asText("The import was cancelled."));
        return UNREADABLE;
      }
      spec.commandLine().getOut().println(run);
      spec.commandLine().getOut().flush();
      return run.path("refused").asInt() == 0 ? DONE : SOME_REFUSED;
    } catch (ApiClient.RefusedException e) {
      err.println(e.getMessage());
      return UNREADABLE;
    }
  }

  private void check(String token) throws ApiClient.RefusedException {
    if (token == null || token.isBlank()) {
      throw new ApiClient.RefusedException("Set ATELIER_TOKEN to a personal access token.");
    }
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
    }
  }

  private ItemKind kind() {
    if (format == Format.MANIFEST) {
      return kind;
    }
    return format.isText() ? ItemKind.TEXT : ItemKind.IMAGE;
  }

  private Map<String, Path> named() throws IOException {
    Map<String, Path> named = new LinkedHashMap<>();
    for (Path file : files) {
      if (!Files.isDirectory(file)) {
        named.put(file.getFileName().toString(), file);
        continue;
      }
      try (var below = Files.walk(file)) {
        for (Path one : below.filter(Files::isRegularFile).sorted().toList()) {
          named.put(file.relativize(one).toString().replace('\\', '/'), one);
        }
      }
    }
    return named;
  }

  private Map<String, Object> source(String upload) {
    Map<String, Object> source = new LinkedHashMap<>();
    source.put("format", format.name());
    source.put("upload", upload);
    source.put("classNames", classNames);
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
      pictures.put("labelSeparator", labelSeparator);
      pictures.put("labelsFromFolders", labelsFromFolders);
      source.put("pictures", pictures);
    }
    if (format == Format.MANIFEST && labelAttribute != null) {
      source.put("manifest", Map.of("labelAttribute", labelAttribute));
    }
    return source;
  }

  private static void progress(PrintWriter err, long sent, long total) {
    err.printf(Locale.ROOT, "\r%,d of %,d bytes sent", sent, total);
    err.flush();
  }
}

package org.atelier.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes a dataset of a running Atelier into a file. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = "Export a dataset version with the labels of a job, through the API.",
    footer = {
      "",
      "The personal access token is read from the environment variable ATELIER_TOKEN.",
      "",
      "Examples:",
      "  export --project atelier --dataset ID --labels JOB --format manifest --out out.manifest",
      "  export --project atelier --dataset ID --format csv --out items.csv",
      "",
      "Exit code: 0 done, 2 wrong usage or refused, 3 internal error."
    })
public class DatasetExportCommand implements Callable<Integer> {

  private static final int DONE = 0;
  private static final int REFUSED = 2;
  private static final int BROKEN_OFF = 3;

  /** Formats as typed. */
  enum Format {
    MANIFEST,
    CSV,
    JSONL,
    COCO,
    HUGGINGFACE
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

  @Option(names = "--dataset", required = true, description = "Id of the dataset.")
  private UUID dataset;

  @Option(names = "--version-number", description = "Version (the job's, else the newest).")
  private Integer version;

  @Option(names = "--labels", description = "Id of the job whose labels are exported.")
  private UUID labels;

  @Option(names = "--format", required = true, description = "${COMPLETION-CANDIDATES}")
  private Format format;

  @Option(
      names = {"--out", "--report"},
      required = true,
      paramLabel = "FILE",
      description = "File to write; - is standard output.")
  private String out;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    try {
      ApiClient client = new ApiClient(url, System.getenv("ATELIER_TOKEN"));
      String address =
          client.project(project)
              + "/datasets/"
              + dataset
              + "/export?format="
              + format.name().toLowerCase(Locale.ROOT)
              + (version == null ? "" : "&version=" + version)
              + (labels == null ? "" : "&labels=" + labels);
      if (out.equals("-")) {
        client.download(address, answer -> answer.transferTo(System.out));
        System.out.flush();
      } else {
        client.download(address, answer -> keep(answer, Path.of(out).toAbsolutePath()));
      }
      return DONE;
    } catch (ApiClient.RefusedException e) {
      err.println(e.getMessage());
      return REFUSED;
    } catch (IOException e) {
      err.println("The export broke off, no file was written: " + e.getMessage());
      return BROKEN_OFF;
    }
  }

  /** A file that is there is whole: it gets its name when everything has come. */
  private static void keep(InputStream answer, Path file) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.copy(answer, part, StandardCopyOption.REPLACE_EXISTING);
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}

package org.atelier.dataset;

import java.io.IOException;
import java.nio.file.Path;
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
  private String dataset;

  @Option(names = "--version-number", description = "Version (the job's, else the newest).")
  private Integer version;

  @Option(names = "--labels", description = "Id of the job whose labels are exported.")
  private String labels;

  @Option(
      names = "--format",
      required = true,
      description = "manifest, csv, jsonl, coco or huggingface.")
  private String format;

  @Option(
      names = {"--out", "--report"},
      required = true,
      paramLabel = "FILE",
      description = "File to write.")
  private Path out;

  @Override
  public Integer call() throws IOException, InterruptedException {
    String token = System.getenv("ATELIER_TOKEN");
    try {
      if (token == null || token.isBlank()) {
        throw new ApiClient.RefusedException("Set ATELIER_TOKEN to a personal access token.");
      }
      ApiClient client = new ApiClient(url, token);
      String address =
          "/api/v1/projects/"
              + client.projectId(project)
              + "/datasets/"
              + dataset
              + "/export?format="
              + format
              + (version == null ? "" : "&version=" + version)
              + (labels == null ? "" : "&labels=" + labels);
      client.download(address, out);
      return DONE;
    } catch (ApiClient.RefusedException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return REFUSED;
    }
  }
}

package org.atelier.learning;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.atelier.learning.campaign.CampaignSettings;
import org.atelier.learning.campaign.WholeDataset;
import org.atelier.learning.model.Learner;
import org.atelier.learning.numeric.Processor;
import org.atelier.learning.sampling.SamplingStrategy;
import org.atelier.learning.sampling.Strategies;
import org.atelier.learning.simulate.ConfusionFile;
import org.atelier.learning.simulate.LabeledData;
import org.atelier.learning.simulate.LabeledDataReader;
import org.atelier.learning.simulate.Learners;
import org.atelier.learning.simulate.SimulatedPeople;
import org.atelier.learning.simulate.Simulation;
import org.atelier.learning.simulate.SimulationReport;
import org.atelier.learning.simulate.UnreadableDataException;
import org.atelier.platform.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a whole labeling campaign on data with known labels; needs neither server nor database. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description = "Run a labeling campaign with simulated people on data whose labels are known.",
    footer = {
      "",
      "Examples:",
      "  simulate --images train-images-idx3-ubyte.gz --labels train-labels-idx1-ubyte.gz"
          + " --budget 12000 --out report.json",
      "  simulate --csv reviews.csv --text-column title,review --label-column recommended"
          + " --budget 3000 --labeler-error 0.05 --answers-per-item 3 --out -",
      "",
      "A model needs at least 300 items, and 20 for every label; fewer are refused.",
      "",
      "Memory: give java -Xmx1500m; without it the heap may grow to a quarter of the machine.",
      "",
      "Exit code: 0 done, 2 wrong usage or unreadable input, 3 internal error."
    })
public class SimulateCommand implements Callable<Integer> {

  private static final int DONE = 0;
  private static final int UNREADABLE = 2;
  private static final int BROKEN = 3;

  @Spec private CommandSpec spec;

  @Option(
      names = "--images",
      paramLabel = "FILE|DIR",
      description = "IDX file of images (gz or not), or a folder of pictures.")
  private Path images;

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = "IDX file of labels, or for a folder a CSV with the columns image and label.")
  private Path labels;

  @Option(names = "--csv", paramLabel = "FILE", description = "CSV of texts with labels.")
  private Path csv;

  @Option(
      names = "--text-column",
      split = ",",
      paramLabel = "A,B",
      description = "Columns of the CSV that make up the text.")
  private List<String> textColumns = List.of();

  @Option(names = "--label-column", paramLabel = "C", description = "Column of the label.")
  private String labelColumn;

  @Option(
      names = "--features",
      paramLabel = "FILE",
      description = "Use these embeddings (npy, one row per item) instead of learned features.")
  private Path features;

  @Option(
      names = "--multi-label",
      description = "A label cell holds any number of labels separated by |.")
  private boolean multiLabel;

  @Option(
      names = "--target",
      defaultValue = "0.95",
      description = "Accuracy to certify, between 0 and 1 (default: ${DEFAULT-VALUE}).")
  private double target;

  @Option(
      names = "--risk",
      defaultValue = "0.05",
      description = "Probability that the certificate is wrong (default: ${DEFAULT-VALUE}).")
  private double risk;

  @Option(
      names = "--scope",
      defaultValue = "machine",
      description =
          "machine: the machine labels; dataset: all labels, with a second answer to a fifth of the"
              + " items that get one (default: machine).")
  private String scope;

  @Option(
      names = "--budget",
      paramLabel = "N",
      description =
          "Most single answers, audit included (default: those of a fifth of the items, but of 600"
              + " items at least).")
  private Integer budget;

  @Option(names = "--batch", paramLabel = "N", description = "Items asked per round.")
  private Integer batch;

  @Option(names = "--answers-per-item", defaultValue = "1", paramLabel = "N")
  private int answersPerItem;

  @Option(
      names = "--answers-at-most",
      paramLabel = "N",
      description =
          "Answers to an item on which people disagree (default: 3, or as many as every item gets"
              + " when those are more).")
  private Integer answersAtMost;

  @Option(
      names = "--labeler-error",
      defaultValue = "0",
      description = "Share of wrong answers of a simulated person (default: ${DEFAULT-VALUE}).")
  private double labelerError;

  @Option(
      names = "--confusion",
      paramLabel = "FILE",
      description =
          "CSV with the columns true, answered and probability instead of --labeler-error.")
  private Path confusion;

  @Option(
      names = "--strategy",
      paramLabel = "NAME",
      description = "margin (default), clustered-margin, least-confidence, entropy or random.")
  private String strategy;

  @Option(names = "--seed", defaultValue = "1", paramLabel = "N")
  private long seed;

  @Option(
      names = {"--out", "--report"},
      required = true,
      paramLabel = "FILE",
      description = "Report as JSON; - is standard output.")
  private String out;

  @Override
  public Integer call() {
    try {
      String wrong = wrongUsage();
      if (wrong != null) {
        return refuse(wrong);
      }
      LabeledData data =
          csv != null
              ? LabeledDataReader.texts(csv, textColumns, labelColumn, multiLabel)
              : LabeledDataReader.images(images, labels, multiLabel);
      Optional<String> tooFew = CampaignSettings.tooFew(data.size(), data.classes().size());
      if (tooFew.isPresent()) {
        return refuse(tooFew.get());
      }
      write(simulate(data));
      return DONE;
    } catch (UnreadableDataException e) {
      return refuse(e.getMessage());
    } catch (IOException e) {
      progress("simulate: " + e);
      return BROKEN;
    }
  }

  private String wrongUsage() {
    if ((csv == null) == (images == null)) {
      return "give either --images with --labels, or --csv with --text-column and --label-column";
    }
    if (csv == null && labels == null) {
      return "--images needs --labels";
    }
    if (csv != null && (textColumns.isEmpty() || labelColumn == null)) {
      return "--csv needs --text-column and --label-column";
    }
    if (!(target > 0 && target < 1) || !(risk > 0 && risk < 1)) {
      return "--target and --risk must lie between 0 and 1";
    }
    if (!(labelerError >= 0 && labelerError < 1)) {
      return "--labeler-error must lie in 0 to 1";
    }
    if (answersPerItem < 1 || answersPerItem > 9) {
      return "--answers-per-item must be 1 to 9";
    }
    if (answersAtMost != null && (answersAtMost < answersPerItem || answersAtMost > 9)) {
      return "--answers-at-most must be --answers-per-item to 9";
    }
    if (budget != null && budget < 1 || batch != null && batch < 1) {
      return "--budget and --batch must be at least 1";
    }
    if (Processor.lacking().isPresent()) {
      return Processor.lacking().get();
    }
    if (!scope.equals("machine") && !scope.equals("dataset")) {
      return "--scope must be machine or dataset";
    }
    if (strategy != null && Strategies.named(strategy).isEmpty()) {
      return "--strategy " + strategy + " is unknown; there are " + names();
    }
    return null;
  }

  private static List<String> names() {
    return Strategies.all().stream().map(SamplingStrategy::name).toList();
  }

  private SimulationReport simulate(LabeledData data) throws UnreadableDataException, IOException {
    double[][] chances =
        confusion != null
            ? ConfusionFile.read(confusion, data.classes())
            : SimulatedPeople.evenErrors(data.classes().size(), labelerError);
    SimulatedPeople people =
        new SimulatedPeople(
            data.labels(),
            data.classes().size(),
            multiLabel,
            chances,
            answersPerItem,
            answersAtMost != null ? answersAtMost : Math.max(3, answersPerItem),
            seed);
    int most = budget != null ? budget : CampaignSettings.usualBudget(data.size(), answersPerItem);
    CampaignSettings settings = settings(data, most);
    long started = System.nanoTime();
    Learner learner = Learners.of(data, features, this::progress);
    double seconds = (System.nanoTime() - started) / 1e9;
    progress("features of %,d items: %.1f s".formatted(data.size(), seconds));
    Simulation.Outcome outcome =
        new Simulation(settings, learner, data.labels(), people, System::nanoTime, this::progress)
            .run();
    return SimulationReport.of(settings, outcome, seconds, versions(learner));
  }

  private CampaignSettings settings(LabeledData data, int most) {
    boolean whole = scope.equals("dataset");
    CampaignSettings usual =
        CampaignSettings.standard(
            data.size(),
            data.classes().size(),
            multiLabel,
            target,
            risk,
            whole ? WholeDataset.spendable(most, 0, answersPerItem) : most,
            answersPerItem,
            seed);
    CampaignSettings.Builder asked = usual.change();
    if (whole) {
      asked.budget(most).wholeDataset(1);
    }
    if (strategy != null) {
      asked.strategy(strategy);
    }
    if (batch != null) {
      asked.batch(batch);
    }
    return asked.done();
  }

  private static Map<String, String> versions(Learner learner) {
    Map<String, String> versions = new TreeMap<>();
    versions.put("java", Runtime.version().toString());
    versions.put("learner", learner.description());
    versions.put("atelier", Version.NUMBER);
    return versions;
  }

  private void write(SimulationReport report) throws IOException {
    String json =
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(report);
    if (out.equals("-")) {
      spec.commandLine().getOut().println(json);
      spec.commandLine().getOut().flush();
    } else {
      Files.writeString(Path.of(out), json + "\n", StandardCharsets.UTF_8);
    }
  }

  private int refuse(String message) {
    progress("simulate: " + message);
    return UNREADABLE;
  }

  private void progress(String line) {
    spec.commandLine().getErr().println(line);
    spec.commandLine().getErr().flush();
  }
}

package org.atelier.labeling;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.atelier.labeling.consolidation.AnswerSet;
import org.atelier.labeling.consolidation.Consolidation;
import org.atelier.labeling.consolidation.ConsolidationMethod;
import org.atelier.labeling.consolidation.ConsolidationMethods;
import org.atelier.labeling.consolidation.LabelSets;
import org.atelier.labeling.consolidation.TooManyNumbersException;
import org.atelier.labeling.consolidation.WorkerSkill;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Consolidates answers in a file; needs neither server nor database. */
@Command(
    name = "consolidate",
    mixinStandardHelpOptions = true,
    description = "Turn several people's answers per item into one label with a confidence.",
    footer = {
      "",
      "Examples:",
      "  consolidate --answers answers.csv --method majority --out labels.csv",
      "  consolidate --answers answers.csv --method dawid-skene --out - --workers workers.csv",
      "",
      "Exit code: 0 done, 2 wrong usage, unreadable input or more people and labels than the method can do with, 3 internal error."
    })
public class ConsolidateCommand implements Callable<Integer> {

  private static final int DONE = 0;
  private static final int UNREADABLE = 2;
  private static final int BROKEN = 3;

  @Spec private CommandSpec spec;

  @Option(
      names = "--answers",
      required = true,
      paramLabel = "FILE",
      description = "CSV with the columns item, worker and label.")
  private Path answersFile;

  @Option(
      names = "--method",
      defaultValue = "majority",
      paramLabel = "NAME",
      description =
          "majority or dawid-skene. A tie goes to the label that stands first in the label set:"
              + " in a file of answers, the one that appears first.")
  private String methodName;

  @Option(
      names = {"--out", "--report"},
      required = true,
      paramLabel = "FILE",
      description = "CSV item,label,confidence,answers; - is standard output.")
  private String out;

  @Option(
      names = "--workers",
      paramLabel = "FILE",
      description = "CSV worker,answers,accuracy,lower,upper (95 %% interval).")
  private String workersOut;

  @Option(
      names = "--fair",
      paramLabel = "FILE",
      description =
          "CSV with the column item: items chosen at random. Class shares and worker skills are"
              + " learned from these only. Default: all.")
  private Path fairFile;

  @Option(
      names = "--multi-label",
      description = "A label cell holds any number of labels separated by |, decided one by one.")
  private boolean multiLabel;

  @Override
  public Integer call() {
    ConsolidationMethod method = ConsolidationMethods.named(methodName).orElse(null);
    if (method == null) {
      return refuse("--method " + methodName + " is unknown; there are " + names());
    }
    try {
      AnswersCsv answers = AnswersCsv.read(answersFile, multiLabel);
      BitSet fair = fairFile == null ? null : AnswersCsv.fairItems(fairFile, answers);
      if (fair != null && fair.isEmpty()) {
        return refuse(fairFile + ": names no item that has answers");
      }
      List<WorkerSkill> skills =
          multiLabel ? writeSets(method, answers, fair) : writeLabels(method, answers, fair);
      if (workersOut != null) {
        writeWorkers(answers, skills);
      }
      progress(
          "%,d answers of %,d workers to %,d items consolidated"
              .formatted(answers.size(), answers.workers(), answers.items()));
      return DONE;
    } catch (UnreadableInputException | TooManyNumbersException e) {
      return refuse(e.getMessage());
    } catch (IOException e) {
      progress("consolidate: " + e);
      return BROKEN;
    }
  }

  private List<WorkerSkill> writeLabels(ConsolidationMethod method, AnswersCsv csv, BitSet fair)
      throws IOException {
    int[] label = Arrays.stream(csv.labelsOfAnswers()).mapToInt(set -> set[0]).toArray();
    AnswerSet answers =
        AnswerSet.of(
            csv.items(),
            csv.workers(),
            csv.labels(),
            csv.itemOfAnswers(),
            csv.workerOfAnswers(),
            label);
    Consolidation outcome = method.consolidate(answers, fair);
    try (CsvWriter rows = open(out)) {
      rows.writeRecord("item", "label", "confidence", "answers");
      for (int i = 0; i < csv.items(); i++) {
        rows.writeRecord(
            csv.item(i),
            csv.label(outcome.labels()[i]),
            hundredths(outcome.confidences()[i]),
            Integer.toString(answers.answersOf(i)));
      }
    }
    return outcome.workers();
  }

  private List<WorkerSkill> writeSets(ConsolidationMethod method, AnswersCsv csv, BitSet fair)
      throws IOException {
    int[] counts = new int[csv.items()];
    for (int item : csv.itemOfAnswers()) {
      counts[item]++;
    }
    LabelSets outcome =
        LabelSets.consolidate(
            method,
            csv.items(),
            csv.workers(),
            csv.labels(),
            csv.itemOfAnswers(),
            csv.workerOfAnswers(),
            csv.labelsOfAnswers(),
            fair);
    try (CsvWriter rows = open(out)) {
      rows.writeRecord("item", "label", "confidence", "answers");
      for (int i = 0; i < csv.items(); i++) {
        String chosen =
            Arrays.stream(outcome.chosen()[i])
                .mapToObj(csv::label)
                .collect(Collectors.joining(String.valueOf(AnswersCsv.LABEL_SEPARATOR)));
        rows.writeRecord(
            csv.item(i), chosen, hundredths(outcome.decisions()[i]), Integer.toString(counts[i]));
      }
    }
    return outcome.workers();
  }

  private void writeWorkers(AnswersCsv csv, List<WorkerSkill> skills) throws IOException {
    try (CsvWriter rows = open(workersOut)) {
      rows.writeRecord("worker", "answers", "accuracy", "lower", "upper");
      for (int w = 0; w < skills.size(); w++) {
        WorkerSkill skill = skills.get(w);
        rows.writeRecord(
            csv.worker(w),
            Integer.toString(skill.answers()),
            skill.accuracy().isPresent() ? decimals(skill.accuracy().getAsDouble()) : "",
            decimals(skill.lower()),
            decimals(skill.upper()));
      }
    }
  }

  private CsvWriter open(String target) throws IOException {
    Writer writer =
        target.equals("-")
            ? spec.commandLine().getOut()
            : new BufferedWriter(
                new OutputStreamWriter(
                    Files.newOutputStream(Path.of(target)), StandardCharsets.UTF_8));
    return CsvWriter.builder()
        .lineDelimiter(de.siegmar.fastcsv.writer.LineDelimiter.LF)
        .build(target.equals("-") ? new UnclosedWriter(writer) : writer);
  }

  private static String hundredths(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private static String decimals(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private static String names() {
    return ConsolidationMethods.all().stream()
        .map(ConsolidationMethod::name)
        .collect(Collectors.joining(", "));
  }

  private int refuse(String message) {
    progress("consolidate: " + message);
    return UNREADABLE;
  }

  private void progress(String line) {
    spec.commandLine().getErr().println(line);
    spec.commandLine().getErr().flush();
  }
}

package org.atelier.home;

import java.util.concurrent.Callable;
import org.atelier.dataset.DatasetExportCommand;
import org.atelier.dataset.DatasetImportCommand;
import org.atelier.labeling.ConsolidateCommand;
import org.atelier.learning.SimulateCommand;
import org.atelier.platform.Version;
import org.atelier.platform.backup.BackupCommand;
import org.atelier.platform.backup.RestoreCommand;
import org.atelier.platform.evidence.EvidenceCommand;
import org.atelier.platform.keys.KeysCommand;
import org.atelier.workforce.ResetPasswordCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** All commands that run without the server. */
@Command(
    name = "atelier",
    mixinStandardHelpOptions = true,
    version = "Atelier " + Version.NUMBER,
    description = "People in the loop of a model's life.",
    synopsisSubcommandLabel = "[COMMAND]",
    subcommands = {
      DatasetImportCommand.class,
      DatasetExportCommand.class,
      ConsolidateCommand.class,
      SimulateCommand.class,
      KeysCommand.class,
      EvidenceCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      ResetPasswordCommand.class
    },
    footer = {"", "Without a command, or with `serve`, the server starts."})
public final class CommandLineInterface implements Callable<Integer> {

  private static final int WRONG_USAGE = 2;
  private static final int INTERNAL_ERROR = 3;

  @Spec private CommandSpec spec;

  /**
   * Runs a command.
   *
   * @return 0 done; 1 what was checked does not hold; 2 wrong usage or unreadable input; 3 internal
   *     error
   */
  public static int run(String... args) {
    return new CommandLine(new CommandLineInterface())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(CommandLineInterface::misused)
        .setExecutionExceptionHandler(
            (failure, line, result) -> {
              line.getErr().println("Internal error: " + failure);
              failure.printStackTrace(line.getErr());
              return INTERNAL_ERROR;
            })
        .execute(args);
  }

  private static int misused(CommandLine.ParameterException wrong, String... args) {
    CommandLine line = wrong.getCommandLine();
    line.getErr()
        .println(
            wrong.getMessage().replaceAll("\\s*\\R\\s*", " ")
                + " (see: "
                + line.getCommandSpec().qualifiedName()
                + " --help)");
    return WRONG_USAGE;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return WRONG_USAGE;
  }
}

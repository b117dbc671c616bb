package org.atelier.platform.keys;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes keys for installations with a database of their own. */
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    description = "Print new secret keys as environment variables.",
    footer = {
      "",
      "Examples:",
      "  keys > atelier.env",
      "  keys --id 2027-spring",
      "",
      "To change a key, put the new one in front of the old one, separated by a comma."
    })
public final class KeysCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--id",
      defaultValue = "k1",
      paramLabel = "ID",
      description = "Name of the keys: a-z, 0-9 and -, up to 32 characters.")
  private String id;

  @Override
  public Integer call() {
    for (KeyPurpose purpose : KeyPurpose.values()) {
      String key = Keys.generate(id);
      KeyRing.parse(purpose, key);
      spec.commandLine()
          .getOut()
          .println("ATELIER_KEYS_" + purpose.key().toUpperCase(Locale.ROOT) + "=" + key);
    }
    return 0;
  }
}

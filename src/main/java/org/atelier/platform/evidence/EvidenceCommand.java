package org.atelier.platform.evidence;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.atelier.platform.installation.Settings;
import org.atelier.platform.keys.KeyPurpose;
import org.atelier.platform.keys.KeyRing;
import org.atelier.platform.keys.Keys;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks signed evidence; needs the installation's evidence key, neither server nor database. */
@Command(
    name = "evidence",
    mixinStandardHelpOptions = true,
    description = "Check evidence that this installation signed.",
    subcommands = EvidenceCommand.Verify.class)
public final class EvidenceCommand implements Callable<Integer> {

  private static final int DONE = 0;
  private static final int DOES_NOT_HOLD = 1;
  private static final int UNREADABLE = 2;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return UNREADABLE;
  }

  /** Checks one file. */
  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = "Check the signature of a certificate or other signed JSON.",
      footer = {
        "",
        "Examples:",
        "  evidence verify certificate.json",
        "  ATELIER_DATA_DIR=/srv/atelier evidence verify certificate.json",
        "",
        "The key is taken from ATELIER_KEYS_EVIDENCE, else from the data directory.",
        "Exit code: 0 signed and unchanged; 1 changed, signed elsewhere or not signed;",
        "2 the file or the key cannot be read; 3 internal error."
      })
  static final class Verify implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "Signed JSON file.")
    private Path file;

    @Override
    public Integer call() {
      try {
        String document = Files.readString(file);
        Settings settings = Settings.read();
        Optional<KeyRing> keys =
            Keys.existing(
                KeyPurpose.EVIDENCE, settings::get, settings.dataDirectory().resolve("keys"));
        if (keys.isEmpty()) {
          return unreadable(
              "There is no evidence key: give ATELIER_KEYS_EVIDENCE, or the data directory as"
                  + " ATELIER_DATA_DIR.");
        }
        return say(SignedJson.check(document, keys.get()));
      } catch (JsonProcessingException e) {
        JsonLocation at = e.getLocation();
        String where =
            at == null ? "" : ", line " + at.getLineNr() + ", column " + at.getColumnNr();
        return unreadable(file + where + ": " + e.getOriginalMessage());
      } catch (IOException e) {
        return unreadable(file + " cannot be read: " + e.getMessage());
      } catch (IllegalArgumentException e) {
        return unreadable(e.getMessage());
      }
    }

    private int say(SignedJson.Check check) {
      String words =
          switch (check.verdict()) {
            case VALID -> "Valid: signed with the evidence key " + check.keyId() + ", unchanged.";
            case CHANGED ->
                "Not valid: it was changed after it was signed with " + check.keyId() + ".";
            case UNKNOWN_KEY ->
                "Not valid here: the evidence key " + check.keyId() + " is not one of ours.";
            case UNSIGNED -> "Not signed.";
          };
      spec.commandLine().getOut().println(words);
      return check.verdict() == SignedJson.Verdict.VALID ? DONE : DOES_NOT_HOLD;
    }

    private int unreadable(String line) {
      spec.commandLine().getErr().println(line);
      return UNREADABLE;
    }
  }
}

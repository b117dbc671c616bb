package org.atelier.workforce;

import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.atelier.platform.database.DatabaseStartException;
import org.atelier.platform.installation.Installation;
import org.atelier.platform.installation.Settings;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The way in for whoever holds the machine, when no administrator can sign in any more. */
@Command(
    name = "reset-password",
    mixinStandardHelpOptions = true,
    description = "Give somebody a new one-time password, for when no administrator can sign in.",
    footer = {
      "",
      "Examples:",
      "  reset-password admin@atelier.local",
      "",
      "Every session and access token of the person ends; a lock after wrong passwords goes. May",
      "run beside the server. Exit code: 0 done, 2 wrong usage or nobody has the address, 3"
          + " internal error."
    })
public final class ResetPasswordCommand implements Callable<Integer> {

  private static final int DONE = 0;
  private static final int REFUSED = 2;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "EMAIL", description = "Address the person signs in with.")
  private String email;

  @Override
  public Integer call() throws IOException {
    Settings settings = Settings.read();
    try (Installation installation = Installation.openBeside(settings)) {
      Jdbi jdbi =
          Jdbi.create(installation.dataSource(settings)).installPlugin(new PostgresPlugin());
      String password = OneTimePasswords.next();
      if (!jdbi.inTransaction(handle -> reset(handle, email.strip(), Passwords.hash(password)))) {
        spec.commandLine().getErr().println("Nobody who signs in has the address " + email + ".");
        return REFUSED;
      }
      spec.commandLine().getOut().println("One-time password  " + password);
      return DONE;
    } catch (DatabaseStartException | IllegalArgumentException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return REFUSED;
    }
  }

  /** Whether somebody who signs in has the address. */
  static boolean reset(Handle handle, String email, String hash) {
    Optional<UUID> person =
        handle
            .createQuery(
                """
                update workforce.person set password_hash = :hash, must_change_password = true,
                  failed_sign_ins = 0, locked_until = null, version = version + 1
                where lower(email) = lower(:email) and not simulated returning id
                """)
            .bind("hash", hash)
            .bind("email", email)
            .mapTo(UUID.class)
            .findOne();
    if (person.isEmpty()) {
      return false;
    }
    handle.execute("delete from workforce.session where person_id = ?", person.get());
    handle.execute(
        "update workforce.access_token set revoked_at = now()"
            + " where person_id = ? and revoked_at is null",
        person.get());
    handle.execute(
        """
        insert into platform.audit_entry
          (at, person_name, action, subject_type, subject_id, details)
        values (now(), 'Whoever holds the server', 'password-reset', 'person', ?, '{}')
        """,
        person.get());
    return true;
  }
}

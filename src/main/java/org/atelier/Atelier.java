package org.atelier;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.atelier.home.CommandLineInterface;
import org.atelier.platform.database.DatabaseStartException;
import org.atelier.platform.installation.FileNames;
import org.atelier.platform.installation.Installation;
import org.atelier.platform.installation.Settings;
import org.atelier.platform.installation.StartFailure;
import org.atelier.platform.installation.StartProgress;

/**
 * Decides what runs: {@code serve}, the default, brings up the database and the server; every other
 * command is done without a server.
 */
@QuarkusMain
public final class Atelier {

  private static final String SERVE = "serve";
  private static final int REFUSED = 2;
  private static final int BROKEN = 3;
  private static final long STOP_SECONDS = 60;

  private Atelier() {}

  /**
   * Atelier speaks English to everybody, whatever language its server is set to. This is said once,
   * for the whole process: else every sentence with a number in it (in pages, commands and signed
   * certificates) would have to remember it, and the next one would not.
   */
  public static void main(String... args) {
    Locale.setDefault(Locale.ENGLISH);
    if (args.length > 0 && !args[0].equals(SERVE)) {
      System.exit(CommandLineInterface.run(args));
    }
    serve(args.length == 0 ? args : Arrays.copyOfRange(args, 1, args.length));
  }

  private static void serve(String... args) {
    Installation installation = null;
    StartProgress progress = new StartProgress(System.out);
    try {
      FileNames.warning().ifPresent(System.err::println);
      Settings settings = Settings.read();
      installation = Installation.open(settings, progress::step);
      installation.secureKeys(settings).ifPresent(System.err::println);
    } catch (DatabaseStartException | IllegalArgumentException e) {
      refuse(REFUSED, e.getMessage(), installation, progress);
      return;
    } catch (IOException | RuntimeException | Error e) {
      // Left to itself the process would stay, because the database's threads do.
      refuse(BROKEN, StartFailure.words(e), installation, progress);
      return;
    }
    progress.step("Server: preparing tables and pages");
    AtelierServer.onReady(progress::close);
    run(installation, args);
  }

  private static void refuse(
      int code, String words, Installation installation, StartProgress progress) {
    progress.close();
    System.err.println(words);
    if (installation != null) {
      installation.close();
    }
    System.exit(code);
  }

  private static void run(Installation installation, String... args) {
    installation.properties().forEach(System::setProperty);
    CountDownLatch serverStopped = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(installation, serverStopped)));
    try {
      Quarkus.run(
          AtelierServer.class,
          (code, failure) -> {
            AtelierServer.ready();
            if (failure != null) {
              System.err.println(StartFailure.words(failure));
            }
            serverStopped.countDown();
            System.exit(code);
          },
          args);
    } finally {
      serverStopped.countDown();
    }
  }

  /** The database outlives the server, which still writes while it stops. */
  private static void close(Installation installation, CountDownLatch serverStopped) {
    try {
      serverStopped.await(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    installation.close();
  }
}

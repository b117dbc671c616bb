package org.atelier.home;

import jakarta.inject.Singleton;
import java.io.PrintStream;
import org.atelier.workforce.FirstStart;
import org.atelier.workforce.People;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What the terminal says when the server is up: where it is, and how to get in the first time. */
@Singleton
public class Welcome {

  private final FirstStart firstStart;
  private final String host;
  private final int port;

  Welcome(
      FirstStart firstStart,
      @ConfigProperty(name = "quarkus.http.host") String host,
      @ConfigProperty(name = "quarkus.http.port") int port) {
    this.firstStart = firstStart;
    this.host = host;
    this.port = port;
  }

  /** Prints the address and, until somebody administers it, a one-time password. */
  public void print(PrintStream out) {
    String name = host.equals("0.0.0.0") || host.equals("127.0.0.1") ? "localhost" : host;
    out.println();
    out.println("  Atelier is ready:  http://" + name + ":" + port + "/");
    firstStart.administrator().ifPresent(account -> print(out, account));
    out.println();
    out.flush();
  }

  private static void print(PrintStream out, People.NewAccount account) {
    out.println("  Sign in as         " + account.email());
    out.println("  One-time password  " + account.oneTimePassword());
    out.println("  It is shown this once and has to be changed when you sign in;");
    out.println("  until that is done every start makes a new one.");
  }
}

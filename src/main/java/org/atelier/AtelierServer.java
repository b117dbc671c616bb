package org.atelier;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import org.atelier.home.Welcome;

/** The server, from its start to its end. */
public class AtelierServer implements QuarkusApplication {

  /** The container makes the server, so what its start is told of cannot be handed over. */
  private static volatile Runnable whenReady = () -> {};

  private final Welcome welcome;

  AtelierServer(Welcome welcome) {
    this.welcome = welcome;
  }

  /** What is to be done when the server is up, or will never be. */
  static void onReady(Runnable action) {
    whenReady = action;
  }

  static void ready() {
    whenReady.run();
  }

  @Override
  public int run(String... args) {
    ready();
    welcome.print(System.out);
    Quarkus.waitForExit();
    return 0;
  }
}

package org.atelier;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import org.atelier.home.Welcome;

/** The server, from its start to its end. */
public class AtelierServer implements QuarkusApplication {

  private final Welcome welcome;

  AtelierServer(Welcome welcome) {
    this.welcome = welcome;
  }

  @Override
  public int run(String... args) {
    welcome.print(System.out);
    Quarkus.waitForExit();
    return 0;
  }
}

package org.atelier.platform;

import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Where people reach this installation, for links that leave it: {@code atelier.url}, else the host
 * and port it listens on.
 */
@Singleton
public class BaseAddress {

  private final String url;

  BaseAddress(
      @ConfigProperty(name = "atelier.url") Optional<String> url,
      @ConfigProperty(name = "quarkus.http.host") String host,
      @ConfigProperty(name = "quarkus.http.port") int port) {
    this.url = of(url.orElse(null), host, port);
  }

  /** An address that is known. */
  public static BaseAddress at(String url) {
    return new BaseAddress(Optional.of(url), "localhost", 0);
  }

  /** The address without a slash at its end: {@code https://label.example.com}. */
  public String url() {
    return url;
  }

  static String of(String configured, String host, int port) {
    if (configured != null && !configured.isBlank()) {
      return configured.strip().replaceAll("/+$", "");
    }
    boolean everywhere = host.equals("0.0.0.0") || host.equals("127.0.0.1") || host.equals("::");
    String name = everywhere ? "localhost" : host.contains(":") ? "[" + host + "]" : host;
    return "http://" + name + ":" + port;
  }
}

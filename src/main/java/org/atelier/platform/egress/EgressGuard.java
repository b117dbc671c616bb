package org.atelier.platform.egress;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.util.Timeout;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Fetches addresses that people typed. The check is made on the network address that is then
 * connected to, so a name that changes its mind between check and use gains nothing. Thread-safe.
 */
@Singleton
public class EgressGuard {

  private static final Timeout CONNECT = Timeout.ofSeconds(5);
  private static final Timeout ANSWER = Timeout.ofSeconds(15);
  private static final Duration WHOLE = Duration.ofSeconds(30);
  private static final int BUFFER = 16_384;
  private static final Set<String> SCHEMES = Set.of("http", "https");

  private final Set<String> allowedHosts;
  private final CloseableHttpClient client;

  /**
   * @param allowedHosts host names that may also lead into the own network, such as a picture
   *     server of the house; key {@code atelier.egress.allowed-hosts}
   */
  EgressGuard(
      @ConfigProperty(name = "atelier.egress.allowed-hosts") Optional<List<String>> allowedHosts) {
    this.allowedHosts = Set.copyOf(allowedHosts.orElse(List.of()));
    this.client =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setDnsResolver(new CheckedNames())
                    .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                            .setConnectTimeout(CONNECT)
                            .setSocketTimeout(ANSWER)
                            .build())
                    .build())
            .setDefaultRequestConfig(RequestConfig.custom().setResponseTimeout(ANSWER).build())
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableAuthCaching()
            .setUserAgent("Atelier")
            .build();
  }

  /** Bytes of an address and the type its server claims, null when it claims none. */
  public record Fetched(byte[] content, String claimedType) {}

  /**
   * Reads a whole address into memory. Redirections are not followed.
   *
   * @param most bytes accepted
   * @throws EgressRefusedException when the scheme is not http or https, the host is in no public
   *     network, the answer is not 200 or it is larger than {@code most}
   * @throws IOException when the host does not answer
   */
  public Fetched fetch(URI address, int most) throws IOException {
    String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    if (!SCHEMES.contains(scheme) || address.getHost() == null || address.getUserInfo() != null) {
      throw new EgressRefusedException("Only plain http and https addresses are fetched.");
    }
    return client.execute(new HttpGet(address), response -> read(response, most));
  }

  private static Fetched read(ClassicHttpResponse response, int most) throws IOException {
    if (response.getCode() != 200) {
      throw new EgressRefusedException("The address answered with status " + response.getCode());
    }
    if (response.getEntity() == null) {
      return new Fetched(new byte[0], null);
    }
    try (InputStream in = response.getEntity().getContent()) {
      return new Fetched(content(in, most), response.getEntity().getContentType());
    }
  }

  /** A server that sends a byte now and then would hold a thread for days. */
  private static byte[] content(InputStream in, int most) throws IOException {
    long end = System.nanoTime() + WHOLE.toNanos();
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    byte[] buffer = new byte[BUFFER];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      content.write(buffer, 0, read);
      if (content.size() > most) {
        throw new EgressRefusedException("The address answers more than " + most + " bytes.");
      }
      if (System.nanoTime() > end) {
        throw new EgressRefusedException(
            "The address takes more than " + WHOLE.toSeconds() + " seconds to answer.");
      }
    }
    return content.toByteArray();
  }

  private final class CheckedNames extends SystemDefaultDnsResolver {

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      InetAddress[] addresses = super.resolve(host);
      if (allowedHosts.contains(host.toLowerCase(Locale.ROOT))) {
        return addresses;
      }
      if (addresses.length == 0 || !Arrays.stream(addresses).allMatch(AddressRules::isPublic)) {
        throw new UnknownHostException(
            host + " is not in a public network; an administrator can allow it by name.");
      }
      return addresses;
    }
  }

  @PreDestroy
  void close() throws IOException {
    client.close();
  }
}

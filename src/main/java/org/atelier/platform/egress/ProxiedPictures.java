package org.atelier.platform.egress;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.atelier.platform.CommonProblem;
import org.atelier.platform.ProblemException;
import org.atelier.platform.keys.Key;
import org.atelier.platform.keys.KeyPurpose;
import org.atelier.platform.keys.Keys;

/**
 * Pictures of other servers inside texts that people wrote, fetched by the installation so that the
 * reader's browser talks to nobody else. Only addresses that the installation itself signed are
 * fetched.
 */
@Singleton
public class ProxiedPictures {

  static final String PATH = "/pictures/proxied";
  private static final int MOST_BYTES = 5 << 20;
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Map<String, String> SIGNATURES =
      Map.of(
          "89504e470d0a1a0a", "image/png",
          "ffd8ff", "image/jpeg",
          "474946383761", "image/gif",
          "474946383961", "image/gif");

  private final EgressGuard guard;
  private final Keys keys;

  ProxiedPictures(EgressGuard guard, Keys keys) {
    this.guard = guard;
    this.keys = keys;
  }

  /** A picture with the type read from its first bytes, never the one its server claims. */
  record Picture(byte[] content, String type) {}

  /**
   * The address of this installation under which a picture of another server is shown.
   *
   * @param url absolute http or https address
   * @return empty when it is anything else
   */
  public Optional<String> address(String url) {
    if (url == null || !url.matches("(?i)https?://[^\\s]{1,2000}")) {
      return Optional.empty();
    }
    Key key = keys.ring(KeyPurpose.LINK).current();
    String encoded = ENCODER.encodeToString(url.getBytes(StandardCharsets.UTF_8));
    return Optional.of(
        PATH + "?u=" + encoded + "&k=" + key.id() + "&s=" + ENCODER.encodeToString(mac(key, url)));
  }

  /**
   * Fetches what {@link #address} pointed to.
   *
   * @throws ProblemException when the signature is not ours, or there is no picture to be had
   */
  Picture fetch(String encoded, String keyId, String signature) {
    String url;
    boolean ours;
    try {
      url = new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
      byte[] given = Base64.getUrlDecoder().decode(signature);
      ours =
          keys.ring(KeyPurpose.LINK)
              .find(keyId)
              .map(key -> MessageDigest.isEqual(mac(key, url), given))
              .orElse(false);
    } catch (IllegalArgumentException e) {
      throw ProblemException.notFound("This picture address is not complete.");
    }
    if (!ours) {
      throw ProblemException.notFound("This picture address was not made here.");
    }
    try {
      byte[] content = guard.fetch(URI.create(url), MOST_BYTES).content();
      return new Picture(content, type(content));
    } catch (IOException | IllegalArgumentException e) {
      throw new ProblemException(
          CommonProblem.NOT_FOUND, "The picture cannot be fetched: " + e.getMessage());
    }
  }

  private static byte[] mac(Key key, String url) {
    return key.mac("proxied-picture\n" + url);
  }

  static String type(byte[] content) {
    String start = HexFormat.of().formatHex(content, 0, Math.min(16, content.length));
    boolean webp =
        start.startsWith("52494646") && start.length() >= 24 && start.startsWith("57454250", 16);
    if (webp) {
      return "image/webp";
    }
    return SIGNATURES.entrySet().stream()
        .filter(signature -> start.startsWith(signature.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(
            () ->
                new ProblemException(
                    CommonProblem.NOT_FOUND,
                    "The address holds no PNG, JPEG, GIF or WebP picture."));
  }
}

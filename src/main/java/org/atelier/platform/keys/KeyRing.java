package org.atelier.platform.keys;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The keys of one purpose: the first makes, all of them check. Written as {@code id:secret},
 * separated by commas or line ends, the secret in base64 with at least 32 bytes.
 */
public final class KeyRing {

  private static final int SECRET_BYTES = 32;
  private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,32}");

  private final List<Key> keys;

  private KeyRing(List<Key> keys) {
    this.keys = List.copyOf(keys);
  }

  /**
   * Reads keys.
   *
   * @throws IllegalArgumentException when there is none, an id repeats, or a secret is too short;
   *     the message names the place and never the secret
   */
  static KeyRing parse(KeyPurpose purpose, String text) {
    List<Key> keys = new ArrayList<>();
    for (String part : text.split("[,\n]")) {
      String line = part.strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        keys.add(key(purpose, line, keys.size() + 1));
      }
    }
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("There is no " + purpose.key() + " key");
    }
    if (keys.stream().map(Key::id).distinct().count() < keys.size()) {
      throw new IllegalArgumentException("Two " + purpose.key() + " keys have the same id");
    }
    return new KeyRing(keys);
  }

  /** The key that makes new things. */
  public Key current() {
    return keys.get(0);
  }

  /** The key with an id, also an older one. */
  public Optional<Key> find(String id) {
    return keys.stream().filter(key -> key.id().equals(id)).findFirst();
  }

  /** All keys, the current one first. */
  public List<Key> all() {
    return keys;
  }

  private static Key key(KeyPurpose purpose, String line, int place) {
    String where = purpose.key() + " key " + place;
    int colon = line.indexOf(':');
    if (colon < 0 || !ID.matcher(line.substring(0, colon)).matches()) {
      throw new IllegalArgumentException(
          "The " + where + " is not written as id:secret with an id of a-z, 0-9 and -");
    }
    byte[] secret;
    try {
      secret = Base64.getDecoder().decode(line.substring(colon + 1).strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("The secret of the " + where + " is not base64", e);
    }
    if (secret.length < SECRET_BYTES) {
      throw new IllegalArgumentException(
          "The secret of the " + where + " has less than " + SECRET_BYTES + " bytes");
    }
    return new Key(line.substring(0, colon), secret);
  }
}

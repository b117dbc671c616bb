package org.atelier.workforce;

import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.atelier.platform.keys.Key;
import org.atelier.platform.keys.KeyPurpose;
import org.atelier.platform.keys.Keys;

/**
 * Secrets that whoever holds them may use: sessions and access tokens. A secret is 256 random bits
 * behind the id of the key under which its hash is kept, so keys can be changed while older secrets
 * live on; who reads the database learns no secret.
 */
@Singleton
class BearerSecrets {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 32;

  private final Keys keys;

  BearerSecrets(Keys keys) {
    this.keys = keys;
  }

  /** A new secret, told once, with the hash to keep. */
  record Issued(String secret, byte[] hash) {}

  /**
   * @param prefix what the secret begins with, to be recognised when it leaks; may be empty
   */
  Issued issue(KeyPurpose purpose, String prefix) {
    Key key = keys.ring(purpose).current();
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    String secret =
        prefix + key.id() + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    return new Issued(secret, key.mac(secret));
  }

  /** The hash under which a secret is kept; empty when it names no key of ours. */
  Optional<byte[]> hash(KeyPurpose purpose, String prefix, String secret) {
    int dot = secret.indexOf('.');
    if (dot < 0 || !secret.startsWith(prefix)) {
      return Optional.empty();
    }
    return keys.ring(purpose)
        .find(secret.substring(prefix.length(), Math.max(dot, prefix.length())))
        .map(key -> key.mac(secret));
  }
}

package org.atelier.platform.keys;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret key with its public id. Immutable and thread-safe; its text does not show the secret.
 *
 * @see Keys
 */
public final class Key {

  private static final String ALGORITHM = "HmacSHA256";

  private final String id;
  private final byte[] secret;

  Key(String id, byte[] secret) {
    this.id = id;
    this.secret = secret.clone();
  }

  /** Name to be stored beside what the key made, {@code [a-z0-9-]{1,32}}. */
  public String id() {
    return id;
  }

  /** HMAC-SHA-256 (RFC 2104) of the text's UTF-8 bytes, 32 bytes. */
  public byte[] mac(String text) {
    return mac(text.getBytes(StandardCharsets.UTF_8));
  }

  /** HMAC-SHA-256 (RFC 2104) of the message, 32 bytes. */
  public byte[] mac(byte[] message) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
      return mac.doFinal(message);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException(e);
    }
  }

  byte[] secret() {
    return secret.clone();
  }

  @Override
  public String toString() {
    return "Key " + id;
  }
}

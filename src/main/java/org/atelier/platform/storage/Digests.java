package org.atelier.platform.storage;

import java.util.HexFormat;
import java.util.regex.Pattern;

/** SHA-256 as bytes and as lower-case hexadecimal text. */
final class Digests {

  static final int BYTES = 32;

  private static final Pattern TEXT = Pattern.compile("[0-9a-f]{64}");

  private Digests() {}

  static String text(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }

  /**
   * Reads a digest.
   *
   * @throws BlobMissingException when the text is none, so that it never becomes part of a path
   */
  static byte[] bytes(String sha256) {
    if (sha256 == null || !TEXT.matcher(sha256).matches()) {
      throw new BlobMissingException(String.valueOf(sha256));
    }
    return HexFormat.of().parseHex(sha256);
  }
}

package org.atelier.dataset.catalog;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.atelier.platform.Sha256;

/**
 * The digest of a version: a chain d(k) = SHA-256(d(k−1) ‖ leaf(k)) over its items in order of
 * their ordinals, d(0) = SHA-256("atelier-dataset-1"); a leaf is SHA-256 over the item's content
 * digest, external id and labels, each with its length. So it does not depend on how the items were
 * cut into pieces on their way in, and adding items continues the chain. Not thread-safe.
 */
public final class VersionDigest {

  private final MessageDigest sha256 = Sha256.create();
  private byte[] state;

  /** Begins with no items. */
  public VersionDigest() {
    state = sha256.digest("atelier-dataset-1".getBytes(StandardCharsets.US_ASCII));
  }

  /** Continues a chain from {@link #hex()}. */
  public VersionDigest(String hex) {
    state = HexFormat.of().parseHex(hex);
  }

  /**
   * Adds the next item.
   *
   * @param contentDigest 32 bytes
   * @param labels null when not known
   */
  public void add(byte[] contentDigest, String externalId, List<String> labels) {
    field(contentDigest);
    field(externalId.getBytes(StandardCharsets.UTF_8));
    if (labels != null) {
      sha256.update((byte) 1);
      for (String label : labels) {
        field(label.getBytes(StandardCharsets.UTF_8));
      }
    }
    byte[] leaf = sha256.digest();
    sha256.update(state);
    state = sha256.digest(leaf);
  }

  /** The digest so far, 64 lower-case hexadecimal characters. */
  public String hex() {
    return HexFormat.of().formatHex(state);
  }

  private void field(byte[] bytes) {
    sha256.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
    sha256.update(bytes);
  }
}

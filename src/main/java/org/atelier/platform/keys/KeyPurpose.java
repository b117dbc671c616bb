package org.atelier.platform.keys;

import java.util.Locale;

/** What a key is for; a key never serves two purposes. */
public enum KeyPurpose {
  /** Hashing of session identifiers. */
  SESSION,
  /** Signing of links that carry a permission. */
  LINK,
  /** Signing of certificates and other evidence. */
  EVIDENCE,
  /** Hashing of personal access tokens. */
  TOKEN;

  /** Lower-case name in files and configuration. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}

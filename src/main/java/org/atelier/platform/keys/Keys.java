package org.atelier.platform.keys;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The keys of all purposes. Immutable and thread-safe. */
public final class Keys {

  /** Configuration keys are this with the purpose's name appended. */
  public static final String PREFIX = "atelier.keys.";

  private static final int SECRET_BYTES = 32;
  private static final String FIRST_ID = "k1";
  private static final Set<PosixFilePermission> OWNERS =
      PosixFilePermissions.fromString("rwx------");

  private static final String WAY_OUT =
      "Put the file back from a backup. Without it take it away: a new key is made at the next"
          + " start, and what the old one made is no longer valid.";

  private final Map<KeyPurpose, KeyRing> rings;

  private Keys(Map<KeyPurpose, KeyRing> rings) {
    this.rings = rings;
  }

  /**
   * Takes keys from the configuration, {@code atelier.keys.session} and so on.
   *
   * @param configuration value of a configuration key, if any
   * @throws IllegalArgumentException when one is missing or wrong; the message names all that miss
   */
  public static Keys configured(Function<String, Optional<String>> configuration) {
    Map<KeyPurpose, KeyRing> rings = new EnumMap<>(KeyPurpose.class);
    List<String> missing = new ArrayList<>();
    for (KeyPurpose purpose : KeyPurpose.values()) {
      Optional<String> text = configuration.apply(PREFIX + purpose.key());
      if (text.isPresent()) {
        rings.put(purpose, KeyRing.parse(purpose, text.get()));
      } else {
        missing.add(PREFIX + purpose.key());
      }
    }
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          "With a database of your own, Atelier's secret keys are yours to give, the same for every"
              + " process. Missing: "
              + String.join(", ", missing)
              + ". The command `keys` prints new ones as environment variables.");
    }
    return new Keys(rings);
  }

  /**
   * Takes keys from the configuration and, where it has none, from the folder; what is missing
   * there is made at random and kept, readable by its owner only.
   *
   * @throws UnusableKeyException when a file is badly written or others may read it; the message
   *     names it
   */
  public static Keys kept(Function<String, Optional<String>> configuration, Path folder)
      throws IOException {
    Map<KeyPurpose, KeyRing> rings = new EnumMap<>(KeyPurpose.class);
    for (KeyPurpose purpose : KeyPurpose.values()) {
      Optional<String> text = configuration.apply(PREFIX + purpose.key());
      rings.put(
          purpose,
          text.isPresent() ? KeyRing.parse(purpose, text.get()) : readOrMake(folder, purpose));
    }
    return new Keys(rings);
  }

  /**
   * Makes the keys that are neither configured nor in the folder of an installation that had them
   * once. Their ids are new, so that nothing takes what an earlier key made for something forged.
   *
   * @return the purposes whose keys were missing
   */
  public static List<KeyPurpose> replaceMissing(
      Function<String, Optional<String>> configuration, Path folder) throws IOException {
    List<KeyPurpose> missing = new ArrayList<>();
    for (KeyPurpose purpose : KeyPurpose.values()) {
      if (configuration.apply(PREFIX + purpose.key()).isEmpty()
          && !Files.exists(folder.resolve(purpose.key()))) {
        make(folder, purpose.key(), "k-" + randomHex());
        missing.add(purpose);
      }
    }
    return missing;
  }

  private static String randomHex() {
    byte[] bytes = new byte[4];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /**
   * The keys of one purpose as they are now, from the configuration or else from the folder;
   * nothing is made.
   *
   * @return empty when there are none
   * @throws IllegalArgumentException when they are not well written
   */
  public static Optional<KeyRing> existing(
      KeyPurpose purpose, Function<String, Optional<String>> configuration, Path folder)
      throws IOException {
    Optional<String> text = configuration.apply(PREFIX + purpose.key());
    Path file = folder.resolve(purpose.key());
    if (text.isEmpty() && Files.isReadable(file)) {
      text = Optional.of(Files.readString(file));
    }
    return text.map(written -> KeyRing.parse(purpose, written));
  }

  /** A new key with an id, as configuration and files write it. */
  public static String generate(String id) {
    byte[] secret = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    return id + ":" + Base64.getEncoder().encodeToString(secret);
  }

  /** The keys of one purpose. */
  public KeyRing ring(KeyPurpose purpose) {
    return rings.get(purpose);
  }

  private static KeyRing readOrMake(Path folder, KeyPurpose purpose) throws IOException {
    Path file = folder.resolve(purpose.key());
    if (!Files.exists(file)) {
      return KeyRing.parse(purpose, make(folder, purpose.key(), FIRST_ID));
    }
    requireOwnersOnly(file);
    try {
      return KeyRing.parse(purpose, Files.readString(file));
    } catch (CharacterCodingException e) {
      throw new UnusableKeyException(file + " is not text. " + WAY_OUT, e);
    } catch (IllegalArgumentException e) {
      throw new UnusableKeyException(file + ": " + e.getMessage() + ". " + WAY_OUT, e);
    }
  }

  private static void requireOwnersOnly(Path file) throws IOException {
    if (Files.getFileAttributeView(file, PosixFileAttributeView.class) == null) {
      return;
    }
    Set<PosixFilePermission> modes = Files.getPosixFilePermissions(file);
    if (!OWNERS.containsAll(modes)) {
      throw new UnusableKeyException(
          ("Others than its owner may use the secret key %s (%s). Say chmod 600 %s; if somebody may"
                  + " have read it, put a new key in front of it as well.")
              .formatted(file, PosixFilePermissions.toString(modes), file),
          null);
    }
  }

  private static String make(Path folder, String name, String id) throws IOException {
    Path file = folder.resolve(name);
    boolean posix =
        Files.getFileAttributeView(folder.getParent(), PosixFileAttributeView.class) != null;
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
      if (posix) {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      }
    }
    Path temporary = folder.resolve(name + ".new");
    Files.deleteIfExists(temporary);
    if (posix) {
      Files.createFile(
          temporary,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    String text =
        "# Made on the first start. To change it put a new line above and keep the old ones.\n"
            + generate(id)
            + "\n";
    Files.write(temporary, text.getBytes(StandardCharsets.US_ASCII));
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    return text;
  }
}

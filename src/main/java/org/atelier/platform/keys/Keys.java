package org.atelier.platform.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The keys of all purposes. Immutable and thread-safe. */
public final class Keys {

  /** Configuration keys are this with the purpose's name appended. */
  public static final String PREFIX = "atelier.keys.";

  private static final int SECRET_BYTES = 32;
  private static final String FIRST_ID = "k1";

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
   */
  public static Keys kept(Function<String, Optional<String>> configuration, Path folder)
      throws IOException {
    Map<KeyPurpose, KeyRing> rings = new EnumMap<>(KeyPurpose.class);
    for (KeyPurpose purpose : KeyPurpose.values()) {
      Optional<String> text = configuration.apply(PREFIX + purpose.key());
      rings.put(
          purpose,
          KeyRing.parse(
              purpose, text.isPresent() ? text.get() : readOrMake(folder, purpose.key())));
    }
    return new Keys(rings);
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

  private static String readOrMake(Path folder, String name) throws IOException {
    Path file = folder.resolve(name);
    if (Files.exists(file)) {
      return Files.readString(file);
    }
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
            + generate(FIRST_ID)
            + "\n";
    Files.write(temporary, text.getBytes(StandardCharsets.US_ASCII));
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    return text;
  }
}

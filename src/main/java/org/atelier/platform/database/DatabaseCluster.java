package org.atelier.platform.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * PostgreSQL's files inside the data directory. They appear at once: a new cluster is made beside
 * and renamed when whole, so a crash never leaves half of one in its place.
 */
final class DatabaseCluster {

  static final String USER = "atelier";

  private static final Logger LOG = Logger.getLogger(DatabaseCluster.class);
  private static final String OWN_SETTINGS = "atelier.conf";

  private final Path directory;
  private final Path unfinished;
  private final Path passwordFile;
  private final PostgresBinaries binaries;

  DatabaseCluster(Path dataDirectory, PostgresBinaries binaries) {
    this.directory = dataDirectory.resolve("postgres");
    this.unfinished = dataDirectory.resolve("postgres.unfinished");
    this.passwordFile = dataDirectory.resolve("postgres.password");
    this.binaries = binaries;
  }

  Path directory() {
    return directory;
  }

  boolean exists() {
    return exists(directory);
  }

  static boolean exists(Path directory) {
    return Files.exists(directory.resolve("PG_VERSION"))
        && Files.exists(directory.resolve("global/pg_control"));
  }

  /**
   * Makes the cluster unless it is there.
   *
   * @return the password of {@link #USER}
   * @throws DatabaseStartException when the directory belongs to another major version
   */
  String prepare() throws IOException {
    PostgresBinaries.deleteTree(unfinished);
    if (exists()) {
      requireSameVersion();
      return Files.exists(passwordFile) ? readPassword() : replacePassword();
    }
    setAsideRemains();
    String password = Files.exists(passwordFile) ? readPassword() : writePassword();
    create();
    return password;
  }

  /** Writes the settings of this start; they override PostgreSQL's own file. */
  void configure(List<String> settings) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("# Written by Atelier at every start. Put your own settings into postgresql.conf,");
    lines.add("# below the line that includes this file.");
    lines.addAll(settings);
    Files.write(directory.resolve(OWN_SETTINGS), lines);
  }

  private void requireSameVersion() throws IOException {
    String found = Files.readString(directory.resolve("PG_VERSION")).trim();
    String brought = Integer.toString(binaries.majorVersion());
    if (!found.equals(brought)) {
      throw new DatabaseStartException(
          "The data directory "
              + directory.getParent()
              + " was written by PostgreSQL "
              + found
              + ", this Atelier brings PostgreSQL "
              + brought
              + ". Nothing was changed. The way over: start the Atelier that wrote it, run"
              + " `backup --out atelier.backup`, then with this one, on a new data directory,"
              + " `restore atelier.backup`.");
    }
  }

  private void setAsideRemains() throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.list(directory)) {
      if (files.findAny().isEmpty()) {
        Files.delete(directory);
        return;
      }
    }
    Path aside = directory.resolveSibling("postgres.half-written");
    for (int i = 1; Files.exists(aside); i++) {
      aside = directory.resolveSibling("postgres.half-written-" + i);
    }
    Files.move(directory, aside);
    LOG.warnf(
        "%s was only half written and holds no database. It was set aside as %s; a new one is"
            + " made.",
        directory, aside);
  }

  private void create() throws IOException {
    binaries.run(
        List.of(),
        "initdb",
        "--pgdata=" + unfinished,
        "--username=" + USER,
        "--pwfile=" + passwordFile,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--no-instructions");
    Files.writeString(
        unfinished.resolve("postgresql.conf"),
        "\ninclude_if_exists = '" + OWN_SETTINGS + "'\n",
        StandardOpenOption.APPEND);
    Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
  }

  private String readPassword() throws IOException {
    return Files.readString(passwordFile).trim();
  }

  private String writePassword() throws IOException {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    Path temporary = passwordFile.resolveSibling("postgres.password.new");
    Files.deleteIfExists(temporary);
    createPrivate(temporary);
    Files.write(temporary, (password + "\n").getBytes(StandardCharsets.US_ASCII));
    Files.move(temporary, passwordFile, StandardCopyOption.ATOMIC_MOVE);
    return password;
  }

  /** The file was lost: whoever may write the directory may also set a new password. */
  private String replacePassword() throws IOException {
    LOG.warnf("%s is missing; a new password is set.", passwordFile);
    String password = writePassword();
    binaries.run(
        List.of("ALTER ROLE " + USER + " PASSWORD '" + password + "'", ""),
        "postgres",
        "--single",
        "-D",
        directory.toString(),
        "-c",
        "password_encryption=scram-sha-256",
        "postgres");
    return password;
  }

  private static void createPrivate(Path file) throws IOException {
    if (Files.getFileAttributeView(file.getParent(), PosixFileAttributeView.class) == null) {
      Files.createFile(file);
      return;
    }
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }
}

package org.atelier.platform.database;

import java.io.ByteArrayInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.atelier.platform.Sha256;
import org.tukaani.xz.XZInputStream;

/** The PostgreSQL programs of this build, unpacked from the class path once per version. */
final class PostgresBinaries {

  private static final int ROOT = 0;

  private final Path home;
  private final List<String> prefix;

  private PostgresBinaries(Path home, List<String> prefix) {
    this.home = home;
    this.prefix = prefix;
  }

  /** Unpacks the programs below {@code parent} unless they are there already. */
  static PostgresBinaries unpack(Path parent) throws IOException {
    return unpack(parent, readArchive());
  }

  static PostgresBinaries unpack(Path parent, byte[] archive) throws IOException {
    Path home = parent.resolve(Sha256.of(archive).substring(0, 16));
    if (!Files.isDirectory(home)) {
      Files.createDirectories(parent);
      Path temporary = Files.createTempDirectory(parent, "unpacking-");
      extract(archive, temporary);
      moveInto(temporary, home);
    }
    return new PostgresBinaries(home, isRoot(parent) ? List.of("unshare", "-U") : List.of());
  }

  /** First number of the version, the one that decides whether a directory can be opened. */
  int majorVersion() throws IOException {
    String version = run(List.of(), "postgres", "--version").trim();
    String number = version.substring(version.lastIndexOf(' ') + 1);
    return Integer.parseInt(number.split("\\D")[0]);
  }

  /**
   * Runs a program to its end and answers what it printed.
   *
   * @param input lines given on standard input
   * @throws DatabaseStartException when it ends with another code than 0
   */
  String run(List<String> input, String program, String... arguments) throws IOException {
    Process process =
        new ProcessBuilder(command(program, arguments)).redirectErrorStream(true).start();
    try (var stdin = process.getOutputStream()) {
      stdin.write(String.join("\n", input).getBytes(StandardCharsets.UTF_8));
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = waitFor(process);
    if (code != 0) {
      throw new DatabaseStartException(
          "PostgreSQL's "
              + program
              + " ended with code "
              + code
              + ": "
              + output.trim()
              + rootHint());
    }
    return output;
  }

  /** Whether a running program belongs to a PostgreSQL installation. */
  static boolean isPostgres(String executable) {
    return executable.endsWith("/postgres") || executable.endsWith("/postgres (deleted)");
  }

  private List<String> command(String program, String... arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.add(home.resolve("bin").resolve(program).toString());
    command.addAll(List.of(arguments));
    return command;
  }

  private String rootHint() {
    return prefix.isEmpty()
        ? ""
        : " (PostgreSQL refuses to run as root and needs `unshare -U` then; run Atelier as an"
            + " ordinary user, or configure quarkus.datasource.jdbc.url)";
  }

  private static int waitFor(Process process) throws IOException {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted", e);
    }
  }

  private static byte[] readArchive() throws IOException {
    String name = archiveName();
    try (InputStream in = PostgresBinaries.class.getResourceAsStream("/" + name)) {
      if (in == null) {
        throw new DatabaseStartException(
            "This build brings no PostgreSQL for "
                + System.getProperty("os.name")
                + " on "
                + System.getProperty("os.arch")
                + ". Start one yourself and configure quarkus.datasource.jdbc.url.");
      }
      return in.readAllBytes();
    }
  }

  static String archiveName() {
    return "postgres-" + system() + "-" + architecture() + ".txz";
  }

  private static String system() {
    String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    if (name.contains("mac")) {
      return "darwin";
    }
    return name.contains("win") ? "windows" : "linux";
  }

  private static String architecture() {
    String name = System.getProperty("os.arch");
    if (name.equals("aarch64")) {
      return "arm_64";
    }
    return name.equals("amd64") ? "x86_64" : name;
  }

  private static void extract(byte[] archive, Path target) throws IOException {
    try (var tar =
        new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
          throw new IOException("The archive of PostgreSQL leaves its folder: " + entry.getName());
        }
        extract(tar, entry, path);
      }
    }
  }

  private static void extract(TarArchiveInputStream tar, TarArchiveEntry entry, Path path)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(path);
      return;
    }
    Files.createDirectories(path.getParent());
    if (entry.isSymbolicLink() || entry.isLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
      return;
    }
    try (FileOutputStream out = new FileOutputStream(path.toFile())) {
      tar.transferTo(out);
      out.getFD().sync();
    }
    boolean executable = (entry.getMode() & 0111) != 0;
    if (executable && !path.toFile().setExecutable(true, false)) {
      throw new IOException(path + " cannot be made executable");
    }
  }

  private static void moveInto(Path temporary, Path home) throws IOException {
    try {
      Files.move(temporary, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException e) {
      deleteTree(temporary);
    } catch (FileSystemException e) {
      // Another process was faster: a non-empty folder cannot be replaced.
      if (!Files.isDirectory(home)) {
        throw e;
      }
      deleteTree(temporary);
    }
  }

  static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static boolean isRoot(Path folder) throws IOException {
    if (!folder.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return false;
    }
    Path probe = Files.createTempFile(folder, "owner-", ".probe");
    try {
      return Integer.valueOf(ROOT).equals(Files.getAttribute(probe, "unix:uid"));
    } finally {
      Files.delete(probe);
    }
  }
}

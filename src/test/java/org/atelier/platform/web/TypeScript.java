package org.atelier.platform.web;

import com.microsoft.playwright.impl.driver.Driver;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * The TypeScript compiler, taken from the class path and run by the Node that Playwright ships, so
 * that types are checked where no Node is installed.
 */
final class TypeScript {

  private static final String ROOT = "META-INF/resources/webjars/typescript/";
  private static final Path PROJECT = Path.of("web").toAbsolutePath();

  private TypeScript() {}

  /** What the compiler printed and whether it found nothing to complain about. */
  record Outcome(boolean clean, String messages) {}

  /** Checks and translates {@code web/app}; see {@link #compile(Path, Path)}. */
  static Outcome compile(Path output) throws IOException, InterruptedException {
    return compile(PROJECT, output);
  }

  /**
   * Checks a folder's {@code tsconfig.json} and writes one JavaScript module per source file.
   *
   * @param output folder for the modules, laid out like the folder's {@code app}
   */
  static Outcome compile(Path project, Path output) throws IOException, InterruptedException {
    Path node = Driver.ensureDriverInstalled(Map.of(), false).driverDir().resolve(nodeName());
    Process process =
        new ProcessBuilder(
                node.toString(),
                unpacked().resolve("lib/tsc.js").toString(),
                "-p",
                project.resolve("tsconfig.json").toString(),
                "--noEmit",
                "false",
                "--rootDir",
                project.resolve("app").toString(),
                "--outDir",
                output.toString(),
                "--pretty",
                "false")
            .redirectErrorStream(true)
            .start();
    String messages =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return new Outcome(process.waitFor() == 0, messages);
  }

  private static String nodeName() {
    return System.getProperty("os.name").startsWith("Windows") ? "node.exe" : "node";
  }

  private static Path unpacked() throws IOException {
    URL compiler =
        TypeScript.class.getClassLoader().getResource("META-INF/resources/webjars/typescript");
    if (compiler == null) {
      throw new IllegalStateException("org.webjars.npm:typescript is not on the test class path");
    }
    Path target = Path.of("target", "typescript").toAbsolutePath();
    try (JarFile jar = ((JarURLConnection) compiler.openConnection()).getJarFile()) {
      for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
        unpack(jar, entry, target);
      }
    }
    return target;
  }

  private static void unpack(JarFile jar, JarEntry entry, Path target) throws IOException {
    if (entry.isDirectory() || !entry.getName().startsWith(ROOT + version(entry) + "/lib/")) {
      return;
    }
    Path file = target.resolve(entry.getName().substring((ROOT + version(entry) + "/").length()));
    if (Files.exists(file) && Files.size(file) == entry.getSize()) {
      return;
    }
    Files.createDirectories(file.getParent());
    try (InputStream in = jar.getInputStream(entry)) {
      Files.write(file, in.readAllBytes());
    }
  }

  private static String version(JarEntry entry) {
    String name = entry.getName();
    if (!name.startsWith(ROOT) || name.length() == ROOT.length()) {
      return "";
    }
    return name.substring(ROOT.length()).split("/")[0];
  }
}

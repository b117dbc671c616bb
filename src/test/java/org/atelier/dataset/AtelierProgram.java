package org.atelier.dataset;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The application's own main class as a process of its own, as a shell would run it. */
public final class AtelierProgram {

  private static final long MOST_SECONDS = 300;
  private static final Pattern PROGRESS =
      Pattern.compile("(?m)^[0-9,]+ (of [0-9,]+ bytes sent|items imported)\\R");

  private final String url;
  private final String token;
  private final Path folder;

  /**
   * @param token value of ATELIER_TOKEN, null for none
   * @param folder where the commands run
   */
  public AtelierProgram(String url, String token, Path folder) {
    this.url = url;
    this.token = token;
    this.folder = folder;
  }

  /** How a command ended and what it wrote, but for how far it was when it took long. */
  public record Ended(int code, String out, String err) {}

  /** Starts a command; {@code --url} is added. */
  public Process start(String... arguments) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    line.add("-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
    line.add("-cp");
    line.add(System.getProperty("java.class.path"));
    line.add("org.atelier.Atelier");
    line.addAll(List.of(arguments));
    line.add("--url");
    line.add(url);
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("command.out").toFile())
            .redirectError(folder.resolve("command.err").toFile());
    builder.environment().remove("ATELIER_TOKEN");
    // Java says so when it finds them
    builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    if (token != null) {
      builder.environment().put("ATELIER_TOKEN", token);
    }
    return builder.start();
  }

  /** Runs a command to its end. */
  public Ended run(String... arguments) throws IOException, InterruptedException {
    Process process = start(arguments);
    if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("Not done after five minutes: " + String.join(" ", arguments));
    }
    String err = PROGRESS.matcher(read("command.err")).replaceAll("");
    return new Ended(process.exitValue(), read("command.out"), err);
  }

  private String read(String file) throws IOException {
    return Files.readString(folder.resolve(file), StandardCharsets.UTF_8);
  }
}

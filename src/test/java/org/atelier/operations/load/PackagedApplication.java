package org.atelier.operations.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.atelier.platform.database.EmbeddedDatabase;
import org.postgresql.ds.PGSimpleDataSource;

/** The packaged application as a process of its own, in a working folder of its own. */
public final class PackagedApplication implements AutoCloseable {

  private static final long START_SECONDS = 90;
  private static final long STOP_SECONDS = 60;

  private final Process process;
  private final Path folder;
  private final int port;
  private final long startMillis;

  private PackagedApplication(Process process, Path folder, int port, long startMillis) {
    this.process = process;
    this.folder = folder;
    this.port = port;
    this.startMillis = startMillis;
  }

  /** Where the build puts the program that {@code java -jar} runs. */
  public static Path builtJar() {
    return Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath();
  }

  /**
   * Starts it and waits until it is ready; its data lie in {@code folder/data}, its output in
   * {@code folder/application.log}.
   *
   * @param javaOptions for example the heap
   * @param environment on top of this process's own
   * @throws IllegalStateException when it ends instead, with the end of its output
   */
  public static PackagedApplication start(
      Path jar, Path folder, List<String> javaOptions, Map<String, String> environment)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    int port = freePort();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(javaOptions);
    command.addAll(List.of("-jar", jar.toString()));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("ATELIER_PORT", Integer.toString(port));
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("application.log").toFile());
    long begun = System.nanoTime();
    Process process = builder.start();
    long end = begun + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!isReady(port)) {
      if (!process.isAlive() || System.nanoTime() > end) {
        process.destroy();
        throw new IllegalStateException(
            "The application did not start:\n"
                + Files.readString(folder.resolve("application.log")));
      }
      Thread.sleep(10);
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    return new PackagedApplication(process, folder, port, millis);
  }

  private static boolean isReady(int port) {
    try (HttpConnection connection = new HttpConnection(port)) {
      return connection.send("GET", "/q/health/ready", "", null).status() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  public int port() {
    return port;
  }

  public long pid() {
    return process.pid();
  }

  /** From the start of the process to its first readiness. */
  public long startMillis() {
    return startMillis;
  }

  /** Processor time of the Java process until now. */
  public long processorMillis() {
    return process.info().totalCpuDuration().map(Duration::toMillis).orElse(0L);
  }

  /** Processor time of the living processes of the database that the application brought along. */
  public long databaseProcessorMillis() {
    try {
      List<String> lines = Files.readAllLines(folder.resolve("data/postgres/postmaster.pid"));
      return ProcessHandle.of(Long.parseLong(lines.get(0).strip())).stream()
          .flatMap(ProcessHandle::descendants)
          .mapToLong(one -> one.info().totalCpuDuration().map(Duration::toMillis).orElse(0L))
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Connections to the database that the application brought along. */
  public PGSimpleDataSource embeddedDatabase() throws IOException {
    EmbeddedDatabase database = EmbeddedDatabase.attach(folder.resolve("data"));
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(database.jdbcUrl());
    source.setUser(database.username());
    source.setPassword(database.password());
    return source;
  }

  /** Ends it as an operator would, and waits for it. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}

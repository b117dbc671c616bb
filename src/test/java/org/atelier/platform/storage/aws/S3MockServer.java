package org.atelier.platform.storage.aws;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.atelier.platform.Leftovers;

/** Adobe's S3Mock as a process of its own, started once for all tests of this process. */
public final class S3MockServer {

  public static final String BUCKET = "atelier";

  private static final Path PROGRAM = Path.of("target/programs/s3mock.jar");
  private static final long START_SECONDS = 90;
  private static URI running;

  private S3MockServer() {}

  public static synchronized URI start() throws IOException, InterruptedException {
    if (running == null) {
      try {
        running = launch();
      } catch (IOException portsTakenMeanwhile) {
        running = launch();
      }
    }
    return running;
  }

  private static URI launch() throws IOException, InterruptedException {
    Path root = Files.createTempDirectory("s3mock");
    int port = freePort();
    Path log = root.resolve("s3mock.log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + root,
                "-jar",
                PROGRAM.toString(),
                "--http.port=" + port,
                "--server.port=" + freePort(),
                "--server.address=127.0.0.1",
                "--com.adobe.testing.s3mock.store.root=" + root.resolve("store"),
                "--com.adobe.testing.s3mock.store.initial-buckets=" + BUCKET)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process, root)));
    Files.createDirectories(root.resolve("store"));
    URI uri = URI.create("http://127.0.0.1:" + port);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!answers(uri)) {
      if (!process.isAlive() || System.nanoTime() > end) {
        process.destroyForcibly();
        throw new IOException("S3Mock did not start: " + Files.readString(log));
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    return uri;
  }

  private static void stop(Process process, Path root) {
    process.destroyForcibly().onExit().join();
    Leftovers.remove(root);
  }

  private static boolean answers(URI uri) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) uri.resolve("/" + BUCKET).toURL().openConnection();
      connection.setConnectTimeout(500);
      connection.setReadTimeout(5_000);
      return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}

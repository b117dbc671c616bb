package org.atelier.platform.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * What a crash can leave behind in a cluster: a server that outlived its application, server
 * processes that outlived their postmaster, or a {@code postmaster.pid} that names nobody of ours.
 * Each of them would block the next start.
 */
final class LeftoverServer {

  private static final Logger LOG = Logger.getLogger(LeftoverServer.class);
  private static final long STOP_SECONDS = 30;
  private static final long KILL_SECONDS = 10;

  private final Path cluster;
  private final PostgresBinaries binaries;

  LeftoverServer(Path cluster, PostgresBinaries binaries) {
    this.cluster = cluster;
    this.binaries = binaries;
  }

  /**
   * Stops every server process of this cluster and removes a pid file nobody stands behind. To be
   * called by the owner of the data directory only.
   */
  void clear() throws IOException {
    Path pidFile = cluster.resolve("postmaster.pid");
    if (!Files.exists(pidFile) && processes().isEmpty()) {
      return;
    }
    if (isRunning()) {
      LOG.info("Stopping the PostgreSQL that an earlier run left behind");
      stop();
    }
    List<ProcessHandle> remaining = processes();
    if (!waitUntil(() -> remaining.stream().noneMatch(ProcessHandle::isAlive), KILL_SECONDS)) {
      remaining.forEach(ProcessHandle::destroyForcibly);
      waitUntil(() -> processes().isEmpty(), KILL_SECONDS);
    }
    if (Files.deleteIfExists(pidFile)) {
      LOG.info("Removed a postmaster.pid that no server stands behind");
    }
  }

  private void stop() throws IOException {
    try {
      binaries.run(
          List.of(),
          "pg_ctl",
          "stop",
          "--pgdata=" + cluster,
          "--mode=fast",
          "--wait",
          "--timeout=" + STOP_SECONDS);
    } catch (DatabaseStartException e) {
      LOG.warnf("It did not stop by itself: %s", e.getMessage());
    }
  }

  /** Whether a postmaster of this cluster is alive; a zombie is not. */
  boolean isRunning() throws IOException {
    Path pidFile = cluster.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return false;
    }
    List<String> lines = Files.readAllLines(pidFile);
    if (lines.isEmpty() || !lines.get(0).strip().matches("[0-9]{1,18}")) {
      return false;
    }
    return ProcessHandle.of(Long.parseLong(lines.get(0).strip())).filter(this::isOurs).isPresent();
  }

  private List<ProcessHandle> processes() {
    return ProcessHandle.allProcesses().filter(this::isOurs).toList();
  }

  /** A server process works in its cluster's folder; where that cannot be seen, its name counts. */
  private boolean isOurs(ProcessHandle process) {
    if (process.pid() == ProcessHandle.current().pid()) {
      return false;
    }
    Path entry = Path.of("/proc", Long.toString(process.pid()));
    if (Files.isDirectory(Path.of("/proc/self"))) {
      try {
        return Files.readSymbolicLink(entry.resolve("cwd")).equals(cluster)
            && PostgresBinaries.isPostgres(Files.readSymbolicLink(entry.resolve("exe")).toString());
      } catch (IOException e) {
        return false;
      }
    }
    return process
        .info()
        .arguments()
        .map(arguments -> List.of(arguments).contains(cluster.toString()))
        .orElse(false);
  }

  private static boolean waitUntil(BooleanSupplier condition, long seconds) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      try {
        TimeUnit.MILLISECONDS.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }
}

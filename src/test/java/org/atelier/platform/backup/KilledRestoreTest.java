package org.atelier.platform.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.atelier.Atelier;
import org.atelier.platform.database.PostgresExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A restore that is killed before its data directory has a database looks like no new one. */
class KilledRestoreTest {

  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();

  @TempDir Path folder;

  private Path file;
  private Path data;
  private Path log;

  @BeforeEach
  void backUp() throws Exception {
    file = new TestBackup(folder).take(POSTGRES.dataSource());
    data = folder.resolve("data");
    log = folder.resolve("child.log");
  }

  @Test
  void theServerRefusesTheDirectoryUntilTheSameRestoreIsRunAgain() throws Exception {
    Process killed = run("restore", file.toString());
    while (!Files.exists(data.resolve("restore.unfinished"))) {
      assertTrue(killed.isAlive(), () -> words());
      Thread.sleep(5);
    }
    killed.destroyForcibly().waitFor();

    assertEquals(2, end(run("serve")));
    assertTrue(words().contains("Run the same `restore` again"), words());
    assertEquals(2, words().lines().count(), "that it starts, and why it does not: " + words());
    assertEquals(2, end(run("backup", folder.resolve("none.backup").toString())));
    assertFalse(Files.exists(data.resolve("keys")), "nothing of a new installation was made");

    assertEquals(0, end(run("restore", file.toString())), this::words);
    assertFalse(Files.exists(data.resolve("restore.unfinished")));
    assertEquals(2, end(run("restore", file.toString())));
    assertTrue(words().contains("The database is not empty"), words());
  }

  private Process run(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-cp", System.getProperty("java.class.path")));
    command.add(Atelier.class.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("ATELIER_DATA_DIR", data.toString());
    // else the start warns of file names that the locale cannot express
    builder.environment().put("LC_ALL", "C.UTF-8");
    // Java says so when it finds them
    builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  private int end(Process process) throws InterruptedException {
    assertTrue(process.waitFor(180, TimeUnit.SECONDS), () -> "it hangs: " + words());
    return process.exitValue();
  }

  private String words() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }
}

package org.atelier.dataset.export;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportFolderTest {

  @TempDir Path parent;

  @Test
  void whatAKilledExportLeftGoesADayLaterAndNothingElseDoes() throws IOException {
    Path killed = aged(ExportFolder.make(parent), 2, 2);
    Path working = aged(ExportFolder.make(parent), 2, 0);
    Path foreign = aged(Files.createDirectory(parent.resolve("somebody-else")), 2, 2);

    Path fresh = ExportFolder.make(parent);

    assertFalse(Files.exists(killed));
    assertTrue(Files.exists(working.resolve("rows.duckdb")), "it is still written");
    assertTrue(Files.exists(foreign.resolve("rows.duckdb")));
    ExportFolder.remove(fresh);
    assertFalse(Files.exists(fresh));
  }

  private static Path aged(Path folder, int folderDays, int fileDays) throws IOException {
    Path file = Files.writeString(folder.resolve("rows.duckdb"), "rows");
    age(file, fileDays);
    age(folder, folderDays);
    return folder;
  }

  private static void age(Path file, int days) throws IOException {
    FileTime now = Files.getLastModifiedTime(file);
    Files.setLastModifiedTime(file, FileTime.from(now.toInstant().minus(Duration.ofDays(days))));
  }
}

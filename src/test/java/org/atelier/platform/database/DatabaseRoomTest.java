package org.atelier.platform.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseRoomTest {

  @TempDir Path folder;

  @Test
  void aDiskIsUsedUpWhenFewerBytesAreFreeThanNeeded() throws IOException {
    long free = Files.getFileStore(folder).getUsableSpace();
    assertTrue(DatabaseRoom.isUsedUp(folder, Long.MAX_VALUE));
    assertFalse(DatabaseRoom.isUsedUp(folder, free / 2));
    assertFalse(DatabaseRoom.isUsedUp(folder.resolve("nowhere"), Long.MAX_VALUE));
    assertEquals("", DatabaseRoom.complaint(folder));
  }

  @Test
  void aDatabaseOfOnesOwnIsNotMeasured() {
    assertFalse(new DatabaseRoom(false, folder).isUsedUp());
    assertFalse(new DatabaseRoom(true, folder).isUsedUp());
  }
}

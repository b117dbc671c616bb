package org.atelier.platform.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class StorageExceptionTest {

  @Test
  void fullDiskIsSaidToBeFullAndPathsStayInTheLog() {
    StorageException full =
        new StorageException(
            "An object cannot be stored", new IOException("/srv/x: No space left on device"));

    assertEquals(507, full.problem().status());
    assertTrue(full.getMessage().contains("is full"), full.getMessage());
    assertFalse(full.getMessage().contains("/srv"), full.getMessage());
    assertEquals("An object cannot be stored", full.getCause().getMessage());
  }

  @Test
  void anythingElseIsTemporary() {
    assertEquals(
        503, new StorageException("Reading", new IOException("timeout")).problem().status());
  }
}

package org.atelier.dataset.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.atelier.platform.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadTurnsTest {

  @TempDir Path folder;

  private final UploadTurns turns = new UploadTurns();

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void whoComesLastTakesOverAndTheEarlierSenderWritesNothingMore() throws IOException {
    Path file = folder.resolve("0");
    try (UploadTurns.Turn lost = turns.take(file)) {
      assertEquals(4, lost.write(0, 10, bytes("abcd")));
      try (UploadTurns.Turn again = turns.take(file)) {
        assertEquals(2, again.write(0, 10, bytes("ab")));
        assertEquals(409, refusal(() -> lost.write(4, 10, bytes("XXXX"))));
        assertEquals(409, refusal(() -> lost.finish(() -> 4L)));
        assertEquals(2L, again.finish(() -> 2L));
      }
    }
    assertEquals("ab", Files.readString(file));
  }

  @Test
  void moreThanAnnouncedIsRefused() throws IOException {
    try (UploadTurns.Turn turn = turns.take(folder.resolve("0"))) {
      assertEquals(413, refusal(() -> turn.write(0, 3, bytes("abcd"))));
    }
  }

  @Test
  void whenManySendTheNextIsAskedToComeAgain() {
    List<UploadTurns.Turn> taken = new ArrayList<>();
    for (int i = 0; i < UploadTurns.AT_ONCE; i++) {
      taken.add(turns.take(folder.resolve("f" + i)));
    }
    assertEquals(503, refusal(() -> turns.take(folder.resolve("one more"))));
    taken.get(0).close();
    turns.take(folder.resolve("one more")).close();
  }

  @Test
  void lostConnectionAndLostFolderAreNotTakenForAFullDisk() throws IOException {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("Connection reset");
          }
        };
    try (UploadTurns.Turn turn = turns.take(folder.resolve("0"))) {
      assertEquals(503, refusal(() -> turn.write(0, 3, broken)));
    }
    try (UploadTurns.Turn turn = turns.take(folder.resolve("removed/0"))) {
      assertEquals(404, refusal(() -> turn.write(0, 3, bytes("abc"))));
    }
  }

  @Test
  void aFileThatLacksWhatWasReceivedBeforeIsNotGoneOnWith() throws IOException {
    Path shorter = Files.writeString(folder.resolve("0"), "ab");
    try (UploadTurns.Turn turn = turns.take(shorter)) {
      assertEquals(404, refusal(() -> turn.write(3, 10, bytes("defg"))));
    }
    assertEquals("ab", Files.readString(shorter));
    try (UploadTurns.Turn turn = turns.take(folder.resolve("1"))) {
      assertEquals(404, refusal(() -> turn.write(3, 10, bytes("defg"))));
    }
    assertTrue(Files.notExists(folder.resolve("1")));
  }

  private static int refusal(org.junit.jupiter.api.function.Executable act) {
    return assertThrows(ProblemException.class, act).problem().status();
  }
}

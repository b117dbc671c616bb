package org.atelier.dataset.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.atelier.platform.ProblemException;
import org.junit.jupiter.api.Test;

class ExportTurnsTest {

  private final ExportTurns turns = new ExportTurns();

  @Test
  void oneMoreThanAFewIsAskedToComeAgainAndFindsATurnLater() throws IOException {
    List<ExportTurns.Turn> taken = takeAll();
    ProblemException refused = assertThrows(ProblemException.class, turns::take);
    assertEquals(429, refused.problem().status());
    taken.get(0).use(() -> assertThrows(ProblemException.class, turns::take));
    taken.set(0, turns.take());
    assertThrows(
        IOException.class,
        () ->
            taken
                .get(0)
                .use(
                    () -> {
                      throw new IOException("The reader is gone");
                    }));
    taken.get(1).leave();
    turns.take();
    turns.take();
    assertThrows(ProblemException.class, turns::take);
  }

  @Test
  void turnIsGivenBackOnceAndNotWhileItIsUsed() throws IOException {
    List<ExportTurns.Turn> taken = takeAll();
    ExportTurns.Turn used = taken.get(0);
    used.use(
        () -> {
          used.leave();
          assertThrows(ProblemException.class, turns::take);
        });
    used.leave();
    turns.take();
    assertThrows(ProblemException.class, turns::take);
    taken.get(1).leave();
    assertThrows(IOException.class, () -> taken.get(1).use(() -> {}));
  }

  private List<ExportTurns.Turn> takeAll() {
    List<ExportTurns.Turn> taken = new ArrayList<>();
    for (int i = 0; i < ExportTurns.AT_ONCE; i++) {
      taken.add(turns.take());
    }
    return taken;
  }
}

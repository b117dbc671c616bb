package org.atelier.dataset.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.atelier.platform.Ids;
import org.atelier.platform.ProblemException;
import org.junit.jupiter.api.Test;

class ExportTurnsTest {

  private static final OutputStream OUT = OutputStream.nullOutputStream();

  private final ExportTurns turns = new ExportTurns();

  @Test
  void oneMoreThanAFewIsAskedToComeAgainAndFindsATurnLater() throws IOException {
    List<ExportTurns.Turn> taken = takeAll();
    ProblemException refused = assertThrows(ProblemException.class, this::take);
    assertEquals(429, refused.problem().status());
    taken.get(0).use(OUT, out -> assertThrows(ProblemException.class, this::take));
    taken.set(0, take());
    assertThrows(
        IOException.class,
        () ->
            taken
                .get(0)
                .use(
                    OUT,
                    out -> {
                      throw new IOException("The reader is gone");
                    }));
    taken.get(1).leave();
    take();
    take();
    assertThrows(ProblemException.class, this::take);
  }

  @Test
  void turnIsGivenBackOnceAndNotWhileItIsUsed() throws IOException {
    List<ExportTurns.Turn> taken = takeAll();
    ExportTurns.Turn used = taken.get(0);
    used.use(
        OUT,
        out -> {
          used.leave();
          assertThrows(ProblemException.class, this::take);
        });
    used.leave();
    take();
    assertThrows(ProblemException.class, this::take);
    taken.get(1).leave();
    assertThrows(IOException.class, () -> taken.get(1).use(OUT, out -> {}));
  }

  @Test
  void whoGoesAwayWhileAnExportIsPreparedGivesTheTurnBackWhenThatIsDone() {
    List<ExportTurns.Turn> taken = takeAll();
    ExportTurns.Turn turn = taken.get(0);
    String prepared =
        turn.prepare(
            () -> {
              turn.leave();
              assertThrows(ProblemException.class, this::take);
              return "ready";
            });
    assertEquals("ready", prepared);
    take();
    assertThrows(IOException.class, () -> turn.use(OUT, out -> {}));
  }

  @Test
  void exportThatCannotBePreparedGivesItsTurnBack() {
    ExportTurns.Turn turn = takeAll().get(0);
    assertThrows(
        IllegalStateException.class,
        () ->
            turn.prepare(
                () -> {
                  throw new IllegalStateException();
                }));
    take();
    assertThrows(ProblemException.class, this::take);
  }

  @Test
  void slowReaderIsBrokenOffOnce() throws IOException {
    AtomicInteger brokenOff = new AtomicInteger();
    ExportTurns.Turn turn = turns.take(Ids.next(), Ids.next(), brokenOff::incrementAndGet);
    OutputStream slow =
        new OutputStream() {
          @Override
          public void write(int one) {
            for (int look = 0; look < 3; look++) {
              turns.breakOffSlow(System.nanoTime() + ReaderPace.PATIENCE.toNanos());
            }
          }
        };
    turn.use(
        slow,
        out -> {
          out.write(1);
          assertTrue(turn.isKept());
        });
    assertEquals(1, brokenOff.get());
    assertFalse(turn.isKept());
  }

  @Test
  void neitherOneProjectNorOnePersonHasAllTurns() {
    UUID project = Ids.next();
    UUID person = Ids.next();
    for (int i = 0; i < ExportTurns.SHARE; i++) {
      turns.take(project, person, () -> {});
    }
    assertThrows(ProblemException.class, () -> turns.take(project, Ids.next(), () -> {}));
    assertThrows(ProblemException.class, () -> turns.take(Ids.next(), person, () -> {}));
    take();
  }

  private ExportTurns.Turn take() {
    return turns.take(Ids.next(), Ids.next(), () -> {});
  }

  private List<ExportTurns.Turn> takeAll() {
    List<ExportTurns.Turn> taken = new ArrayList<>();
    for (int i = 0; i < ExportTurns.AT_ONCE; i++) {
      taken.add(take());
    }
    return taken;
  }
}

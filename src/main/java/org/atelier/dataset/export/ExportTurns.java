package org.atelier.dataset.export;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.atelier.platform.CommonProblem;
import org.atelier.platform.ProblemException;

/**
 * Few exports at a time: each keeps a connection and one state of the database for as long as
 * somebody reads it, however slowly. Thread-safe.
 */
@Singleton
public class ExportTurns {

  /** Exports at the same time; the next is asked to come again. */
  public static final int AT_ONCE = 4;

  private static final int COME_AGAIN_SECONDS = 30;

  private final Semaphore free = new Semaphore(AT_ONCE);

  /**
   * Takes a turn, to be used once or left.
   *
   * @throws ProblemException too-many-requests
   */
  public Turn take() {
    if (!free.tryAcquire()) {
      throw new ProblemException(
          CommonProblem.TOO_MANY_REQUESTS,
          AT_ONCE + " exports are being read already. Ask for this one again in a moment.",
          Map.of("retryAfter", COME_AGAIN_SECONDS));
    }
    return new Turn();
  }

  /** Writes an export. */
  @FunctionalInterface
  public interface Writing {
    void run() throws IOException;
  }

  private enum State {
    TAKEN,
    USED,
    OVER
  }

  /** The right to export. */
  public final class Turn {

    private final AtomicReference<State> state = new AtomicReference<>(State.TAKEN);

    private Turn() {}

    /** Uses the turn up. */
    public void use(Writing writing) throws IOException {
      if (!state.compareAndSet(State.TAKEN, State.USED)) {
        throw new IOException("Nobody waits for the export any more");
      }
      try {
        writing.run();
      } finally {
        end(State.USED);
      }
    }

    /** Gives the turn back unless it is in use: nobody will ask for what it was taken for. */
    public void leave() {
      end(State.TAKEN);
    }

    private void end(State from) {
      if (state.compareAndSet(from, State.OVER)) {
        free.release();
      }
    }
  }
}

package org.atelier.dataset.export;

import jakarta.inject.Singleton;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.atelier.platform.CommonProblem;
import org.atelier.platform.ProblemException;

/**
 * Few exports at a time: each keeps a connection and one state of the database for as long as
 * somebody reads it. One project, and one person, never has all of them, and whoever hardly reads
 * is broken off. Thread-safe.
 */
@Singleton
public class ExportTurns {

  /** Exports at the same time; the next is asked to come again. */
  public static final int AT_ONCE = 4;

  /** Of them, those of one project, and those of one person. */
  public static final int SHARE = 2;

  private static final int COME_AGAIN_SECONDS = 30;

  private final Set<Turn> taken = new HashSet<>();

  /**
   * Takes a turn, to be used once or left.
   *
   * @param breakOff ends the answer, so that the writing fails; called when the reader is too slow
   * @throws ProblemException too-many-requests
   */
  public synchronized Turn take(UUID project, UUID person, Runnable breakOff) {
    if (taken.size() >= AT_ONCE) {
      throw comeAgain(AT_ONCE + " exports are being read already.");
    }
    if (count(turn -> turn.project.equals(project)) >= SHARE) {
      throw comeAgain(SHARE + " exports of the project are being read already.");
    }
    if (count(turn -> turn.person.equals(person)) >= SHARE) {
      throw comeAgain("You are reading " + SHARE + " exports already.");
    }
    Turn turn = new Turn(project, person, breakOff);
    taken.add(turn);
    return turn;
  }

  private long count(Predicate<Turn> which) {
    return taken.stream().filter(which).count();
  }

  private static ProblemException comeAgain(String why) {
    return new ProblemException(
        CommonProblem.TOO_MANY_REQUESTS,
        why + " Ask for this one again in a moment.",
        Map.of("retryAfter", COME_AGAIN_SECONDS));
  }

  private synchronized void free(Turn turn) {
    taken.remove(turn);
  }

  private synchronized boolean isTaken(Turn turn) {
    return taken.contains(turn);
  }

  /**
   * Breaks off exports whose readers take too little, each once; to be called every few seconds.
   */
  public void breakOffSlow(long nanoTime) {
    List<Turn> slow;
    synchronized (this) {
      slow = taken.stream().filter(turn -> turn.isToBeBrokenOff(nanoTime)).toList();
      slow.forEach(turn -> turn.brokenOff = true);
    }
    slow.forEach(turn -> turn.breakOff.run());
  }

  /** Writes an export. */
  @FunctionalInterface
  public interface Writing {
    void to(OutputStream out) throws IOException;
  }

  /** The right to export. */
  public final class Turn {

    private final UUID project;
    private final UUID person;
    private final Runnable breakOff;
    private final ReaderPace pace = new ReaderPace();
    private boolean busy;
    private boolean left;

    /** Guarded by the turns, as {@link ExportTurns#taken} is. */
    private boolean brokenOff;

    private Turn(UUID project, UUID person, Runnable breakOff) {
      this.breakOff = breakOff;
      this.project = project;
      this.person = person;
    }

    private boolean isToBeBrokenOff(long nanoTime) {
      return !brokenOff && pace.isTooSlow(nanoTime);
    }

    /** Whether the turn is not given back yet. */
    public boolean isKept() {
      return isTaken(this);
    }

    /**
     * Does what comes before the writing; the turn is not given back while that goes on, and is
     * when that fails.
     */
    public <T> T prepare(Supplier<T> work) {
      if (!begin()) {
        throw comeAgain("Nobody waited for the export any more.");
      }
      try {
        return work.get();
      } catch (RuntimeException | Error e) {
        leave();
        throw e;
      } finally {
        end();
      }
    }

    /**
     * Uses the turn up.
     *
     * @throws IOException also when the turn was left: nobody waits for the export any more
     */
    public void use(OutputStream reader, Writing writing) throws IOException {
      if (!begin()) {
        throw new IOException("Nobody waits for the export any more");
      }
      try {
        writing.to(new Paced(reader, pace));
      } finally {
        leave();
        end();
      }
    }

    /** Gives the turn back, as soon as nothing is done with it: nobody waits any more. */
    public synchronized void leave() {
      left = true;
      if (!busy) {
        free(this);
      }
    }

    private synchronized boolean begin() {
      if (left) {
        return false;
      }
      busy = true;
      return true;
    }

    private synchronized void end() {
      busy = false;
      if (left) {
        free(this);
      }
    }
  }

  private static final class Paced extends FilterOutputStream {

    private final ReaderPace pace;

    private Paced(OutputStream out, ReaderPace pace) {
      super(out);
      this.pace = pace;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      pace.offered(System.nanoTime());
      try {
        out.write(bytes, offset, count);
      } finally {
        pace.taken(System.nanoTime(), count);
      }
    }

    @Override
    public void flush() throws IOException {
      pace.offered(System.nanoTime());
      try {
        out.flush();
      } finally {
        pace.taken(System.nanoTime(), 0);
      }
    }
  }
}

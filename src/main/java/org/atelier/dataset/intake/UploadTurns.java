package org.atelier.dataset.intake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.atelier.dataset.DatasetProblem;
import org.atelier.platform.ProblemException;

/**
 * Who writes into a file of an upload: always the last who came, because an earlier sender may be
 * gone without the server knowing. So many senders at a time that threads are left for others.
 * Thread-safe.
 */
final class UploadTurns {

  static final int AT_ONCE = 64;

  private final Map<Path, Turn> turns = new ConcurrentHashMap<>();
  private final Semaphore senders = new Semaphore(AT_ONCE);

  /**
   * Takes over a file. What an earlier turn finishes is finished before this returns; it does
   * nothing after.
   *
   * @throws ProblemException uploads-busy
   */
  Turn take(Path file) {
    if (!senders.tryAcquire()) {
      throw new ProblemException(
          DatasetProblem.UPLOADS_BUSY,
          AT_ONCE + " files are being sent already. Nothing is lost; it goes on in a moment.");
    }
    Turn turn = new Turn(file);
    Turn before = turns.put(file, turn);
    if (before != null) {
      before.end();
    }
    return turn;
  }

  /** The right to write into a file until somebody else takes over. */
  final class Turn implements AutoCloseable {

    private final Path file;
    private boolean over;

    private Turn(Path file) {
      this.file = file;
    }

    /**
     * Writes all bytes and waits for the disk; what lay behind the offset is cut off.
     *
     * @param most more are refused
     * @return how many there were
     * @throws ProblemException upload-not-found when the folder or bytes before the offset are
     *     gone, upload-broken-off
     * @throws IOException when they cannot be kept
     */
    long write(long offset, long most, InputStream bytes) throws IOException {
      byte[] buffer = new byte[1 << 16];
      long written = 0;
      try (FileChannel channel = FileChannel.open(file, options(offset))) {
        cut(channel, offset);
        int read;
        while ((read = next(bytes, buffer)) >= 0) {
          if (written + read > most) {
            throw new ProblemException(
                DatasetProblem.UPLOAD_TOO_LARGE, "More bytes were sent than announced.");
          }
          write(channel, offset + written, ByteBuffer.wrap(buffer, 0, read));
          written += read;
        }
        channel.force(false);
      } catch (NoSuchFileException e) {
        throw gone();
      }
      return written;
    }

    /** A file that something was received of before is there, or it is lost. */
    private static Set<StandardOpenOption> options(long offset) {
      return offset == 0
          ? Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE)
          : Set.of(StandardOpenOption.WRITE);
    }

    private static ProblemException gone() {
      return new ProblemException(
          DatasetProblem.UPLOAD_NOT_FOUND,
          "What was received of this upload is gone. Send its files again as a new upload.");
    }

    private int next(InputStream bytes, byte[] buffer) {
      try {
        return bytes.read(buffer);
      } catch (IOException e) {
        throw new ProblemException(
            DatasetProblem.UPLOAD_BROKEN_OFF,
            "The connection broke off. What was received before is safe: continue after it.");
      }
    }

    private synchronized void cut(FileChannel channel, long offset) throws IOException {
      requireMine();
      if (channel.size() < offset) {
        throw gone();
      }
      channel.truncate(offset);
    }

    private synchronized void write(FileChannel channel, long at, ByteBuffer some)
        throws IOException {
      requireMine();
      long place = at;
      while (some.hasRemaining()) {
        place += channel.write(some, place);
      }
    }

    /** Does the last step unless somebody else took over. */
    synchronized <T> T finish(Supplier<T> step) {
      requireMine();
      return step.get();
    }

    private void requireMine() {
      if (over) {
        throw new ProblemException(
            DatasetProblem.UPLOAD_OFFSET, "Another request sends this file now.");
      }
    }

    private synchronized void end() {
      over = true;
    }

    @Override
    public void close() {
      turns.remove(file, this);
      senders.release();
    }
  }
}

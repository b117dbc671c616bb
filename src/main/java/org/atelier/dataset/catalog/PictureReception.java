package org.atelier.dataset.catalog;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.atelier.dataset.DatasetProblem;
import org.atelier.dataset.picture.CleanPicture;
import org.atelier.dataset.picture.PictureCleaner;
import org.atelier.dataset.picture.PictureLimits;
import org.atelier.dataset.picture.PictureRefusedException;
import org.atelier.platform.CommonProblem;
import org.atelier.platform.ProblemException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Receives single pictures over the network. While one is being sent it takes room on disk and none
 * in memory; what was received is read and cleaned one after the other, in order. A process that is
 * killed leaves nothing. Thread-safe.
 */
@Singleton
class PictureReception {

  /** Senders at the same time; the next is asked to come again. */
  static final int AT_ONCE = 16;

  private final PictureCleaner cleaner;
  private final Path folder;
  private final Semaphore senders = new Semaphore(AT_ONCE);
  private final Semaphore turn = new Semaphore(1, true);

  @Inject
  PictureReception(
      PictureCleaner cleaner,
      @ConfigProperty(name = "atelier.dataset.uploads") Optional<Path> uploads,
      @ConfigProperty(name = "atelier.data-dir", defaultValue = "data") Path dataDirectory) {
    this(cleaner, uploads.orElse(dataDirectory.resolve("uploads")).resolve("pictures"));
  }

  PictureReception(PictureCleaner cleaner, Path folder) {
    this.cleaner = cleaner;
    this.folder = folder;
  }

  /**
   * Receives, checks and cleans a picture.
   *
   * @throws ProblemException invalid-input when it is none or too large, too-many-requests,
   *     storage-full
   * @throws IOException when the sender breaks off
   */
  CleanPicture receive(InputStream file) throws IOException {
    if (!senders.tryAcquire()) {
      throw new ProblemException(
          CommonProblem.TOO_MANY_REQUESTS,
          AT_ONCE + " pictures are being sent already. Send this one again in a moment.");
    }
    try (FileChannel received = open()) {
      copy(file, received);
      return clean(received);
    } finally {
      senders.release();
    }
  }

  private FileChannel open() {
    try {
      return FileChannel.open(
          Files.createDirectories(folder).resolve(UUID.randomUUID().toString()),
          StandardOpenOption.CREATE_NEW,
          StandardOpenOption.READ,
          StandardOpenOption.WRITE,
          StandardOpenOption.DELETE_ON_CLOSE);
    } catch (IOException e) {
      throw full(e);
    }
  }

  /** One byte above the limit is enough to be refused. */
  private static void copy(InputStream file, FileChannel to) throws IOException {
    byte[] buffer = new byte[1 << 16];
    int read;
    while (to.position() <= PictureLimits.DEFAULT.mostBytes() && (read = file.read(buffer)) >= 0) {
      write(to, ByteBuffer.wrap(buffer, 0, read));
    }
  }

  private static void write(FileChannel to, ByteBuffer bytes) {
    try {
      while (bytes.hasRemaining()) {
        to.write(bytes);
      }
    } catch (IOException e) {
      throw full(e);
    }
  }

  private CleanPicture clean(FileChannel received) throws IOException {
    turn.acquireUninterruptibly();
    try {
      return cleaner.clean(cleaner.read(Channels.newInputStream(received.position(0))));
    } catch (PictureRefusedException e) {
      throw ProblemException.invalid(
          "picture",
          e.getMessage()
              + ". Choose a JPEG, PNG, WebP or GIF picture of at most 64 MiB and 50 million"
              + " pixels.");
    } finally {
      turn.release();
    }
  }

  private static ProblemException full(IOException e) {
    return new ProblemException(
        DatasetProblem.STORAGE_FULL,
        "The picture could not be kept (" + e.getMessage() + "). Make room and send it again.");
  }
}

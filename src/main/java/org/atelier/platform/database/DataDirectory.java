package org.atelier.platform.database;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The folder in which an installation keeps what must survive: database, keys, stored objects. One
 * process at a time owns it; the ownership ends with {@link #close()} or with the process.
 */
public final class DataDirectory implements AutoCloseable {

  private static final String LOCK_FILE = "atelier.lock";

  private final Path path;
  private final FileChannel channel;
  private final FileLock lock;

  private DataDirectory(Path path, FileChannel channel, FileLock lock) {
    this.path = path;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Takes ownership of a folder, making it (readable by its owner only) when absent.
   *
   * @throws DataDirectoryInUseException when another process owns it
   * @throws DatabaseStartException when it cannot be written
   */
  public static DataDirectory open(Path path) {
    try {
      Path real = create(path);
      FileChannel channel =
          FileChannel.open(
              real.resolve(LOCK_FILE),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        String owner = readOwner(channel);
        channel.close();
        throw new DataDirectoryInUseException(
            "The data directory "
                + real
                + " is in use by another Atelier"
                + owner
                + ". Stop that one first, or choose another directory with ATELIER_DATA_DIR.");
      }
      writeOwner(channel);
      return new DataDirectory(real, channel, lock);
    } catch (IOException e) {
      throw new DatabaseStartException(
          "The data directory " + path.toAbsolutePath() + " cannot be used: " + e.getMessage(), e);
    }
  }

  /** Absolute path without symbolic links. */
  public Path path() {
    return path;
  }

  @Override
  public void close() {
    try {
      lock.release();
      channel.close();
    } catch (IOException e) {
      throw new DatabaseStartException("The lock of " + path + " cannot be released", e);
    }
  }

  private static Path create(Path path) throws IOException {
    if (!Files.exists(path)) {
      Files.createDirectories(path);
      if (Files.getFileAttributeView(path, PosixFileAttributeView.class) != null) {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
      }
    }
    return path.toRealPath();
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static void writeOwner(FileChannel channel) throws IOException {
    channel.truncate(0);
    String pid = Long.toString(ProcessHandle.current().pid());
    channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
  }

  private static String readOwner(FileChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(20);
    int length = channel.read(buffer, 0);
    if (length <= 0) {
      return "";
    }
    return " (process " + new String(buffer.array(), 0, length, StandardCharsets.US_ASCII) + ")";
  }
}

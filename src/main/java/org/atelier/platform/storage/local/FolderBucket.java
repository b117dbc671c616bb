package org.atelier.platform.storage.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.atelier.platform.storage.BoundedInputStream;
import org.atelier.platform.storage.Bucket;

/**
 * A folder. Files appear by renaming, after their bytes and before their name have reached the
 * disk, so a reader sees a file whole or not at all, also after a power failure.
 */
public final class FolderBucket implements Bucket {

  private static final String STAGING = "staging";

  private final Path root;
  private final Path staging;
  private final boolean durable;
  private final Clock clock;

  private FolderBucket(Path root, boolean durable, Clock clock) {
    this.root = root;
    this.staging = root.resolve(STAGING);
    this.durable = durable;
    this.clock = clock;
  }

  /**
   * Opens a folder, making it when absent.
   *
   * @param durable whether storing waits for the disk; false only where the data can be made again
   */
  public static FolderBucket open(Path root, boolean durable, Clock clock) throws IOException {
    Path absolute = root.toAbsolutePath().normalize();
    FolderBucket bucket = new FolderBucket(absolute, durable, clock);
    Files.createDirectories(bucket.staging);
    return bucket;
  }

  @Override
  public Path staging() {
    return staging;
  }

  @Override
  public void store(String key, Path staged) throws IOException {
    Path target = path(key);
    if (durable) {
      force(staged, StandardOpenOption.WRITE);
    }
    boolean newFolder = !Files.isDirectory(target.getParent());
    Files.createDirectories(target.getParent());
    Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE);
    if (durable) {
      force(target.getParent(), StandardOpenOption.READ);
      if (newFolder) {
        force(target.getParent().getParent(), StandardOpenOption.READ);
      }
    }
  }

  @Override
  public Part open(String key, long offset, long length) throws IOException {
    FileChannel channel = FileChannel.open(path(key), StandardOpenOption.READ);
    try {
      long size = channel.size();
      channel.position(Math.min(offset, size));
      InputStream all = Channels.newInputStream(channel);
      boolean toTheEnd = length >= size - offset;
      return new Part(toTheEnd ? all : new BoundedInputStream(all, length), size);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public boolean touch(String key) throws IOException {
    try {
      Files.setLastModifiedTime(path(key), FileTime.from(clock.instant()));
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  @Override
  public Optional<Instant> modified(String key) throws IOException {
    try {
      return Optional.of(Files.getLastModifiedTime(path(key)).toInstant());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public void delete(String key) throws IOException {
    Files.deleteIfExists(path(key));
  }

  @Override
  public void list(String prefix, Consumer<Entry> each) throws IOException {
    Path folder = path(prefix);
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      paths.filter(Files::isRegularFile).forEach(path -> visit(path, each));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public long free() throws IOException {
    return Files.getFileStore(root).getUsableSpace();
  }

  private void visit(Path path, Consumer<Entry> each) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      String key = root.relativize(path).toString().replace('\\', '/');
      each.accept(new Entry(key, attributes.size(), attributes.lastModifiedTime().toInstant()));
    } catch (NoSuchFileException e) {
      // Removed while listing.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path path(String key) {
    return root.resolve(key);
  }

  private static void force(Path path, StandardOpenOption option) throws IOException {
    try (FileChannel channel = FileChannel.open(path, option)) {
      channel.force(true);
    }
  }
}

package org.atelier.dataset.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A folder with everything below it; links are not followed, hidden files are left out. */
public final class FolderTree implements FileTree {

  private final Path root;
  private final List<String> files = new ArrayList<>();
  private final List<Refused> refused = new ArrayList<>();

  /**
   * Lists the folder.
   *
   * @param mostFiles more are refused
   * @throws UnreadableSourceException when there are too many files
   */
  public FolderTree(Path root, int mostFiles) throws IOException {
    this.root = root;
    Files.walkFileTree(root, new Lister(mostFiles));
    Collections.sort(files);
  }

  @Override
  public String name() {
    return root.getFileName().toString();
  }

  @Override
  public List<String> files() {
    return Collections.unmodifiableList(files);
  }

  @Override
  public List<Refused> refused() {
    return Collections.unmodifiableList(refused);
  }

  @Override
  public long size(String file) {
    try {
      return Files.size(root.resolve(file));
    } catch (IOException e) {
      return -1;
    }
  }

  @Override
  public InputStream open(String file) throws IOException {
    if (Collections.binarySearch(files, file) < 0) {
      throw new NoSuchFileException(file);
    }
    return Files.newInputStream(root.resolve(file), LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public void close() {
    // nothing is kept open
  }

  private final class Lister extends SimpleFileVisitor<Path> {

    private final int mostFiles;

    private Lister(int mostFiles) {
      this.mostFiles = mostFiles;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      boolean hidden = !folder.equals(root) && folder.getFileName().toString().startsWith(".");
      return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      String name = root.relativize(file).toString().replace('\\', '/');
      if (attributes.isSymbolicLink()) {
        refused.add(new Refused(name, "Links are not followed"));
      } else if (!file.getFileName().toString().startsWith(".") && attributes.isRegularFile()) {
        files.add(name);
      }
      if (files.size() > mostFiles) {
        throw new UnreadableSourceException(
            "The folder %s has more than %,d files".formatted(name(), mostFiles));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException problem) {
      refused.add(new Refused(root.relativize(file).toString(), "The file could not be opened"));
      return FileVisitResult.CONTINUE;
    }
  }
}

package org.atelier.dataset.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A folder with everything below it; links are not followed, hidden files are left out, and so are,
 * as refused, files whose names the locale of this process cannot express.
 */
public final class FolderTree implements FileTree {

  private static final String INEXPRESSIBLE =
      "The server cannot express the file's name: it is not UTF-8, or Atelier was started without a"
          + " UTF-8 locale (LC_ALL=C.UTF-8)";

  private final Path root;
  private final List<String> files = new ArrayList<>();
  private final List<String> hidden = new ArrayList<>();
  private final List<Refused> refused = new ArrayList<>();

  /**
   * Lists the folder.
   *
   * @param mostFiles more are refused; what is hidden or refused counts too
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
  public List<String> hidden() {
    return Collections.unmodifiableList(hidden);
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
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      if (folder.equals(root) || !folder.getFileName().toString().startsWith(".")) {
        return FileVisitResult.CONTINUE;
      }
      hide(name(folder) + "/");
      requireFew();
      return FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      String name = name(file);
      if (!isExpressible(file)) {
        refused.add(new Refused(name, INEXPRESSIBLE));
      } else if (attributes.isSymbolicLink()) {
        refused.add(new Refused(name, "Links are not followed"));
      } else if (file.getFileName().toString().startsWith(".")) {
        hide(name);
      } else if (attributes.isRegularFile()) {
        files.add(name);
      }
      requireFew();
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
      refused.add(new Refused(name(file), "The file could not be opened"));
      requireFew();
      return FileVisitResult.CONTINUE;
    }

    private void requireFew() throws IOException {
      if (files.size() + hidden.size() + refused.size() > mostFiles) {
        throw new UnreadableSourceException(
            "The folder %s has more than %,d files".formatted(FolderTree.this.name(), mostFiles));
      }
    }

    private void hide(String name) {
      if (!Litter.is(name)) {
        hidden.add(name);
      }
    }

    private String name(Path file) {
      return root.relativize(file).toString().replace('\\', '/');
    }

    /** Whether the name, once it is text, still leads to the file. */
    private boolean isExpressible(Path file) {
      try {
        Path again = root.resolve(root.relativize(file).toString());
        return again.equals(file) || Files.exists(again, LinkOption.NOFOLLOW_LINKS);
      } catch (InvalidPathException e) {
        return false;
      }
    }
  }
}

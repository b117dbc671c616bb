package org.atelier.dataset.intake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.atelier.dataset.ReceivedUploads;
import org.atelier.dataset.format.FileTree;
import org.atelier.dataset.format.Litter;

/** The files of an upload under the names they had. */
final class UploadTree implements FileTree {

  private final Map<String, ReceivedUploads.ReceivedFile> files = new TreeMap<>();
  private final List<String> names;
  private final List<String> hidden = new ArrayList<>();

  UploadTree(List<ReceivedUploads.ReceivedFile> stored) {
    stored.forEach(file -> files.put(file.name(), file));
    names = files.keySet().stream().filter(name -> !Litter.isHidden(name)).toList();
    files.keySet().stream()
        .filter(name -> Litter.isHidden(name) && !Litter.is(name))
        .forEach(hidden::add);
  }

  @Override
  public String name() {
    return "The upload";
  }

  @Override
  public List<String> files() {
    return names;
  }

  @Override
  public List<String> hidden() {
    return Collections.unmodifiableList(hidden);
  }

  @Override
  public List<Refused> refused() {
    return List.of();
  }

  @Override
  public long size(String file) {
    ReceivedUploads.ReceivedFile stored = files.get(file);
    return stored == null ? -1 : stored.size();
  }

  @Override
  public InputStream open(String file) throws IOException {
    ReceivedUploads.ReceivedFile stored = files.get(file);
    if (stored == null) {
      throw new NoSuchFileException(file);
    }
    return Files.newInputStream(stored.path());
  }

  @Override
  public void close() {
    // nothing is kept open
  }
}

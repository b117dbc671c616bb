package org.atelier.dataset.intake;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Settings below {@code atelier.dataset}. */
@ConfigMapping(prefix = "atelier.dataset")
public interface DatasetConfig {

  /** Folders of the server that administrators may import from; none by default. */
  Optional<List<Path>> importRoots();

  /** Folder of unfinished uploads; {@code uploads} below the data directory when not given. */
  Optional<Path> uploads();

  /** Most bytes of one upload, all files together. */
  @WithDefault("53687091200")
  long mostUploadBytes();

  /** Most files of one upload. */
  @WithDefault("200000")
  int mostUploadFiles();

  /** Threads that decode pictures of one import. */
  @WithDefault("2")
  int pictureThreads();
}

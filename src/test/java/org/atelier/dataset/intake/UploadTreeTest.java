package org.atelier.dataset.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.atelier.dataset.ReceivedUploads.ReceivedFile;
import org.junit.jupiter.api.Test;

class UploadTreeTest {

  @Test
  void hiddenFilesAreNamedAndNotReadAndLitterIsPassedOver() {
    UploadTree tree =
        new UploadTree(
            Stream.of("f/a.jpg", "f/.b.jpg", ".hidden/c.jpg", "f/.DS_Store", "__MACOSX/._a.jpg")
                .map(name -> new ReceivedFile(name, 1, Path.of("stored")))
                .toList());
    assertEquals(List.of("f/a.jpg"), tree.files());
    assertEquals(List.of(".hidden/c.jpg", "f/.b.jpg"), tree.hidden());
  }
}

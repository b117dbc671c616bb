package org.atelier.dataset.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.atelier.dataset.ItemKind;
import org.atelier.dataset.format.UnreadableSourceException;
import org.atelier.platform.Ids;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A path on the server names a file where one is expected, and a folder where that is. */
class SourceOpenerTest {

  @TempDir Path folder;

  private String refusal(ImportSpec.Format format, Path path, Path labels) {
    DatasetConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(DatasetConfig.class)
            .withDefaultValue("atelier.dataset.import-roots", folder.toString())
            .build()
            .getConfigMapping(DatasetConfig.class);
    SourceOpener opener = new SourceOpener(null, null, config);
    ImportSpec spec =
        new ImportSpec(
            format,
            null,
            path.toString(),
            labels == null ? null : labels.toString(),
            null,
            null,
            null,
            null,
            null);
    ItemKind kind = format.isText() ? ItemKind.TEXT : ItemKind.IMAGE;
    String message =
        assertThrows(UnreadableSourceException.class, () -> opener.open(spec, Ids.next(), kind))
            .getMessage();
    return message.replace(folder.toString() + "/", "").toLowerCase(Locale.ROOT);
  }

  @Test
  void aFolderInPlaceOfAFileIsNamed() throws Exception {
    Path inner = Files.createDirectory(folder.resolve("inner"));
    for (ImportSpec.Format format : ImportSpec.Format.values()) {
      if (format != ImportSpec.Format.FOLDER) {
        assertEquals("inner: expected a file, found a folder", refusal(format, inner, null));
      }
    }
  }

  @Test
  void aFileInPlaceOfAFolderIsNamed() throws Exception {
    Path file = Files.writeString(folder.resolve("rows.csv"), "text\na\n");
    assertEquals(
        "rows.csv: expected a folder, found a file", refusal(ImportSpec.Format.FOLDER, file, null));
    Path labels = Files.createDirectory(folder.resolve("labels"));
    assertEquals(
        "labels: expected a file, found a folder", refusal(ImportSpec.Format.IDX, file, labels));
  }
}

package org.atelier.dataset.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.atelier.dataset.ItemKind;
import org.atelier.dataset.format.SourceRow;
import org.atelier.dataset.format.SourceView;
import org.junit.jupiter.api.Test;

/** Imports of pictures. */
class PictureImportTest extends ImportScene {

  @Test
  void picturesAreStoredOnceAndDamagedOnesRefused() throws IOException {
    UUID dataset = dataset(ItemKind.IMAGE);
    picture("a.png", 0xff0000);
    picture("b.png", 0x00ff00);
    picture("copy-of-a.png", 0xff0000);
    Files.write(
        folder.resolve("pictures/cut.png"),
        java.util.Arrays.copyOf(Files.readAllBytes(folder.resolve("pictures/a.png")), 50));
    Files.writeString(folder.resolve("pictures/evil.jpg"), "<svg onload=alert(1)>");
    UUID id = start(dataset);
    run(id, pictures(), null);
    assertEquals(2, row(id).added());
    assertEquals(
        List.of(
            "3: It has the same content as the item a.png",
            "4: cut.png: The picture is truncated: the file ends before the picture does",
            "5: evil.jpg: Not a JPEG, PNG, WebP or GIF picture"),
        refusals(id));
    String sha256 =
        jdbi.withHandle(
            h ->
                h.createQuery(
                        "select v.sha256 from dataset.item_view v join dataset.item i on i.id ="
                            + " v.item_id where i.dataset_id = ? and i.ordinal = 0")
                    .bind(0, dataset)
                    .mapTo(String.class)
                    .one());
    assertEquals("image/png", objects.stat(sha256).orElseThrow().mediaType());
  }

  @Test
  void itemWhosePicturesDoNotFitIntoMemoryTogetherIsRefusedBeforeTheyAreRead() throws IOException {
    UUID dataset = dataset(ItemKind.IMAGE);
    picture("a.png", 0xff0000);
    Path small = folder.resolve("pictures/a.png");
    List<SourceView> views =
        List.of(
            new SourceView.EncodedFile("front", "a.png", -1, () -> Files.newInputStream(small)),
            new SourceView.EncodedFile(
                "back",
                "b.png",
                256L << 20,
                () -> {
                  throw new AssertionError("must not be opened");
                }));
    UUID id = start(dataset);
    run(id, new OneRow(new SourceRow(1, "big", null, views, Map.of(), null, null)), null);
    assertEquals(
        List.of("1: The pictures of the item have more than 256 MiB together"), refusals(id));
    assertEquals(List.of(), items(dataset));
  }
}

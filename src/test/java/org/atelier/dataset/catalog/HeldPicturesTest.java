package org.atelier.dataset.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.atelier.dataset.ItemKind;
import org.atelier.dataset.picture.PictureCleaner;
import org.atelier.platform.Ids;
import org.atelier.platform.ProblemException;
import org.atelier.platform.database.PostgresExtension;
import org.atelier.platform.storage.PackedObjectStore;
import org.atelier.platform.storage.local.FolderBucket;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class HeldPicturesTest {

  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();

  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
  private static final Instant LATER = NOW.plus(Duration.ofDays(1));

  @TempDir Path folder;

  private final UUID project = Ids.next();
  private final UUID job = Ids.next();
  private Jdbi jdbi;
  private PackedObjectStore store;

  @BeforeEach
  void open() throws IOException {
    jdbi = POSTGRES.jdbi();
    store =
        PackedObjectStore.open(
            FolderBucket.open(folder, false, Clock.systemUTC()), Clock.systemUTC());
  }

  private HeldPictureService at(Instant now) {
    return new HeldPictureService(
        jdbi, store, new PictureCleaner(), Clock.fixed(now, ZoneOffset.UTC));
  }

  private static InputStream picture(int colour) throws IOException {
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
    image.setRGB(1, 1, colour);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return new ByteArrayInputStream(bytes.toByteArray());
  }

  private Set<String> needed() {
    Set<String> needed = new HashSet<>();
    new PictureReferences(jdbi).visit(needed::add);
    return needed;
  }

  private void collect(Instant before) {
    new PictureReferences(jdbi).dropUnused(before);
  }

  @Test
  void aPictureStaysForAsLongAsSomebodyHoldsItAndADayLonger() throws IOException {
    String sha256 = at(NOW).bring(project, picture(1)).sha256();
    collect(NOW);
    assertTrue(needed().contains(sha256));

    at(NOW).hold(project, job, List.of(sha256));
    UUID copy = Ids.next();
    at(NOW).hold(project, copy, List.of(sha256));
    collect(LATER);
    assertTrue(needed().contains(sha256));

    at(LATER).hold(project, job, List.of());
    collect(LATER.plusSeconds(1));
    assertTrue(needed().contains(sha256), "the copy holds it");

    at(LATER).hold(project, copy, List.of());
    collect(LATER);
    assertEquals(Set.of(sha256), at(LATER).brought(project, List.of(sha256)));
    collect(LATER.plusSeconds(1));
    assertEquals(Set.of(), at(LATER).brought(project, List.of(sha256)));
    assertTrue(!needed().contains(sha256));
  }

  @Test
  void whatNobodySavedGoesAndBringingItAgainStartsTheDayAnew() throws IOException {
    String sha256 = at(NOW).bring(project, picture(2)).sha256();
    assertEquals(sha256, at(LATER).bring(project, picture(2)).sha256());
    collect(NOW.plusSeconds(1));
    assertTrue(needed().contains(sha256));
    collect(LATER.plusSeconds(1));
    assertTrue(!needed().contains(sha256));
  }

  @Test
  void anItemKeepsItsPictureAndTakesItAwayWhenItIsDeleted() throws IOException {
    String sha256 = at(NOW).bring(project, picture(3)).sha256();
    at(NOW).hold(project, job, List.of(sha256));
    UUID item = itemShowing(sha256);
    jdbi.useTransaction(h -> Burials.forget(h, project, List.of(sha256)));
    assertTrue(needed().contains(sha256));

    UUID dataset =
        jdbi.withHandle(
            h ->
                h.select("select dataset_id from dataset.item where id = ?", item)
                    .mapTo(UUID.class)
                    .one());
    List<String> gone =
        jdbi.inTransaction(
            h ->
                Burials.bury(
                    h,
                    CatalogWrites.lock(h, project, dataset),
                    2,
                    List.of(item),
                    new Burials.Burial("asked for", null, NOW)));
    assertEquals(List.of(sha256), gone);
    assertEquals(Set.of(), at(NOW).brought(project, List.of(sha256)));
  }

  @Test
  void aCancelledImportDoesNotTakeAwayWhatSomebodyHolds() throws IOException {
    String sha256 = at(NOW).bring(project, picture(4)).sha256();
    at(NOW).hold(project, job, List.of(sha256));
    jdbi.useTransaction(h -> Burials.forget(h, project, List.of(sha256)));
    assertEquals(Set.of(sha256), at(NOW).brought(project, List.of(sha256)));
  }

  @Test
  void anotherProjectHasNoneOfIt() throws IOException {
    String sha256 = at(NOW).bring(project, picture(5)).sha256();
    UUID other = Ids.next();
    assertEquals(Set.of(), at(NOW).brought(other, List.of(sha256)));
    at(NOW).hold(other, job, List.of(sha256));
    assertEquals(Set.of(), at(NOW).brought(other, List.of(sha256)));
  }

  @Test
  void aFileThatIsNoPictureIsRefusedWithTheReasonAndTheWayOut() {
    InputStream text = new ByteArrayInputStream("not a picture".getBytes(StandardCharsets.UTF_8));
    ProblemException refused =
        assertThrows(ProblemException.class, () -> at(NOW).bring(project, text));
    assertEquals("picture", refused.members().get("field"));
    assertTrue(
        refused
            .getMessage()
            .endsWith(
                "Choose a JPEG, PNG, WebP or GIF picture of at most 64 MiB"
                    + " and 50 million pixels."),
        refused.getMessage());
  }

  private UUID itemShowing(String sha256) {
    UUID dataset = Ids.next();
    UUID item = Ids.next();
    jdbi.useTransaction(
        h -> {
          CatalogWrites.insertDataset(
              h, dataset, project, "d" + dataset, ItemKind.IMAGE, "", null, NOW);
          h.execute("update dataset.dataset set latest_version = 1 where id = ?", dataset);
          h.execute(
              """
              insert into dataset.item (id, dataset_id, ordinal, external_id, kind, metadata,
                added_in, digest)
              values (?, ?, 0, 'shirt', 'IMAGE', '{}', 1, 'd')
              """,
              item,
              dataset);
          h.execute("insert into dataset.item_view values (?, 0, 'front', ?, 3, 2)", item, sha256);
        });
    return item;
  }
}

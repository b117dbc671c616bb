package org.atelier.dataset.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.atelier.dataset.ItemKind;
import org.atelier.dataset.ViewRef;
import org.atelier.platform.Ids;
import org.atelier.platform.database.PostgresExtension;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two datasets of a project that show the same picture, one of which loses it. */
class PictureLocksTest {

  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();

  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

  private final UUID project = Ids.next();
  private final String picture = Ids.next().toString().replace("-", "0").repeat(2).substring(0, 64);
  private final UUID first = dataset();
  private final UUID second = dataset();

  @Test
  void pictureThatAnImportIsAboutToShowStaysWhenTheOtherDatasetLosesIt() throws Exception {
    POSTGRES.jdbi().useTransaction(h -> show(h, first));
    CompletableFuture<List<String>> gone;
    try (Handle importing = POSTGRES.jdbi().open()) {
      importing.begin();
      show(importing, second);
      gone = CompletableFuture.supplyAsync(() -> POSTGRES.jdbi().inTransaction(this::lose));
      assertThrows(TimeoutException.class, () -> gone.get(500, TimeUnit.MILLISECONDS));
      importing.commit();
    }
    assertEquals(List.of(), gone.get(60, TimeUnit.SECONDS));
    assertEquals(List.of(picture), pictures());
  }

  @Test
  void pictureThatGoesWhileAnImportWritesIsMadeKnownAgain() throws Exception {
    POSTGRES.jdbi().useTransaction(h -> show(h, first));
    CompletableFuture<Void> shown;
    try (Handle deleting = POSTGRES.jdbi().open()) {
      deleting.begin();
      assertEquals(List.of(picture), lose(deleting));
      shown =
          CompletableFuture.runAsync(
              () -> POSTGRES.jdbi().useTransaction(importing -> show(importing, second)));
      assertThrows(TimeoutException.class, () -> shown.get(500, TimeUnit.MILLISECONDS));
      deleting.commit();
    }
    shown.get(60, TimeUnit.SECONDS);
    assertEquals(List.of(picture), pictures());
  }

  private UUID dataset() {
    UUID id = Ids.next();
    POSTGRES
        .jdbi()
        .useTransaction(
            h ->
                CatalogWrites.insertDataset(
                    h, id, project, "d" + id, ItemKind.IMAGE, "", null, NOW));
    return id;
  }

  private void show(Handle h, UUID dataset) {
    Burials.holdObjects(h);
    var locked = CatalogWrites.lock(h, project, dataset);
    CatalogWrites.addPictures(h, project, List.of(new NewPicture(picture, "image/png", 100, 6, 6)));
    var view = new ViewRef("image", picture, 6, 6);
    var item = new NewItem(1, "shirt", null, "{}", null, null, new byte[] {1}, List.of(view));
    CatalogWrites.addItems(h, locked, 1, List.of(item));
  }

  private List<String> lose(Handle h) {
    var locked = CatalogWrites.lock(h, project, first);
    List<UUID> items =
        h.select("select id from dataset.item where dataset_id = ?", first)
            .mapTo(UUID.class)
            .list();
    var burial = new Burials.Burial("asked for", null, NOW);
    return Burials.drop(h, project, Burials.bury(h, locked, 2, items, burial));
  }

  private List<String> pictures() {
    return POSTGRES
        .jdbi()
        .withHandle(
            h ->
                h.select("select sha256 from dataset.picture where project_id = ?", project)
                    .mapTo(String.class)
                    .list());
  }
}

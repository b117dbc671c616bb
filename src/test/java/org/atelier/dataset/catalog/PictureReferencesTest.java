package org.atelier.dataset.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.atelier.platform.Ids;
import org.atelier.platform.database.PostgresExtension;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PictureReferencesTest {

  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();

  private static final String TAKEN = "a".repeat(64);
  private static final String UNUSED = "b".repeat(64);

  private final UUID project = Ids.next();

  @Test
  void collectionWaitsForAnImportThatIsWritingAndSeesThePicturesItNames() throws Exception {
    Jdbi jdbi = POSTGRES.jdbi();
    PictureReferences references = new PictureReferences(jdbi);
    CompletableFuture<Set<String>> needed = new CompletableFuture<>();

    jdbi.useTransaction(
        h -> {
          Burials.holdObjects(h);
          CatalogWrites.addPictures(
              h, project, List.of(new NewPicture(TAKEN, "image/png", 100, 6, 6)));
          new Thread(() -> needed.complete(references.needed(Set.of(TAKEN, UNUSED)))).start();
          assertThrows(TimeoutException.class, () -> needed.get(1, TimeUnit.SECONDS));
        });

    assertEquals(Set.of(TAKEN), needed.get(60, TimeUnit.SECONDS));
  }
}

package org.atelier.dataset.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.atelier.dataset.ItemKind;
import org.atelier.dataset.VersionView;
import org.atelier.platform.Ids;
import org.atelier.platform.database.PostgresExtension;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LabeledVersionsTest {

  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();

  private static final Instant AT = Instant.parse("2026-11-30T08:00:00Z");

  private final UUID project = Ids.next();

  @Test
  void ofEveryDatasetNoMoreThanTheNewestLabelledVersionsAreRead() {
    Jdbi jdbi = POSTGRES.jdbi();
    UUID many = dataset(jdbi, project, 12, List.of("bag"));
    UUID one = dataset(jdbi, project, 1, List.of("bag"));
    dataset(jdbi, project, 3, null);
    dataset(jdbi, Ids.next(), 2, List.of("bag"));
    List<VersionView> found = jdbi.withHandle(h -> LabeledVersions.newest(h, project, 10));
    assertEquals(11, found.size());
    assertEquals(one, found.get(0).datasetId());
    assertEquals(many, found.get(1).datasetId());
    assertEquals(
        List.of(12, 11, 10, 9, 8, 7, 6, 5, 4, 3),
        found.stream().skip(1).map(VersionView::number).toList());
  }

  private static UUID dataset(Jdbi jdbi, UUID project, int versions, List<String> labels) {
    UUID id = Ids.next();
    jdbi.useTransaction(
        h -> {
          CatalogWrites.insertDataset(h, id, project, "d " + id, ItemKind.TEXT, "", null, AT);
          for (int number = 1; number <= versions; number++) {
            var locked = CatalogWrites.lock(h, project, id);
            NewItem item =
                new NewItem(1, "i" + number, "t", "{}", labels, null, new byte[32], List.of());
            CatalogWrites.addItems(h, locked, number, List.of(item));
            var version = CatalogWrites.measure(h, id, number, 1, 0, "");
            CatalogWrites.addVersion(h, locked, number, version, null, AT);
          }
        });
    return id;
  }
}

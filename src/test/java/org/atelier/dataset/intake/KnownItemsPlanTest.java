package org.atelier.dataset.intake;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.atelier.platform.Ids;
import org.atelier.platform.database.PostgresExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Importing the same rows again looks each up, so its cost must not grow with the dataset. */
class KnownItemsPlanTest {

  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();

  private static final int ITEMS = 30_000;

  @Test
  void idsAndContentsAreFoundByIndexWithoutReadingTheDataset() {
    UUID dataset = Ids.next();
    POSTGRES
        .jdbi()
        .useHandle(
            h -> {
              h.execute(
                  """
                  insert into dataset.dataset (id, project_id, name, kind, created_at, latest_version)
                  values (?, ?, 'texts', 'TEXT', now(), 1)
                  """,
                  dataset,
                  Ids.next());
              h.execute(
                  """
                  insert into dataset.item (id, dataset_id, ordinal, external_id, kind, text,
                    metadata, added_in, digest)
                  select gen_random_uuid(), ?, n, 'id-' || n, 'TEXT', 'text ' || n, '{}', 1,
                    decode(lpad(to_hex(n), 8, '0'), 'hex')
                  from generate_series(0, ?) n
                  """,
                  dataset,
                  ITEMS - 1);
              h.execute("analyze dataset.item");
            });
    String plan = plan(dataset, 20);
    assertTrue(plan.contains("item_dataset_id_external_id_key"), plan);
    assertTrue(plan.contains("item_by_digest"), plan);
    assertFalse(plan.contains("Seq Scan on item"), plan);
  }

  private static String plan(UUID dataset, int asked) {
    return POSTGRES
        .jdbi()
        .withHandle(
            h ->
                h
                    .createQuery("explain " + KnownItems.LOOK_UP)
                    .bind("dataset", dataset)
                    .bind(
                        "ids",
                        IntStream.range(0, asked).mapToObj(n -> "id-" + n).toArray(String[]::new))
                    .bind(
                        "digests",
                        IntStream.range(0, asked)
                            .mapToObj(n -> String.format("%08x", n))
                            .toArray(String[]::new))
                    .mapTo(String.class)
                    .stream()
                    .collect(Collectors.joining("\n")));
  }
}

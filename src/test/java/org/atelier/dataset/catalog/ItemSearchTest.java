package org.atelier.dataset.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.atelier.dataset.ItemRow;
import org.atelier.platform.Ids;
import org.atelier.platform.Slice;
import org.atelier.platform.database.PostgresExtension;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * 30,000 texts "plain shirt number n": every one has the label common, the item 25,000 also rare,
 * the brand Nadel and the word filigree, the item 12,000 the label rare of a later version.
 */
class ItemSearchTest {

  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();

  private static final int ITEMS = 30_000;

  private final UUID project = Ids.next();
  private final UUID dataset = Ids.next();
  private Jdbi jdbi;
  private CatalogReads reads;

  @BeforeEach
  void fill() {
    jdbi = POSTGRES.jdbi();
    reads = TestCatalog.reads(jdbi);
    jdbi.useHandle(
        h -> {
          h.execute(
              """
              insert into dataset.dataset (id, project_id, name, kind, created_at, latest_version)
              values (?, ?, ?, 'TEXT', now(), 2)
              """,
              dataset,
              project,
              "shirts " + dataset);
          h.execute(
              """
              insert into dataset.dataset_version (dataset_id, number, digest, item_count, added,
                removed, labeled, note, created_at)
              select ?, v, v::text, ?, 0, 0, 0, '', now() from generate_series(1, 2) v
              """,
              dataset,
              ITEMS);
          h.execute(
              """
              insert into dataset.item (id, dataset_id, ordinal, external_id, kind, text, metadata,
                known_labels, added_in, digest)
              select gen_random_uuid(), ?, n, 'id-' || n, 'TEXT', 'plain shirt number ' || n ||
                  case when n = 25000 then ' with Filigree buttons' else '' end,
                case when n = 25000 then '{"brand": "Nadel", "price": 12.50}'::jsonb
                  else '{"brand": "Zwirn"}' end,
                case when n = 25000 then array['common', 'rare'] else array['common'] end, 1,
                decode(lpad(to_hex(n), 8, '0'), 'hex')
              from generate_series(0, ?) n
              """,
              dataset,
              ITEMS - 1);
          h.execute(
              """
              insert into dataset.item_label (item_id, version, labels)
              select id, 2, array[case when ordinal = 12000 then 'rare' else 'common' end]
              from dataset.item where dataset_id = ? and ordinal between 8000 and 16000
              """,
              dataset);
          h.execute("analyze dataset.item");
          h.execute("analyze dataset.item_label");
        });
  }

  @Test
  void whatIsFrequentAndWhatIsRareIsFoundInOrder() {
    assertEquals(List.of(25000), found(2, new ItemQuery("filigree", "", "", "")));
    assertEquals(List.of(25000), found(2, new ItemQuery("shirt filig", "", "", "")));
    assertEquals(List.of(), found(2, new ItemQuery("filig shirt", "", "", "")));
    assertEquals(List.of(12000, 25000), found(2, new ItemQuery("", "rare", "", "")));
    assertEquals(List.of(25000), found(1, new ItemQuery("", "rare", "", "")));
    assertEquals(List.of(25000), found(2, new ItemQuery("", "", "brand", "Nadel")));
    assertEquals(List.of(25000), found(2, new ItemQuery("", "", "price", "12.50")));
    assertEquals(List.of(25000), found(2, new ItemQuery("", "", "price", "")));
    assertEquals(List.of(0, 1, 2, 3, 4), found(2, new ItemQuery("shirt", "", "", "")));
    assertEquals(List.of(2999, 29990, 29991, 29992, 29993), found(2, text("id-2999")));
    assertEquals(List.of(), found(2, text("!!!")));
    assertEquals(List.of(), found(2, new ItemQuery("filigree", "", "brand", "Zwirn")));
  }

  @Test
  void aPageGoesOnWhereTheOneBeforeEnded() {
    ItemQuery query = new ItemQuery("", "rare", "", "");
    Slice<ItemRow> first = reads.find(project, dataset, 2, query, null, 1);
    assertEquals(12000, first.rows().get(0).ordinal());
    assertNotNull(first.next());
    Slice<ItemRow> second = reads.find(project, dataset, 2, query, first.next(), 1);
    assertEquals(25000, second.rows().get(0).ordinal());
  }

  @Test
  void noSearchReadsTheWholeDataset() {
    plan(text("filigree"), "item_words");
    plan(text("id-299"), "item_dataset_id_external_id_key");
    plan(new ItemQuery("", "rare", "", ""), "item_known_labels");
    plan(new ItemQuery("", "", "brand", "Nadel"), "item_metadata");
    plan(new ItemQuery("", "", "price", ""), "item_metadata");
  }

  private void plan(ItemQuery query, String index) {
    String plan =
        jdbi.withHandle(
            h -> {
              ItemSearch search = ItemSearch.of(h, dataset, 2, query);
              return h.createQuery("explain " + search.far() + " order by i.ordinal limit :limit")
                  .bindMap(search.values(ItemSearch.WINDOW, 61))
                  .mapTo(String.class)
                  .collect(Collectors.joining("\n"));
            });
    assertTrue(plan.contains(index), plan);
    assertFalse(plan.contains("Seq Scan on item "), plan);
    assertFalse(plan.contains("Seq Scan on item_label"), plan);
    assertFalse(plan.contains("item_by_digest"), plan);
  }

  private static ItemQuery text(String text) {
    return new ItemQuery(text, "", "", "");
  }

  private List<Integer> found(int version, ItemQuery query) {
    return reads.find(project, dataset, version, query, null, 5).rows().stream()
        .map(ItemRow::ordinal)
        .toList();
  }
}

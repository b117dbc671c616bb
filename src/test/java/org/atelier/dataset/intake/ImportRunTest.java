package org.atelier.dataset.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.atelier.dataset.ItemKind;
import org.atelier.dataset.catalog.CatalogWrites;
import org.atelier.dataset.format.TextMapping;
import org.junit.jupiter.api.Test;

class ImportRunTest extends ImportScene {

  @Test
  void goodRowsGoInAndRefusedOnesAreReported() throws IOException {
    UUID dataset = dataset(ItemKind.TEXT);
    UUID id = start(dataset);
    run(
        id,
        csv("id,text,label\n1,a,X\n2,,X\n1,other,X\n4,a,X\n5,b,Y\n6,c,Z\n1,a,X\n"),
        List.of("X", "Y"));
    ImportRow row = row(id);
    assertEquals(2, row.added());
    assertEquals(1, row.present());
    assertEquals(
        List.of(
            "3: The text is empty",
            "4: The id 1 is taken by an item with other content",
            "5: It has the same content as the item 1",
            "7: The label Z is not in the label set"),
        refusals(id));
    assertEquals(List.of("0 1 a {X}", "1 5 b {Y}"), items(dataset));
  }

  @Test
  void anotherLabelOfAnItemThatIsThereIsRefusedInsteadOfLost() throws IOException {
    UUID dataset = dataset(ItemKind.TEXT);
    UUID first = start(dataset);
    run(first, csv("id,text,label\n1,a,X\n2,b,\n"), null);
    finish(dataset, first);
    UUID id = start(dataset);
    run(id, csv("id,text,label\n1,a,X\n1,a,Y\n2,b,Y\n1,a,\n3,c,X\n3,c,Y\n"), null);
    assertEquals(2, row(id).present());
    assertEquals(
        List.of(
            "3: It is there already, with the label X; an import does not change the labels of items",
            "4: It is there already, without a label; an import does not change the labels of items",
            "7: It is there already, with the label X; an import does not change the labels of items"),
        refusals(id));
    assertEquals(List.of("0 1 a {X}", "1 2 b", "2 3 c {X}"), items(dataset));
  }

  @Test
  void importThatBreaksOffGoesOnWithoutDuplicatesAndGivesTheSameDigest() throws IOException {
    StringBuilder csv = new StringBuilder("id,text,label\n");
    for (int i = 0; i < 25_000; i++) {
      csv.append(i).append(",text ").append(i % 20_000).append(",\n");
    }
    UUID whole = dataset(ItemKind.TEXT);
    UUID wholeImport = start(whole);
    run(wholeImport, csv(csv.toString()), null);

    UUID broken = dataset(ItemKind.TEXT);
    UUID id = start(broken);
    int[] steps = {0};
    assertThrows(
        ImportRun.StoppedException.class,
        () ->
            run(
                id,
                csv(csv.toString()),
                null,
                (position, total) -> {
                  if (++steps[0] == 1) {
                    throw new ImportRun.StoppedException(null);
                  }
                }));
    assertEquals(10_000, row(id).added());
    run(id, csv(csv.toString()), null);
    assertEquals(20_000, row(id).added());
    assertEquals(5_000, row(id).refused());
    assertEquals(row(wholeImport).chain(), row(id).chain());
    jdbi.useTransaction(
        h ->
            assertEquals(
                row(id).chain(),
                CatalogWrites.measure(h, broken, 1, 0, 0, "").digest(),
                "the chain equals the digest read item by item"));
    assertEquals(items(whole), items(broken));
  }

  @Test
  void contentNamesRowsWithoutIdSoThatRepeatingAddsNothing() throws IOException {
    UUID dataset = dataset(ItemKind.TEXT);
    var mapping = new TextMapping(null, List.of("text"), null, null, null, null);
    UUID first = start(dataset);
    run(first, csv("text\nsame\nother\n", mapping), null);
    finish(dataset, first);
    UUID second = start(dataset);
    run(second, csv("text\nsame\nnew\nother\n", mapping), null);
    assertEquals(1, row(second).added());
    assertEquals(2, row(second).present());
    assertEquals(2, row(second).pendingVersion());
  }

  @Test
  void hostileTextIsKeptAsItIsAndZerosAreRefused() throws IOException {
    UUID dataset = dataset(ItemKind.TEXT);
    UUID id = start(dataset);
    String nasty = "<script>alert(1)</script>\\N \t {\"a\"} 😀";
    run(id, csv("id,text,label\n1," + nasty.replace("\"", "") + ",\"a\\\\,{}\"\n2,a\0b,\n"), null);
    assertEquals(1, row(id).added());
    assertEquals(List.of("0 1 " + nasty.replace("\"", "") + " {\"a\\\\\\\\,{}\"}"), items(dataset));
  }

  @Test
  void cancellingTakesEverythingBack() throws IOException {
    UUID dataset = dataset(ItemKind.IMAGE);
    picture("a.png", 0xff0000);
    UUID id = start(dataset);
    run(id, pictures(), null);
    assertEquals(1, row(id).added());
    jdbi.useTransaction(
        h -> {
          CatalogWrites.lock(h, project, dataset);
          ImportRepository.takeBack(h, row(id), 0, 1);
          ImportRepository.endTakenBack(h, row(id), NOW);
        });
    assertEquals(List.of(), items(dataset));
    assertEquals(0, count("dataset.picture where project_id = '" + project + "'"));
    UUID again = start(dataset);
    run(again, pictures(), null);
    assertEquals(1, row(again).added());
  }

  @Test
  void cancelledImportWritesNothingMore() throws IOException {
    UUID dataset = dataset(ItemKind.TEXT);
    UUID id = start(dataset);
    jdbi.useHandle(
        h -> h.execute("update dataset.import set state = 'CANCELLED' where id = ?", id));
    assertThrows(
        ImportRun.NoLongerRunningException.class,
        () -> attempt(id, csv("id,text,label\n1,a,\n"), null, (p, t) -> {}));
    assertEquals(List.of(), items(dataset));
  }

  @Test
  void versionMadeMeanwhileDoesNotShowWhatIsStillComingIn() throws IOException {
    UUID dataset = dataset(ItemKind.TEXT);
    UUID first = start(dataset);
    run(first, csv("id,text,label\n1,a,\n2,b,\n"), null);
    finish(dataset, first);
    UUID second = start(dataset);
    run(second, csv("id,text,label\n3,c,\n"), null);
    jdbi.useTransaction(
        h -> {
          var locked = CatalogWrites.lock(h, project, dataset);
          int number = CatalogWrites.nextVersion(h, locked);
          assertEquals(2, number);
          var version = CatalogWrites.measure(h, dataset, number, 0, 0, "meanwhile");
          assertEquals(2, version.itemCount());
          CatalogWrites.addVersion(h, locked, number, version, null, NOW);
        });
    assertEquals(3, row(second).pendingVersion());
    finish(dataset, second);
    assertEquals(
        List.of(2, 2, 3),
        jdbi.withHandle(
            h ->
                h.createQuery(
                        "select item_count from dataset.dataset_version where dataset_id = ? order"
                            + " by number")
                    .bind(0, dataset)
                    .mapTo(Integer.class)
                    .list()));
  }

  @Test
  void otherLabelsOrOrderGiveAnotherDigest() throws IOException {
    UUID a = start(dataset(ItemKind.TEXT));
    run(a, csv("id,text,label\n1,a,X\n2,b,\n"), null);
    UUID b = start(dataset(ItemKind.TEXT));
    run(b, csv("id,text,label\n1,a,Y\n2,b,\n"), null);
    UUID c = start(dataset(ItemKind.TEXT));
    run(c, csv("id,text,label\n2,b,\n1,a,X\n"), null);
    assertNotEquals(row(a).chain(), row(b).chain());
    assertNotEquals(row(a).chain(), row(c).chain());
    assertTrue(row(a).chain().matches("[0-9a-f]{64}"));
  }
}

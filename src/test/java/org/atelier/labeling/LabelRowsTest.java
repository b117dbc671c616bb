package org.atelier.labeling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;

class LabelRowsTest {

  private static final String TREE =
      """
      Tops
        Shirt | h
        Tee
      Shoes
        Boot
          Ankle boot
      """;

  private static String after(String act) {
    return LabelActs.apply(act, LabelRows.parse(TREE), List::of).lines();
  }

  @Test
  void linesAreLabelsWithKeyColourAndDescription() {
    LabelRows rows =
        LabelRows.parse("Tops\n  Shirt | h | #AA0000 | Has buttons\n\tTee | | blue\n\nShoes\n");
    List<LabelDefinition> labels = rows.definitions();
    assertEquals(
        List.of("Tops", "Shirt", "Tee", "Shoes"),
        labels.stream().map(LabelDefinition::name).toList());
    assertEquals(
        new LabelDefinition("Shirt", "#AA0000", "h", "Has buttons", 0, List.of()), labels.get(1));
    assertEquals("#3B6CD4", labels.get(2).color());
    assertEquals(0, labels.get(2).parent());
    assertNull(labels.get(3).parent());
    assertEquals(labels, LabelRows.parse(rows.lines()).definitions());
  }

  @Test
  void aGroupMovesWithWhatIsUnderItPastItsNeighbour() {
    String moved = "Shoes\n  Boot\n    Ankle boot\nTops\n  Shirt | h\n  Tee\n";
    assertEquals(moved, after("down:0"));
    assertEquals(moved, after("up:3"));
    assertEquals(TREE, after("up:0"));
    assertEquals(TREE, after("down:3"));
    assertEquals(TREE, after("up:1"));
  }

  @Test
  void levelsChangeForTheWholeGroupAndNeverByMoreThanOne() {
    assertEquals("Tops\n  Shirt | h\n  Tee\n  Shoes\n    Boot\n      Ankle boot\n", after("in:3"));
    assertEquals("Tops\n  Shirt | h\n  Tee\nShoes\nBoot\n  Ankle boot\n", after("out:4"));
    assertEquals(TREE, after("in:0"));
    assertEquals(TREE, after("out:0"));
  }

  @Test
  void whatWasUnderARemovedLabelMovesUpALevel() {
    assertEquals("Tops\n  Shirt | h\n  Tee\nBoot\n  Ankle boot\n", after("remove:3"));
    assertEquals(TREE, after("remove:99"));
    assertEquals(TREE, after("nonsense"));
  }

  @Test
  void knownLabelsJoinThoseThatAreThere() {
    LabelRows rows =
        LabelActs.apply(
            "import",
            LabelRows.parse("Shirt | h\n"),
            () -> List.of(LabelRow.named("Coat"), LabelRow.named("Shirt")));
    assertEquals("Shirt | h\nCoat\n", rows.lines());
  }

  @Test
  void emptyRowsAreLeftOutAndHalfTypedOnesAreBlamed() {
    LabelRows rows =
        LabelRows.of(
            List.of(
                LabelRow.named(" "),
                new LabelRow("", "", "", "only words", 3, List.of()),
                new LabelRow("Bag", "", "", "", 0, List.of("x"))));
    assertEquals(2, rows.list().size());
    assertEquals(0, rows.list().get(0).depth());
    assertEquals(
        "An example is neither an item nor a picture; remove it, then choose again.",
        rows.unreadableExamples().get(1));
  }
}

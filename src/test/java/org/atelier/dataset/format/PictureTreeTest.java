package org.atelier.dataset.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureTreeTest {

  private static final byte ZSTANDARD = 93;

  @TempDir Path folder;

  @Test
  void labelsFileWhoseHeaderIsNotUtf8IsNamedWithItsPlace() throws IOException {
    file("a.jpg", "a");
    Files.write(
        folder.resolve("labels.csv"), "image,gr\u00f6sse\n".getBytes(StandardCharsets.ISO_8859_1));
    UnreadableSourceException wrong =
        assertThrows(UnreadableSourceException.class, () -> read(PictureMapping.DEFAULT));
    assertTrue(wrong.getMessage().startsWith("labels.csv: line 1"), wrong.getMessage());
    assertTrue(wrong.getMessage().contains("UTF-8"), wrong.getMessage());
  }

  @Test
  void labelsFileGroupsViewsAndGivesMetadata() throws IOException {
    file("images/a1.jpg", "1");
    file("images/a2.jpg", "2");
    file("images/b.png", "3");
    file("extra.jpg", "4");
    file(
        "labels.csv",
        "item,image,view,label,brand\n"
            + "A,a1.jpg,front,Shirt,X\n"
            + "A,a2.jpg,back,,\n"
            + "B,images/b.png,,Coat,Y\n"
            + "C,none.jpg,,,\n");
    Collected read = read(PictureMapping.DEFAULT);
    assertEquals(
        List.of("A", "B", "extra.jpg"), read.rows.stream().map(SourceRow::externalId).toList());
    SourceRow a = read.rows.get(0);
    assertEquals(List.of("front", "back"), a.views().stream().map(SourceView::name).toList());
    assertEquals(List.of("Shirt"), a.labels());
    assertEquals(Map.of("brand", "X"), a.metadata());
    assertEquals(
        List.of("1 none.jpg: labels.csv, line 5: There is no picture none.jpg"), read.refused);
  }

  @Test
  void withoutLabelsFileTwoUnderscoresNameTheViewAndFoldersTheLabel() throws IOException {
    file("Coat/7__front.jpg", "1");
    file("Coat/7__back.jpg", "2");
    file("Dress/__x.jpg", "3");
    file("notes.txt", "no picture");
    var mapping = new PictureMapping(null, null, null, null, null, null, true);
    Collected read = read(mapping);
    assertEquals(
        List.of("Coat/7", "Dress/__x.jpg"), read.rows.stream().map(SourceRow::externalId).toList());
    assertEquals(
        List.of("front", "back"), read.rows.get(0).views().stream().map(SourceView::name).toList());
    assertEquals(List.of("Coat"), read.rows.get(0).labels());
  }

  @Test
  void picturesOfKindsThatAreNotReadAreNamedAndOtherFilesLeftOut() throws IOException {
    for (String name : List.of("a.JPE", "b.heic", "c.tif", "d.Bmp", "readme.txt", "Thumbs.db")) {
      file(name, "1");
    }
    Files.write(folder.resolve("photo"), new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 0});
    file("LICENSE", "Use it.");
    Collected read = read(PictureMapping.DEFAULT);
    assertEquals(List.of("a.JPE"), read.rows.stream().map(SourceRow::externalId).toList());
    String kind = ": This kind of picture is not read; save it as JPEG, PNG, WebP or GIF";
    assertEquals(
        List.of(
            "1 b.heic" + kind,
            "2 c.tif" + kind,
            "3 d.Bmp" + kind,
            "4 photo: The name has no ending that says what it is, such as .jpg, .png, .webp or"
                + " .gif"),
        read.refused);
  }

  @Test
  void otherFilesThatCannotBeOpenedAreLeftOut() throws IOException {
    file("a.jpg", "1");
    file("LICENSE", "Use it.");
    FileTree gone = new FolderTree(folder, 10);
    Files.delete(folder.resolve("LICENSE"));
    assertEquals(List.of("a.jpg"), ids(gone));
  }

  @Test
  void damagedEntriesThatAreNoPicturesAreLeftOut() throws IOException {
    Path zip = folder.resolve("z.zip");
    try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(zip)) {
      entry(out, "README", "What is in here was told long ago and at great length.");
      entry(out, "a.jpg", "1");
    }
    byte[] damaged = Files.readAllBytes(zip);
    ByteBuffer header = ByteBuffer.wrap(damaged).order(ByteOrder.LITTLE_ENDIAN);
    int packed = 30 + header.getShort(26) + header.getShort(28);
    Arrays.fill(damaged, packed, packed + 20, (byte) 0xff);
    Files.write(zip, damaged);
    assertEquals(List.of("a.jpg"), ids(new ZipTree(zip, "z.zip", ZipTree.Limits.DEFAULT)));
  }

  @Test
  void aPictureWhoseRowIsRefusedWaitsForItsRow() throws IOException {
    file("a.jpg", "1");
    file("b.jpg", "2");
    file("labels.csv", "image,label\na.jpg,X,too,many\nb.jpg,Y\n");
    Collected read = read(PictureMapping.DEFAULT);
    assertEquals(List.of("b.jpg"), read.rows.stream().map(SourceRow::externalId).toList());
    assertEquals(1, read.refused.size(), read.refused.toString());
  }

  @Test
  void viewsOfOneItemWithDifferentLabelsAreRefusedButForTheFirst() throws IOException {
    for (String name : List.of("a.jpg", "b.jpg", "c.jpg")) {
      file(name, name);
    }
    file("labels.csv", "image,item,label\na.jpg,A,x\nb.jpg,A,y\nc.jpg,A,\n");
    Collected read = read(PictureMapping.DEFAULT);
    assertEquals(2, read.rows.get(0).views().size());
    assertEquals(List.of("x"), read.rows.get(0).labels());
    assertEquals(
        List.of("1 A: labels.csv, line 3: The item has other labels in an earlier row: [x]"),
        read.refused);
  }

  @Test
  void itemHasAtMostAHundredViewsAlsoWhereFileNamesGiveThem() throws IOException {
    for (int i = 0; i < 103; i++) {
      file("IMG__%04d.jpg".formatted(i), "1");
    }
    Collected read = read(PictureMapping.DEFAULT);
    assertEquals(100, read.rows.get(0).views().size());
    assertEquals(3, read.refused.size());
    assertEquals(
        "1 IMG__0100.jpg: The item IMG has more than 100 views; what comes before two underscores"
            + " names the item",
        read.refused.get(0));
  }

  @Test
  void theFrontComesFirstUnlessTheLabelsFileSaysOtherwise() throws IOException {
    file("7__back.jpg", "1");
    file("7__detail.jpg", "2");
    file("7__Front.jpg", "3");
    file("8b.jpg", "4");
    file("8f.jpg", "5");
    file("labels.csv", "image,item,view\n8b.jpg,8,back\n8f.jpg,8,front\n");
    Collected read = read(PictureMapping.DEFAULT);
    assertEquals(
        List.of(List.of("back", "front"), List.of("Front", "back", "detail")),
        read.rows.stream()
            .map(row -> row.views().stream().map(SourceView::name).toList())
            .toList());
  }

  @Test
  void picturesNamedTwiceAreRefused() throws IOException {
    file("a.jpg", "1");
    file("labels.csv", "image,label\na.jpg,X\na.jpg,Y\n");
    Collected read = read(PictureMapping.DEFAULT);
    assertEquals(List.of("1 a.jpg: labels.csv, line 3: The picture is named twice"), read.refused);
  }

  @Test
  void missingImageColumnIsNamed() throws IOException {
    file("a.jpg", "1");
    file("labels.csv", "file,label\na.jpg,X\n");
    assertEquals(
        "labels.csv: line 1: there is no column \"image\"; the columns are file, label",
        assertThrows(UnreadableSourceException.class, () -> read(PictureMapping.DEFAULT))
            .getMessage());
  }

  @Test
  void linksInFoldersAreNotFollowed() throws IOException {
    file("a.jpg", "1");
    Files.createSymbolicLink(folder.resolve("b.jpg"), Path.of("/etc/passwd"));
    Files.createSymbolicLink(folder.resolve("c"), Path.of("/etc"));
    Collected read = read(PictureMapping.DEFAULT);
    assertEquals(1, read.rows.size());
    assertEquals(
        List.of("1 b.jpg: Links are not followed", "2 c: Links are not followed"), read.refused);
  }

  @Test
  void archiveEntriesThatLeadOutAndLinksAreRefusedOneByOne() throws IOException {
    Path zip = folder.resolve("z.zip");
    try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(zip)) {
      entry(out, "deep/er/a.jpg", "1");
      entry(out, "../b.jpg", "2");
      entry(out, "/c.jpg", "3");
      entry(out, "d/../../e.jpg", "4");
      entry(out, "C:\\f.jpg", "5");
      entry(out, "__MACOSX/._a.jpg", "6");
      ZipArchiveEntry link = new ZipArchiveEntry("l.jpg");
      link.setUnixMode(0120777);
      out.putArchiveEntry(link);
      out.write("/etc/passwd".getBytes(StandardCharsets.UTF_8));
      out.closeArchiveEntry();
      entry(out, "labels.csv", "image,label\ndeep/er/a.jpg,X\n");
    }
    Collected read =
        Collected.of(
            new PictureTreeReader(
                new ZipTree(zip, "z.zip", ZipTree.Limits.DEFAULT),
                PictureMapping.DEFAULT,
                RowLimits.DEFAULT));
    assertEquals(1, read.rows.size());
    assertEquals(List.of("X"), read.rows.get(0).labels());
    assertEquals(5, read.refused.size());
    assertTrue(read.refused.toString().contains("l.jpg: Links are not followed"));
    assertTrue(read.refused.toString().contains("d/../../e.jpg: The name leads out"));
  }

  @Test
  void bombsAreRefusedByRatioEntriesAndSize() throws IOException {
    Path zip = folder.resolve("z.zip");
    try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(zip)) {
      entry(out, "a.jpg", "0".repeat(20 << 20));
      entry(out, "b.jpg", "1");
    }
    assertTrue(refusal(zip, ZipTree.Limits.DEFAULT).contains("an entry (a.jpg) that unpacks"));
    assertTrue(
        refusal(zip, new ZipTree.Limits(1, 1 << 30, 1 << 30, 100_000))
            .contains("more than 1 entries"));
    assertTrue(
        refusal(zip, new ZipTree.Limits(10, 1 << 20, 1 << 30, 100_000))
            .contains("more than 1,048,576 bytes when unpacked"));
  }

  @Test
  void truncatedArchiveIsRefused() throws IOException {
    Path zip = folder.resolve("z.zip");
    try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(zip)) {
      entry(out, "a.jpg", "1");
    }
    byte[] whole = Files.readAllBytes(zip);
    for (int length = 0; length < whole.length; length += 5) {
      Files.write(zip, Arrays.copyOf(whole, length));
      assertTrue(refusal(zip, ZipTree.Limits.DEFAULT).contains("not a readable ZIP archive"));
    }
  }

  @Test
  void entriesPackedInAWayThatNeedsMoreThanIsOnBoardAreRefusedByName() throws IOException {
    Path zip = folder.resolve("z.zip");
    try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(zip)) {
      entry(out, "a.jpg", "1");
      entry(out, "b.jpg", "2");
    }
    byte[] packed = Files.readAllBytes(zip);
    String bytes = new String(packed, StandardCharsets.ISO_8859_1);
    packed[8] = ZSTANDARD;
    packed[bytes.indexOf("PK\1\2") + 10] = ZSTANDARD;
    Files.write(zip, packed);
    try (ZipTree tree = new ZipTree(zip, "z.zip", ZipTree.Limits.DEFAULT)) {
      assertEquals(
          List.of(new FileTree.Refused("a.jpg", "The file is packed in a way that cannot be read")),
          tree.refused());
      assertEquals(List.of("b.jpg"), tree.files());
    }
  }

  @Test
  void archiveContentIsRead() throws IOException {
    Path zip = folder.resolve("z.zip");
    try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(zip)) {
      entry(out, "./a.jpg", "abc");
      entry(out, "d/./e/././b.jpg", "x");
      entry(out, "./.hidden.jpg", "x");
    }
    try (ZipTree tree = new ZipTree(zip, "z.zip", ZipTree.Limits.DEFAULT)) {
      assertArrayEquals("abc".getBytes(), tree.open("a.jpg").readAllBytes());
      assertEquals(List.of("a.jpg", "d/e/b.jpg"), tree.files());
    }
  }

  private String refusal(Path zip, ZipTree.Limits limits) {
    return assertThrows(UnreadableSourceException.class, () -> new ZipTree(zip, "z.zip", limits))
        .getMessage();
  }

  private Collected read(PictureMapping mapping) throws IOException {
    return Collected.of(
        new PictureTreeReader(new FolderTree(folder, 1000), mapping, RowLimits.DEFAULT));
  }

  private static List<String> ids(FileTree tree) throws IOException {
    Collected read =
        Collected.of(new PictureTreeReader(tree, PictureMapping.DEFAULT, RowLimits.DEFAULT));
    return read.rows.stream().map(SourceRow::externalId).toList();
  }

  private void file(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private static void entry(ZipArchiveOutputStream out, String name, String content)
      throws IOException {
    out.putArchiveEntry(new ZipArchiveEntry(name));
    out.write(content.getBytes(StandardCharsets.UTF_8));
    out.closeArchiveEntry();
  }
}

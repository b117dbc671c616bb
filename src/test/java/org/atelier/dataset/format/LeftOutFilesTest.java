package org.atelier.dataset.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a folder or archive of pictures holds besides is told of, and which labels file is read. */
class LeftOutFilesTest {

  private static final List<String> LITTER =
      List.of(".DS_Store", "Thumbs.db", "deep/desktop.ini", "deep/._a.jpg", "ehthumbs.db");

  @TempDir Path folder;

  @Test
  void filesThatAreNoPicturesAreNamedAndLitterIsNot() throws IOException {
    List<String> others = List.of("LICENSE", "deep/notes.txt", "labels.csv", "second.csv");
    for (String name : others) {
      file(name, "image,label\na.jpg,Coat\n");
    }
    for (String name : LITTER) {
      file(name, "1");
    }
    file("__MACOSX/x.bin", "1");
    file("a.jpg", "1");
    file("b.heic", "1");
    LeftOut left = leftOut(PictureMapping.DEFAULT);
    assertEquals(List.of("LICENSE", "deep/notes.txt", "second.csv"), left.names());
    assertEquals(3, left.count());
    assertEquals("labels.csv", left.labelsFile());
    assertEquals(List.of(), left.labelsFileCandidates());
  }

  @Test
  void hiddenFilesAreNamedAndHiddenFoldersAsAWhole() throws IOException {
    for (String name : List.of("a.jpg", ".b.jpg", "c/.git/config", "c/.git/HEAD", ".git/x")) {
      file(name, "1");
    }
    List<String> hidden = List.of(".b.jpg", ".git/", "c/.git/");
    assertEquals(hidden, leftOut(PictureMapping.DEFAULT).names());
    Path zip = folder.resolve("z.zip");
    try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(zip)) {
      entry(out, "a.jpg");
      entry(out, ".b.jpg");
      entry(out, "c/.git/config");
      entry(out, "c/.git/HEAD");
      entry(out, ".git/x");
      entry(out, "__MACOSX/._a.jpg");
      entry(out, ".DS_Store");
    }
    try (ZipTree tree = new ZipTree(zip, "z.zip", ZipTree.Limits.DEFAULT)) {
      LeftOut left =
          new PictureTreeReader(tree, PictureMapping.DEFAULT, RowLimits.DEFAULT).leftOut();
      assertEquals(hidden, left.names());
    }
  }

  @Test
  void hiddenAndRefusedNamesCountAmongTheMostFilesOfAFolder() throws IOException {
    file("a.jpg", "1");
    file(".b.jpg", "1");
    file(".git/x", "1");
    file(".DS_Store", "1");
    Files.createSymbolicLink(folder.resolve("c.jpg"), folder.resolve("a.jpg"));
    assertEquals(List.of("a.jpg"), new FolderTree(folder, 4).files());
    assertThrows(UnreadableSourceException.class, () -> new FolderTree(folder, 3));
  }

  @Test
  void onlyTheFirstHundredAreNamedButAllAreCounted() {
    LeftOut left =
        LeftOut.of(IntStream.range(0, 250).mapToObj("n%03d.txt"::formatted).toList(), null);
    assertEquals(250, left.count());
    assertEquals(100, left.names().size());
    assertEquals("n099.txt", left.names().get(99));
  }

  @Test
  void csvFilesOfOtherNamesAreToldAsPossibleLabelsFilesAndOneCanBeNamed() throws IOException {
    file("a.jpg", "1");
    file("lists/first.CSV", "image,label\na.jpg,Coat\n");
    file("lists/second.csv", "image,label\na.jpg,Dress\n");
    file("notes.txt", "x");
    LeftOut left = leftOut(PictureMapping.DEFAULT);
    assertNull(left.labelsFile());
    assertEquals(List.of("lists/first.CSV", "lists/second.csv"), left.labelsFileCandidates());
    PictureMapping named = named(" lists/second.csv ");
    assertEquals(List.of("Dress"), Collected.of(reader(named)).rows.get(0).labels());
    assertEquals(List.of("lists/first.CSV", "notes.txt"), leftOut(named).names());
    assertEquals("lists/second.csv", leftOut(named).labelsFile());
  }

  @Test
  void aLabelsFileThatIsNotThereIsRefusedWithThoseThatAre() throws IOException {
    file("a.jpg", "1");
    assertTrue(
        refusal(named("x.csv"))
            .endsWith(": there is no labels file x.csv, nor any other CSV file"));
    file("a.csv", "image\na.jpg\n");
    file("b/labels.csv", "image\na.jpg\n");
    assertTrue(
        refusal(named("x.csv"))
            .endsWith(
                ": there is no labels file x.csv; the CSV files there are: a.csv, b/labels.csv"));
    assertTrue(refusal(named("../x.csv")).contains("there is no labels file ../x.csv"));
  }

  @Test
  void severalFilesOfTheUsualNameAreNamed() throws IOException {
    file("a/x.jpg", "1");
    file("a/labels.csv", "image\nx.jpg\n");
    file("b/labels.csv", "image\nx.jpg\n");
    assertTrue(
        refusal(PictureMapping.DEFAULT)
            .endsWith(
                ": there are 2 files labels.csv; keep one, or name the one that is meant as the"
                    + " labels file: a/labels.csv, b/labels.csv"));
  }

  @Test
  void aFolderWithoutPicturesSaysWhatIsInIt() throws IOException {
    file("notes.txt", "1");
    file("Thumbs.db", "1");
    assertTrue(
        refusal(PictureMapping.DEFAULT)
            .endsWith(
                ": expected pictures (JPEG, PNG, WebP, GIF), found none among the other files:"
                    + " notes.txt"));
  }

  @Test
  void aFileWhoseNameCannotBeExpressedIsRefusedAndTheOthersComeIn() throws Exception {
    file("a.jpg", "1");
    Process made =
        new ProcessBuilder("sh", "-c", "printf 1 > \"$(printf '\\377.jpg')\"")
            .directory(folder.toFile())
            .start();
    assumeTrue(made.waitFor() == 0, "the file system takes UTF-8 names only");
    Collected read = Collected.of(reader(PictureMapping.DEFAULT));
    assertEquals(1, read.rows.size());
    assertEquals(1, read.refused.size());
    assertTrue(read.refused.get(0).contains("LC_ALL=C.UTF-8"), read.refused.get(0));
  }

  @Test
  void whatLooksLikeLitterOnlyInPartIsNone() {
    for (String name : List.of("Thumbs.db.txt", "my.DS_Store", "a/__MACOSX.txt", ".hidden", "_a")) {
      assertFalse(Litter.is(name), name);
    }
    LITTER.forEach(name -> assertTrue(Litter.is(name), name));
  }

  private static PictureMapping named(String labelsFile) {
    return new PictureMapping(labelsFile, null, null, null, null, null, false);
  }

  private PictureTreeReader reader(PictureMapping mapping) throws IOException {
    return new PictureTreeReader(new FolderTree(folder, 1000), mapping, RowLimits.DEFAULT);
  }

  private LeftOut leftOut(PictureMapping mapping) throws IOException {
    return reader(mapping).leftOut();
  }

  private String refusal(PictureMapping mapping) {
    return assertThrows(UnreadableSourceException.class, () -> reader(mapping)).getMessage();
  }

  private void file(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private static void entry(ZipArchiveOutputStream out, String name) throws IOException {
    out.putArchiveEntry(new ZipArchiveEntry(name));
    out.write("1".getBytes(StandardCharsets.UTF_8));
    out.closeArchiveEntry();
  }
}

package org.atelier.dataset.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxReaderTest {

  @TempDir Path folder;

  @Test
  void readsPixelsLabelsAndNamesThem() throws IOException {
    Path images = write("train-images-idx3-ubyte", images(2, 2, 3, 12));
    Path labels = write("train-labels-idx1-ubyte", labels(2, 1, 0));
    Collected read = Collected.of(new IdxReader(images, labels, List.of("T-shirt", "Trouser")));
    assertEquals(2, read.rows.size());
    assertEquals("train-000000", read.rows.get(0).externalId());
    assertEquals(List.of("Trouser"), read.rows.get(0).labels());
    assertEquals(List.of("T-shirt"), read.rows.get(1).labels());
    var view = (SourceView.GreyPixels) read.rows.get(1).views().get(0);
    assertEquals(3, view.width());
    assertEquals(2, view.height());
    assertArrayEquals(new byte[] {6, 7, 8, 9, 10, 11}, view.pixels());
  }

  @Test
  void aNumberWithoutANameIsRefusedWhereThereAreNames() throws IOException {
    Path images = write("t-images", images(3, 1, 1, 3));
    Path labels = write("t-labels", labels(3, 1, 2, 0));
    Collected named = Collected.of(new IdxReader(images, labels, List.of("no", "yes")));
    assertEquals(
        List.of("2 t-000001: The label is number 2, but names were given for the first 2 only"),
        named.refused);
    assertEquals(2, named.rows.size());
    Collected numbers = Collected.of(new IdxReader(images, labels, List.of()));
    assertEquals(List.of("2"), numbers.rows.get(1).labels());
  }

  @Test
  void gzippedFilesGiveTheSame() throws IOException {
    Path images = write("t-images.gz", gzip(images(1, 2, 2, 4)));
    assertTrue(IdxReader.holdsImages(images));
    Collected read = Collected.of(new IdxReader(images, null, List.of()));
    assertEquals("t-000000", read.rows.get(0).externalId());
    assertEquals(null, read.rows.get(0).labels());
  }

  @Test
  void labelsGivenAsImagesAreTold() throws IOException {
    Path file = write("x", labels(1, 5));
    assertEquals(
        "x: at byte 0 expected 00 00 08 03 (images), found 00 00 08 01", refusal(file, null));
  }

  @Test
  void truncatedImagesTakeNothingIn() throws IOException {
    Path file = write("x", images(3, 2, 2, 11));
    assertEquals(
        "x: expected 12 bytes for 3 images after the header, found the end at byte 27 (1 bytes"
            + " missing)",
        refusal(file, null));
  }

  @Test
  void moreImagesThanTheHeaderSaysAreTold() throws IOException {
    Path file = write("x", images(2, 2, 2, 12));
    assertEquals(
        "x: expected the end at byte 24 after 2 images, found more bytes", refusal(file, null));
  }

  @Test
  void anotherNumberOfLabelsThanImagesIsTold() throws IOException {
    Path images = write("x", images(2, 1, 1, 2));
    Path labels = write("y", labels(3, 1, 2, 3));
    assertEquals(
        "y: at byte 4 expected 2 labels, one per image of x, found 3", refusal(images, labels));
  }

  @Test
  void brokenGzipIsTold() throws IOException {
    byte[] whole = gzip(images(50, 20, 20, 20_000));
    Path cut = write("x.gz", Arrays.copyOf(whole, whole.length / 2));
    assertTrue(refusal(cut, null).startsWith("x.gz: the gzip data ends early, before the "));
  }

  @Test
  void gzipThatEndsInTheHeaderIsToldWhereverItEnds() throws IOException {
    byte[] whole = gzip(images(1, 1, 1, 1));
    byte[] labels = gzip(labels(1, 0));
    Path images = write("good", images(1, 1, 1, 1));
    for (int length = 2; length < 26; length++) {
      Path cut = write("x.gz", Arrays.copyOf(whole, length));
      assertTrue(refusal(cut, null).startsWith("x.gz: "));
      Path cutLabels = write("y.gz", Arrays.copyOf(labels, length));
      assertTrue(refusal(images, cutLabels).startsWith("y.gz: "));
    }
  }

  @Test
  void absurdSizesAreRefusedBeforeMemoryIsTaken() throws IOException {
    byte[] file = images(1, 2, 2, 4);
    ByteBuffer.wrap(file).putInt(8, 100_000).putInt(12, 100_000);
    assertTrue(refusal(write("x", file), null).contains("found 100,000 × 100,000"));
    ByteBuffer.wrap(file).putInt(4, -1);
    assertTrue(refusal(write("x", file), null).contains("too large (4,294,967,295)"));
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    byte[] whole = images(2, 2, 2, 8);
    for (int length = 0; length < whole.length; length++) {
      Path cut = write("x", Arrays.copyOf(whole, length));
      assertThrows(
          UnreadableSourceException.class,
          () -> new IdxReader(cut, null, List.of()),
          "at " + length);
    }
  }

  private String refusal(Path images, Path labels) {
    return assertThrows(
            UnreadableSourceException.class, () -> new IdxReader(images, labels, List.of()))
        .getMessage();
  }

  private Path write(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  private static byte[] images(int count, int height, int width, int pixels) {
    ByteBuffer file = ByteBuffer.allocate(16 + pixels);
    file.putInt(0x803).putInt(count).putInt(height).putInt(width);
    for (int i = 0; i < pixels; i++) {
      file.put((byte) i);
    }
    return file.array();
  }

  private static byte[] labels(int count, int... values) {
    ByteBuffer file = ByteBuffer.allocate(8 + values.length);
    file.putInt(0x801).putInt(count);
    for (int value : values) {
      file.put((byte) value);
    }
    return file.array();
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    }
    return out.toByteArray();
  }
}

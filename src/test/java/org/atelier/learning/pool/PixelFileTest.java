package org.atelier.learning.pool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.atelier.dataset.ItemKind;
import org.atelier.dataset.ItemRow;
import org.atelier.dataset.PictureVisitor;
import org.atelier.dataset.Pictures;
import org.atelier.dataset.ViewRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PixelFileTest {

  private static final int SIDE = 4;

  @TempDir Path folder;

  @Test
  void aPictureThatCannotBeReadIsGreyAndTheOthersAreThere() throws IOException {
    byte[] white = png();
    byte[] cut = Arrays.copyOf(white, white.length / 2);
    Map<String, byte[]> stored = Map.of("white", white, "cut", cut);
    for (PixelFile.Size wanted : new PixelFile.Size[] {new PixelFile.Size(SIDE, SIDE, 1), null}) {
      try (PixelFile pixels = read(stored, wanted, "white", "cut")) {
        assertEquals(SIDE, pixels.width());
        assertEquals(1, pixels.channels());
        assertArrayEquals(filled((byte) 255), read(pixels, 0));
        assertArrayEquals(filled((byte) 128), read(pixels, 1));
      }
    }
  }

  @Test
  void picturesOfWhichNoneCanBeReadMayBeInColour() throws IOException {
    try (PixelFile pixels = read(Map.of("cut", new byte[] {1}), null, "cut", "cut")) {
      assertEquals(3, pixels.channels());
    }
  }

  private PixelFile read(Map<String, byte[]> stored, PixelFile.Size wanted, String... pictures)
      throws IOException {
    return PixelFile.read(
        source(Stream.of(pictures).map(PixelFileTest::item).toList()),
        pictures(stored),
        new LocalFiles(null, folder),
        wanted,
        (phase, done, total) -> {});
  }

  private static byte[] read(PixelFile file, int index) {
    byte[] pixels = new byte[SIDE * SIDE];
    file.read(index, pixels);
    return pixels;
  }

  private static byte[] filled(byte value) {
    byte[] pixels = new byte[SIDE * SIDE];
    Arrays.fill(pixels, value);
    return pixels;
  }

  private static byte[] png() throws IOException {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setPixels(0, 0, SIDE, SIDE, whites());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }

  private static int[] whites() {
    int[] values = new int[SIDE * SIDE];
    Arrays.fill(values, 255);
    return values;
  }

  private static ItemRow item(String sha256) {
    ViewRef view = new ViewRef("", sha256, SIDE, SIDE);
    return new ItemRow(
        UUID.randomUUID(),
        UUID.randomUUID(),
        0,
        sha256,
        ItemKind.IMAGE,
        null,
        List.of(view),
        Map.of(),
        null);
  }

  private static PoolSource source(List<ItemRow> items) {
    return new PoolSource() {
      @Override
      public UUID projectId() {
        return UUID.randomUUID();
      }

      @Override
      public UUID datasetId() {
        return UUID.randomUUID();
      }

      @Override
      public int rows() {
        return items.size();
      }

      @Override
      public void read(Chunk each) throws IOException {
        each.accept(0, items);
      }
    };
  }

  private static Pictures pictures(Map<String, byte[]> stored) {
    return new Pictures() {
      @Override
      public PictureBytes open(UUID projectId, String sha256) {
        throw new UnsupportedOperationException();
      }

      @Override
      public PictureBytes thumbnail(UUID projectId, String sha256, int longSide) {
        throw new UnsupportedOperationException();
      }

      @Override
      public void visit(UUID projectId, Collection<String> sha256s, PictureVisitor visitor) {
        for (String sha256 : sha256s) {
          try {
            visitor.visit(sha256, stored.get(sha256), "image/png");
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      }
    };
  }
}

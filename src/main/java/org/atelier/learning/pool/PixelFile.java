package org.atelier.learning.pool;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.atelier.dataset.ItemRow;
import org.atelier.dataset.Pictures;
import org.atelier.dataset.ViewRef;
import org.atelier.learning.feature.DecodedImages;
import org.atelier.learning.feature.ImagePool;

/**
 * The first views of a pool's items at one small size, in a temporary file. A picture that is
 * missing or cannot be read is grey.
 */
final class PixelFile implements ImagePool, AutoCloseable {

  /** Side of the square that larger or differing pictures are brought to, with white borders. */
  static final int SIDE = 64;

  private static final int SAMPLE = 64;
  private static final byte GREY = (byte) 128;

  private final Path path;
  private final Size size;
  private final MappedFile file;

  private PixelFile(Path path, Size size, MappedFile file) {
    this.path = path;
    this.size = size;
    this.file = file;
  }

  /** Width and height in pixels; channels 1 for grey, 3 for colour. */
  record Size(int width, int height, int channels) {
    int bytes() {
      return width * height * channels;
    }
  }

  /**
   * Reads all pictures. When a sample of them is grey, as far as it can be read, and all of one
   * size no longer than {@link #SIDE}, they are kept as they are; else they become squares in
   * colour.
   *
   * @param wanted size they must have; null to choose as above
   */
  static PixelFile read(
      PoolSource source,
      Pictures pictures,
      LocalFiles files,
      Size wanted,
      FeatureMethod.Progress progress)
      throws IOException {
    Path path = files.temporary();
    try {
      Size[] size = {wanted};
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
        source.read(
            (first, items) -> {
              if (size[0] == null) {
                size[0] = choose(source, pictures, items);
              }
              chunk(source, pictures, size[0], channel, first, items);
              progress.at("Reading pictures", first + items.size(), source.rows());
            });
      }
      return new PixelFile(path, size[0], MappedFile.open(path, size[0].bytes()));
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(path);
      throw e;
    }
  }

  @Override
  public int size() {
    return file.records();
  }

  @Override
  public int width() {
    return size.width();
  }

  @Override
  public int height() {
    return size.height();
  }

  @Override
  public int channels() {
    return size.channels();
  }

  @Override
  public void read(int index, byte[] pixels) {
    file.bytes(index, pixels);
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(path);
  }

  private static Size choose(PoolSource source, Pictures pictures, List<ItemRow> items) {
    List<ViewRef> views =
        items.stream()
            .filter(item -> item != null && !item.views().isEmpty())
            .map(item -> item.views().get(0))
            .limit(SAMPLE)
            .toList();
    Size colour = new Size(SIDE, SIDE, 3);
    if (views.isEmpty()) {
      return colour;
    }
    int width = views.get(0).width();
    int height = views.get(0).height();
    boolean alike =
        Math.max(width, height) <= SIDE
            && views.stream().allMatch(view -> view.width() == width && view.height() == height);
    int[] readable = {0};
    boolean[] grey = {alike};
    pictures.visit(
        source.projectId(),
        views.stream().map(ViewRef::sha256).distinct().toList(),
        (sha256, encoded, mediaType) -> {
          BufferedImage image = decoded(encoded);
          if (image != null) {
            readable[0]++;
            grey[0] &= image.getRaster().getNumBands() == 1;
          }
        });
    return grey[0] && readable[0] > 0 ? new Size(width, height, 1) : colour;
  }

  private static void chunk(
      PoolSource source,
      Pictures pictures,
      Size size,
      FileChannel channel,
      int first,
      List<ItemRow> items)
      throws IOException {
    byte[] pixels = new byte[items.size() * size.bytes()];
    Arrays.fill(pixels, GREY);
    Map<String, List<Integer>> positions = new HashMap<>();
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) != null && !items.get(i).views().isEmpty()) {
        String sha256 = items.get(i).views().get(0).sha256();
        positions.computeIfAbsent(sha256, any -> new ArrayList<>()).add(i);
      }
    }
    pictures.visit(
        source.projectId(),
        positions.keySet(),
        (sha256, encoded, mediaType) -> {
          byte[] small = pixels(encoded, size);
          for (int i : positions.get(sha256)) {
            System.arraycopy(small, 0, pixels, i * size.bytes(), size.bytes());
          }
        });
    channel.write(ByteBuffer.wrap(pixels), (long) first * size.bytes());
  }

  /** Null for what cannot be read: one damaged picture must not keep a job from learning. */
  private static BufferedImage decoded(byte[] encoded) {
    try {
      return ImageIO.read(new ByteArrayInputStream(encoded));
    } catch (IOException | RuntimeException unreadable) {
      return null;
    }
  }

  private static byte[] pixels(byte[] encoded, Size size) {
    byte[] pixels = new byte[size.bytes()];
    BufferedImage image = decoded(encoded);
    if (image == null) {
      Arrays.fill(pixels, GREY);
      return pixels;
    }
    if (size.channels() == 3) {
      return colours(DecodedImages.scaled(image, size.width()), size.width());
    }
    boolean fits =
        image.getWidth() == size.width()
            && image.getHeight() == size.height()
            && image.getType() == BufferedImage.TYPE_BYTE_GRAY;
    BufferedImage grey = fits ? image : grey(image, size);
    grey.getRaster().getDataElements(0, 0, size.width(), size.height(), pixels);
    return pixels;
  }

  private static byte[] colours(BufferedImage image, int side) {
    int[] words = image.getRGB(0, 0, side, side, null, 0, side);
    byte[] pixels = new byte[words.length * 3];
    for (int i = 0; i < words.length; i++) {
      pixels[3 * i] = (byte) (words[i] >> 16);
      pixels[3 * i + 1] = (byte) (words[i] >> 8);
      pixels[3 * i + 2] = (byte) words[i];
    }
    return pixels;
  }

  private static BufferedImage grey(BufferedImage image, Size size) {
    BufferedImage grey =
        new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D graphics = grey.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(image, 0, 0, size.width(), size.height(), null);
    graphics.dispose();
    return grey;
  }
}

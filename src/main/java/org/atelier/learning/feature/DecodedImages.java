package org.atelier.learning.feature;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** Picture files scaled to one square size in colour, the whole picture kept, padded with white. */
public final class DecodedImages {
  private DecodedImages() {}

  /**
   * Decodes and scales.
   *
   * @param side pixels per side of the result, at least 8
   * @throws IOException naming the first file that is not a picture
   */
  public static ImagePool read(List<Path> files, int side) throws IOException {
    int length = side * side * 3;
    byte[] values = new byte[Math.multiplyExact(files.size(), length)];
    String[] failures = new String[files.size()];
    IntStream.range(0, files.size())
        .parallel()
        .forEach(
            i -> {
              try {
                BufferedImage image = ImageIO.read(files.get(i).toFile());
                if (image == null) {
                  failures[i] = files.get(i) + ": not a picture";
                } else {
                  copy(scaled(image, side), side, values, i * length);
                }
              } catch (IOException broken) {
                failures[i] = files.get(i) + ": cannot be decoded";
              }
            });
    for (String failure : failures) {
      if (failure != null) {
        throw new IOException(failure);
      }
    }
    return new BytePool(values, files.size(), side, side, 3);
  }

  /** Scales a picture into a white square of the given side, aspect ratio kept. */
  public static BufferedImage scaled(BufferedImage image, int side) {
    BufferedImage current = image;
    // Halving first averages all pixels; one large bilinear step would skip most of them.
    while (Math.max(current.getWidth(), current.getHeight()) >= 4 * side) {
      current = draw(current, current.getWidth() / 2, current.getHeight() / 2, -1);
    }
    double scale = side / (double) Math.max(current.getWidth(), current.getHeight());
    int width = Math.max(1, (int) Math.round(current.getWidth() * scale));
    int height = Math.max(1, (int) Math.round(current.getHeight() * scale));
    return draw(current, width, height, side);
  }

  private static BufferedImage draw(BufferedImage from, int width, int height, int side) {
    int w = side < 0 ? Math.max(1, width) : side;
    int h = side < 0 ? Math.max(1, height) : side;
    BufferedImage target = new BufferedImage(w, h, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = target.createGraphics();
    graphics.setColor(java.awt.Color.WHITE);
    graphics.fillRect(0, 0, w, h);
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(from, (w - width) / 2, (h - height) / 2, width, height, null);
    graphics.dispose();
    return target;
  }

  private static void copy(BufferedImage image, int side, byte[] values, int offset) {
    int[] pixels = image.getRGB(0, 0, side, side, null, 0, side);
    for (int i = 0; i < pixels.length; i++) {
      values[offset + 3 * i] = (byte) (pixels[i] >> 16);
      values[offset + 3 * i + 1] = (byte) (pixels[i] >> 8);
      values[offset + 3 * i + 2] = (byte) pixels[i];
    }
  }
}

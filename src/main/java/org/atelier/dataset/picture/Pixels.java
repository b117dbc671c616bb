package org.atelier.dataset.picture;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Decodes, turns, shrinks and encodes pixels. */
final class Pixels {

  static final float REDRAWN_QUALITY = 0.92f;
  static final float THUMBNAIL_QUALITY = 0.85f;

  private Pixels() {}

  /**
   * Decodes the first frame, when the decoder finds it as large as the structure says: what was
   * checked is what is decoded.
   *
   * @param step every how many-th pixel is read, 1 for all
   */
  static BufferedImage decode(PictureFile structure, int step) throws PictureRefusedException {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByMIMEType(structure.mediaType());
    if (!readers.hasNext()) {
      throw new IllegalStateException("There is no reader for " + structure.mediaType());
    }
    ImageReader reader = readers.next();
    Warnings warnings = new Warnings();
    InputStream stripped = new ByteArrayInputStream(structure.stripped());
    try (ImageInputStream in = new MemoryCacheImageInputStream(stripped)) {
      reader.addIIOReadWarningListener(warnings);
      reader.setInput(in, false, true);
      if (reader.getWidth(0) != structure.width() || reader.getHeight(0) != structure.height()) {
        throw new PictureRefusedException("The picture is damaged: it says two sizes");
      }
      ImageReadParam param = reader.getDefaultReadParam();
      param.setSourceSubsampling(step, step, 0, 0);
      BufferedImage image = reader.read(0, param);
      if (warnings.truncated) {
        throw new PictureRefusedException(PictureFile.TRUNCATED);
      }
      return image;
    } catch (IOException | RuntimeException e) {
      throw new PictureRefusedException("The picture is damaged and cannot be decoded");
    } finally {
      reader.dispose();
    }
  }

  /** Draws into plain sRGB, with an alpha channel only where the picture has one. */
  static BufferedImage plain(BufferedImage image) {
    boolean alpha = image.getColorModel().hasAlpha();
    int type = alpha ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB;
    if (image.getType() == type) {
      return image;
    }
    BufferedImage plain = new BufferedImage(image.getWidth(), image.getHeight(), type);
    Graphics2D graphics = plain.createGraphics();
    try {
      graphics.drawImage(image, 0, 0, null);
    } finally {
      graphics.dispose();
    }
    return plain;
  }

  /**
   * Turns and mirrors a picture upright.
   *
   * @param orientation EXIF orientation 1–8
   */
  static BufferedImage upright(BufferedImage image, int orientation) {
    if (orientation == 1) {
      return image;
    }
    int width = image.getWidth();
    int height = image.getHeight();
    boolean swapped = orientation >= 5;
    AffineTransform turn =
        switch (orientation) {
          case 2 -> new AffineTransform(-1, 0, 0, 1, width, 0);
          case 3 -> new AffineTransform(-1, 0, 0, -1, width, height);
          case 4 -> new AffineTransform(1, 0, 0, -1, 0, height);
          case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
          case 6 -> new AffineTransform(0, 1, -1, 0, height, 0);
          case 7 -> new AffineTransform(0, -1, -1, 0, height, width);
          default -> new AffineTransform(0, -1, 1, 0, 0, width);
        };
    BufferedImage turned =
        new BufferedImage(swapped ? height : width, swapped ? width : height, image.getType());
    Graphics2D graphics = turned.createGraphics();
    try {
      graphics.drawImage(image, turn, null);
    } finally {
      graphics.dispose();
    }
    return turned;
  }

  /** Shrinks to the given size by halving, then a last bilinear step, so that no pixel is lost. */
  static BufferedImage shrink(BufferedImage image, int width, int height) {
    BufferedImage current = image;
    while (current.getWidth() >= 2 * width && current.getHeight() >= 2 * height) {
      current = scaled(current, current.getWidth() / 2, current.getHeight() / 2);
    }
    return current.getWidth() == width && current.getHeight() == height
        ? current
        : scaled(current, width, height);
  }

  private static BufferedImage scaled(BufferedImage image, int width, int height) {
    BufferedImage smaller = new BufferedImage(width, height, image.getType());
    Graphics2D graphics = smaller.createGraphics();
    try {
      graphics.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
      graphics.setBackground(new Color(0, 0, 0, 0));
      graphics.drawImage(image, 0, 0, width, height, null);
    } finally {
      graphics.dispose();
    }
    return smaller;
  }

  /** Encodes as PNG where there is an alpha channel, else as JPEG. */
  static CleanPicture encode(BufferedImage image, float quality) {
    boolean alpha = image.getColorModel().hasAlpha();
    String mediaType = alpha ? "image/png" : "image/jpeg";
    ImageWriter writer = ImageIO.getImageWritersByMIMEType(mediaType).next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (var stream = ImageIO.createImageOutputStream(out)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      if (!alpha) {
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality(quality);
      }
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), param);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return new CleanPicture(out.toByteArray(), mediaType, image.getWidth(), image.getHeight());
  }

  /** Notices that a decoder ran out of data and made the rest up. */
  private static final class Warnings implements IIOReadWarningListener {

    private boolean truncated;

    @Override
    public void warningOccurred(ImageReader source, String warning) {
      String text = warning == null ? "" : warning.toLowerCase(Locale.ROOT);
      truncated |= text.contains("premature") || text.contains("truncated");
    }
  }
}

package org.atelier.dataset.picture;

import java.awt.Transparency;
import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.InflaterInputStream;

/**
 * Gives the pixels of a PNG the colours its ICC profile means; the decoder takes all of them for
 * sRGB. Source: W3C PNG, third edition, section 11.3.2.3.
 */
final class PngProfile {

  private static final int SIGNATURE = 8;
  private static final int MOST_BYTES = 4 << 20;

  private PngProfile() {}

  /**
   * The same pixels in plain sRGB as the file's profile means them; the image itself when the file
   * has none, or one that does not fit red, green and blue or cannot be used.
   */
  static BufferedImage apply(byte[] file, BufferedImage image) {
    ColorSpace space = image.getColorModel().getNumColorComponents() == 3 ? of(file) : null;
    if (space == null) {
      return image;
    }
    try {
      return Pixels.plain(tagged(image, space));
    } catch (CMMException e) {
      // Only here it shows that the profile lacks what the colours are made with.
      return image;
    }
  }

  private static ColorSpace of(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file);
    for (int at = SIGNATURE; at + 12 <= file.length; at += 12 + bytes.getInt(at)) {
      String type = new String(file, at + 4, 4, StandardCharsets.ISO_8859_1);
      if (type.equals("iCCP")) {
        return profile(file, at + 8, bytes.getInt(at));
      }
      if (type.equals("IDAT")) {
        return null;
      }
    }
    return null;
  }

  private static ColorSpace profile(byte[] file, int from, int length) {
    int name = from;
    while (name < from + length && file[name] != 0) {
      name++;
    }
    // The name's zero and the method of compression come before the profile.
    int start = Math.min(name + 2, from + length);
    try (var in =
        new InflaterInputStream(new ByteArrayInputStream(file, start, from + length - start))) {
      ICC_Profile profile = ICC_Profile.getInstance(in.readNBytes(MOST_BYTES));
      return profile.getColorSpaceType() == ColorSpace.TYPE_RGB
          ? new ICC_ColorSpace(profile)
          : null;
    } catch (IOException | IllegalArgumentException e) {
      // Browsers show a picture with a broken profile as if it had none.
      return null;
    }
  }

  private static BufferedImage tagged(BufferedImage image, ColorSpace space) {
    boolean alpha = image.getColorModel().hasAlpha();
    int width = image.getWidth();
    int height = image.getHeight();
    WritableRaster raster =
        Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, width, height, alpha ? 4 : 3, null);
    int[] line = new int[width];
    byte[] samples = new byte[width * raster.getNumBands()];
    for (int y = 0; y < height; y++) {
      image.getRGB(0, y, width, 1, line, 0, width);
      for (int x = 0, at = 0; x < width; x++) {
        samples[at++] = (byte) (line[x] >> 16);
        samples[at++] = (byte) (line[x] >> 8);
        samples[at++] = (byte) line[x];
        if (alpha) {
          samples[at++] = (byte) (line[x] >>> 24);
        }
      }
      raster.setDataElements(0, y, width, 1, samples);
    }
    int transparency = alpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE;
    return new BufferedImage(
        new ComponentColorModel(space, alpha, false, transparency, DataBuffer.TYPE_BYTE),
        raster,
        false,
        null);
  }
}

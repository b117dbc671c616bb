package org.atelier.dataset.picture;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;
import javax.imageio.ImageIO;

/**
 * Checks files that claim to be pictures and makes of them what may be stored; makes thumbnails.
 * Sizes are checked in the header, before any pixel is decoded, and only so many pixels are decoded
 * at a time that the memory they need stays bounded: one for the whole process, so that imports,
 * uploads and thumbnails share the bound. Thread-safe.
 */
@Singleton
public final class PictureCleaner {

  /** Thousands of pixels decoded at the same time by all threads. */
  private static final int DECODED_AT_ONCE = 60_000;

  private final PictureLimits limits;
  private final Semaphore memory = new Semaphore(DECODED_AT_ONCE, true);

  static {
    ImageIO.setUseCache(false);
  }

  /** With the limits of the product. */
  @Inject
  public PictureCleaner() {
    this(PictureLimits.DEFAULT);
  }

  public PictureCleaner(PictureLimits limits) {
    this.limits = limits;
  }

  /**
   * Reads a file up to the limit.
   *
   * @throws PictureRefusedException when it is larger
   */
  public byte[] read(InputStream in) throws IOException, PictureRefusedException {
    byte[] file = in.readNBytes(limits.mostBytes() + 1);
    if (file.length > limits.mostBytes()) {
      throw new PictureRefusedException(
          "The file has more than %,d bytes".formatted(limits.mostBytes()));
    }
    return file;
  }

  /**
   * Checks and cleans a picture: whole, decodable, upright, without private metadata, shown by
   * browsers.
   *
   * @throws PictureRefusedException with the reason for its owner
   */
  public CleanPicture clean(byte[] file) throws PictureRefusedException {
    PictureFile structure = PictureFile.of(file);
    limits.check(structure.width(), structure.height());
    int permits = permits(structure.width(), structure.height());
    memory.acquireUninterruptibly(permits);
    try {
      BufferedImage image = Pixels.decode(structure, 1);
      if (!structure.redraw() && structure.orientation() == 1) {
        return new CleanPicture(
            structure.stripped(), structure.mediaType(), image.getWidth(), image.getHeight());
      }
      BufferedImage upright = Pixels.upright(plain(structure, image), structure.orientation());
      return Pixels.encode(upright, Pixels.REDRAWN_QUALITY);
    } catch (OutOfMemoryError e) {
      throw new PictureRefusedException("There is not enough memory to decode the picture");
    } finally {
      memory.release(permits);
    }
  }

  /**
   * Makes a picture that fits into a square.
   *
   * @param file a cleaned picture
   * @param longSide pixels of its longer side; the picture must be larger
   */
  public CleanPicture thumbnail(byte[] file, int longSide) throws PictureRefusedException {
    PictureFile structure = PictureFile.of(file);
    int longer = Math.max(structure.width(), structure.height());
    int step = Math.max(1, longer / (longSide * 4));
    int permits = permits(structure.width() / step, structure.height() / step);
    memory.acquireUninterruptibly(permits);
    try {
      BufferedImage image = plain(structure, Pixels.decode(structure, step));
      double scale = (double) longSide / longer;
      int width = Math.max(1, (int) Math.round(structure.width() * scale));
      int height = Math.max(1, (int) Math.round(structure.height() * scale));
      return Pixels.encode(Pixels.shrink(image, width, height), Pixels.THUMBNAIL_QUALITY);
    } finally {
      memory.release(permits);
    }
  }

  private static BufferedImage plain(PictureFile structure, BufferedImage image) {
    boolean png = structure.mediaType().equals("image/png");
    return Pixels.plain(png ? PngProfile.apply(structure.stripped(), image) : image);
  }

  private static int permits(long width, long height) {
    return (int) Math.min(Math.max(1, width * height / 1000), DECODED_AT_ONCE);
  }
}

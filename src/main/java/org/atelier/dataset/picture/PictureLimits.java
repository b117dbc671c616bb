package org.atelier.dataset.picture;

/**
 * How large a picture may be.
 *
 * @param mostBytes of the file
 * @param mostPixels width × height
 * @param longestSide pixels
 */
public record PictureLimits(int mostBytes, long mostPixels, int longestSide) {

  /** 64 MiB, 50 million pixels, 30,000 pixels a side. */
  public static final PictureLimits DEFAULT = new PictureLimits(64 << 20, 50_000_000, 30_000);

  void check(long width, long height) throws PictureRefusedException {
    if (width < 1 || height < 1) {
      throw new PictureRefusedException(
          "The picture has no pixels (%d × %d)".formatted(width, height));
    }
    if (width > longestSide || height > longestSide || width * height > mostPixels) {
      throw new PictureRefusedException(
          "The picture has %,d × %,d pixels; at most %,d a side and %,d in all are allowed"
              .formatted(width, height, longestSide, mostPixels));
    }
  }
}

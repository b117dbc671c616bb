package org.atelier.dataset.picture;

/**
 * What the structure of a file says, before any pixel is decoded.
 *
 * @param mediaType what it is by its content, whatever its name says
 * @param width pixels as stored, before turning
 * @param height pixels as stored
 * @param orientation EXIF orientation 1–8, 1 upright
 * @param redraw whether it must be drawn anew to be shown everywhere (CMYK, GIF)
 * @param stripped the file without private parts, or the same array when there were none
 */
record PictureFile(
    String mediaType, int width, int height, int orientation, boolean redraw, byte[] stripped) {

  static final String TRUNCATED = "The picture is truncated: the file ends before the picture does";

  /** Recognises a file by its first bytes and walks through its structure. */
  static PictureFile of(byte[] file) throws PictureRefusedException {
    try {
      if (starts(file, 0xFF, 0xD8, 0xFF)) {
        return JpegStructure.read(file);
      }
      if (starts(file, 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A)) {
        return PngStructure.read(file);
      }
      if (starts(file, 'G', 'I', 'F', '8')) {
        return GifStructure.read(file);
      }
      if (starts(file, 'R', 'I', 'F', 'F') && file.length >= 12 && file[8] == 'W') {
        return WebpStructure.read(file);
      }
    } catch (IndexOutOfBoundsException e) {
      throw new PictureRefusedException(TRUNCATED);
    }
    throw new PictureRefusedException(
        file.length == 0 ? "The file is empty" : "Not a JPEG, PNG, WebP or GIF picture");
  }

  private static boolean starts(byte[] file, int... magic) {
    for (int i = 0; i < magic.length; i++) {
      if (i >= file.length || (file[i] & 0xff) != magic[i]) {
        return false;
      }
    }
    return true;
  }
}

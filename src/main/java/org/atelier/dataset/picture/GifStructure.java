package org.atelier.dataset.picture;

/** Walks through a GIF file to the end of its first frame. Source: GIF89a, CompuServe 1990. */
final class GifStructure {

  private final byte[] file;
  private int at;
  private int width;
  private int height;

  private GifStructure(byte[] file) {
    this.file = file;
  }

  static PictureFile read(byte[] file) throws PictureRefusedException {
    GifStructure gif = new GifStructure(file);
    gif.at = 13 + colourTable(file[10]);
    gif.toEndOfFirstFrame();
    return new PictureFile("image/gif", gif.width, gif.height, 1, true, file);
  }

  private void toEndOfFirstFrame() throws PictureRefusedException {
    while (true) {
      int block = file[at] & 0xff;
      if (block == 0x21) {
        at += 2;
        skipSubBlocks();
      } else if (block == 0x2C) {
        width = number(at + 5);
        height = number(at + 7);
        at += 10 + colourTable(file[at + 9]) + 1;
        skipSubBlocks();
        return;
      } else {
        throw new PictureRefusedException("The GIF file holds no picture");
      }
    }
  }

  private void skipSubBlocks() {
    int length;
    do {
      length = file[at] & 0xff;
      at += length + 1;
    } while (length > 0);
  }

  private int number(int offset) {
    return file[offset] & 0xff | (file[offset + 1] & 0xff) << 8;
  }

  private static int colourTable(byte flags) {
    return (flags & 0x80) == 0 ? 0 : 3 << (flags & 7) + 1;
  }
}

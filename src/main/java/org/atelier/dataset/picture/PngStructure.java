package org.atelier.dataset.picture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.zip.CRC32;

/** Walks through the chunks of a PNG file. Source: W3C PNG, third edition, section 5. */
final class PngStructure {

  private static final int SIGNATURE = 8;
  private static final Set<String> KEPT =
      Set.of(
          "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "cICP", "sBIT",
          "bKGD", "pHYs");

  private PngStructure() {}

  static PictureFile read(byte[] file) throws PictureRefusedException {
    ByteBuffer bytes = ByteBuffer.wrap(file);
    ByteArrayOutputStream kept = new ByteArrayOutputStream(file.length);
    kept.write(file, 0, SIGNATURE);
    int width = 0;
    int height = 0;
    int orientation = 1;
    int at = SIGNATURE;
    String type = "";
    while (!type.equals("IEND")) {
      int length = bytes.getInt(at);
      type = new String(file, at + 4, 4, StandardCharsets.ISO_8859_1);
      int end = at + 12 + length;
      if (length < 0 || end < 0 || end > file.length) {
        throw new PictureRefusedException(PictureFile.TRUNCATED);
      }
      checkSum(file, at, length, type);
      if (type.equals("IHDR")) {
        width = bytes.getInt(at + 8);
        height = bytes.getInt(at + 12);
      } else if (type.equals("eXIf")) {
        orientation = ExifOrientation.read(file, at + 8, length);
      }
      if (KEPT.contains(type)) {
        kept.write(file, at, end - at);
      }
      at = end;
    }
    byte[] stripped = kept.size() == file.length ? file : kept.toByteArray();
    return new PictureFile("image/png", width, height, orientation, false, stripped);
  }

  private static void checkSum(byte[] file, int at, int length, String type)
      throws PictureRefusedException {
    CRC32 sum = new CRC32();
    sum.update(file, at + 4, length + 4);
    if ((int) sum.getValue() != ByteBuffer.wrap(file).getInt(at + 8 + length)) {
      throw new PictureRefusedException(
          "The PNG file is damaged: the check sum of chunk %s at byte %,d does not match"
              .formatted(type.chars().allMatch(Character::isLetter) ? type : "?", at));
    }
  }
}

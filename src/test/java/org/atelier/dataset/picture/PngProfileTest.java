package org.atelier.dataset.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures with a colour profile that says nothing. */
class PngProfileTest {

  private final PictureCleaner cleaner = new PictureCleaner(PictureLimits.DEFAULT);

  @ParameterizedTest
  @ValueSource(ints = {1, 6})
  void aPngWhoseProfileCannotBeUsedIsTakenAsIfItHadNone(int orientation) throws Exception {
    byte[] file = withChunk(encode(40, 20), "iCCP", profileOfOneTag());
    file = withChunk(file, "eXIf", turned(orientation));
    CleanPicture clean = cleaner.clean(file);
    assertEquals(orientation == 1 ? 40 : 20, clean.width());
    CleanPicture thumbnail = cleaner.thumbnail(clean.bytes(), 10);
    int rgb = ImageIO.read(new ByteArrayInputStream(thumbnail.bytes())).getRGB(2, 2);
    assertTrue((rgb & 0xff) > 180 && (rgb >> 16 & 0xff) < 90, Integer.toHexString(rgb));
  }

  private static byte[] encode(int width, int height) throws IOException {
    BufferedImage blue = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      blue.setRGB(i % width, i / width, 0x0000ff);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertTrue(ImageIO.write(blue, "png", out));
    return out.toByteArray();
  }

  /** A profile that can be read, without what the colours are made with. */
  private static byte[] profileOfOneTag() throws IOException {
    byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
    ByteBuffer.wrap(profile).putInt(128, 1);
    ByteArrayOutputStream chunk = new ByteArrayOutputStream();
    chunk.write("one tag\0\0".getBytes(StandardCharsets.US_ASCII));
    try (var out = new DeflaterOutputStream(chunk)) {
      out.write(profile);
    }
    return chunk.toByteArray();
  }

  private static byte[] turned(int orientation) {
    ByteBuffer exif = ByteBuffer.allocate(26);
    exif.put("MM\0*".getBytes(StandardCharsets.US_ASCII)).putInt(8).putShort((short) 1);
    exif.putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) orientation);
    return exif.array();
  }

  /** After the first chunk, which is the header. */
  private static byte[] withChunk(byte[] png, String type, byte[] content) {
    ByteBuffer out = ByteBuffer.allocate(png.length + content.length + 12);
    out.put(png, 0, 33).putInt(content.length).put(type.getBytes(StandardCharsets.US_ASCII));
    out.put(content);
    CRC32 sum = new CRC32();
    sum.update(out.array(), 37, content.length + 4);
    out.putInt((int) sum.getValue()).put(png, 33, png.length - 33);
    return out.array();
  }
}

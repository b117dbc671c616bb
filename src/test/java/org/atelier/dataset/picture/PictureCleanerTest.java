package org.atelier.dataset.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureCleanerTest {

  private static final String LOSSY_WEBP =
      "UklGRiQAAABXRUJQVlA4IBgAAAAwAQCdASoBAAEAAgA0JaQAA3AA/vuUAAA=";
  private static final String LOSSLESS_WEBP = "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==";

  private final PictureCleaner cleaner = new PictureCleaner(PictureLimits.DEFAULT);

  @Test
  void plainJpegIsStoredByteForByte() throws Exception {
    byte[] file = encode(corners(40, 20), "jpeg");
    CleanPicture clean = cleaner.clean(file);
    assertSame(file, clean.bytes());
    assertEquals("image/jpeg", clean.mediaType());
    assertEquals(40, clean.width());
    assertEquals(20, clean.height());
  }

  @Test
  void privateMetadataGoesWithoutTouchingPixels() throws Exception {
    byte[] file = encode(corners(40, 20), "jpeg");
    byte[] spied = withSegment(file, 0xE1, exif(1));
    spied = withSegment(spied, 0xFE, "comment: 52.5N 13.4E".getBytes(StandardCharsets.US_ASCII));
    spied = withSegment(spied, 0xE1, "http://ns.adobe.com/xap/1.0/\0SECRET".getBytes());
    spied = concat(spied, "trailer with SECRET".getBytes());
    CleanPicture clean = cleaner.clean(spied);
    assertArrayEquals(file, clean.bytes());
    assertFalse(new String(clean.bytes(), StandardCharsets.ISO_8859_1).contains("GPSSECRET"));
  }

  @ParameterizedTest
  @CsvSource({
    "2,40,20,10",
    "3,40,20,11",
    "4,40,20,01",
    "5,20,40,00",
    "6,20,40,10",
    "7,20,40,11",
    "8,20,40,01"
  })
  void exifRotationIsApplied(int orientation, int width, int height, String whereRedIs)
      throws Exception {
    byte[] file = withSegment(encode(corners(40, 20), "jpeg"), 0xE1, exif(orientation));
    CleanPicture clean = cleaner.clean(file);
    assertEquals(width, clean.width());
    assertEquals(height, clean.height());
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(clean.bytes()));
    int x = whereRedIs.charAt(0) == '1' ? width - 3 : 2;
    int y = whereRedIs.charAt(1) == '1' ? height - 3 : 2;
    int rgb = image.getRGB(x, y);
    assertTrue((rgb >> 16 & 0xff) > 180 && (rgb & 0xff) < 90, Integer.toHexString(rgb));
    assertFalse(new String(clean.bytes(), StandardCharsets.ISO_8859_1).contains("GPSSECRET"));
  }

  @Test
  void pngTextAndTimeGoAndPixelsStay() throws Exception {
    byte[] file = encode(corners(9, 7), "png");
    byte[] spied = withChunk(file, "tEXt", "Author\0SECRET".getBytes());
    spied = withChunk(spied, "tIME", new byte[7]);
    assertArrayEquals(file, cleaner.clean(spied).bytes());
    assertSame(file, cleaner.clean(file).bytes());
  }

  @Test
  void gifBecomesItsFirstFrameAsPngOrJpeg() throws Exception {
    CleanPicture clean = cleaner.clean(encode(corners(12, 8), "gif"));
    assertTrue(clean.mediaType().equals("image/png") || clean.mediaType().equals("image/jpeg"));
    assertEquals(12, clean.width());
  }

  @ParameterizedTest
  @ValueSource(strings = {LOSSY_WEBP, LOSSLESS_WEBP})
  void webpIsDecodedAndKept(String base64) throws Exception {
    byte[] file = Base64.getDecoder().decode(base64);
    CleanPicture clean = cleaner.clean(file);
    assertEquals("image/webp", clean.mediaType());
    assertEquals(1, clean.width());
    assertArrayEquals(file, clean.bytes());
  }

  @ParameterizedTest
  @ValueSource(strings = {LOSSY_WEBP, LOSSLESS_WEBP})
  void animatedWebpBecomesItsFirstFrame(String base64) throws Exception {
    byte[] still = Base64.getDecoder().decode(base64);
    CleanPicture clean = cleaner.clean(animation(still, base64.equals(LOSSLESS_WEBP)));
    assertEquals("image/webp", clean.mediaType());
    assertEquals(1, clean.width());
    assertEquals(1, clean.height());
    BufferedImage shown = ImageIO.read(new ByteArrayInputStream(clean.bytes()));
    BufferedImage frame = ImageIO.read(new ByteArrayInputStream(still));
    assertEquals(frame.getRGB(0, 0), shown.getRGB(0, 0));
    assertArrayEquals(clean.bytes(), cleaner.clean(clean.bytes()).bytes());
  }

  /** Two frames of the same picture, on a canvas of 300 × 200 pixels. */
  private static byte[] animation(byte[] still, boolean alpha) {
    ByteBuffer out = ByteBuffer.allocate(1_000).order(ByteOrder.LITTLE_ENDIAN);
    out.put("RIFF----WEBPVP8X".getBytes(StandardCharsets.US_ASCII)).putInt(10);
    out.putInt(alpha ? 0x12 : 0x02)
        .putShort((short) 299)
        .put((byte) 0)
        .putShort((short) 199)
        .put((byte) 0);
    out.put("ANIM".getBytes(StandardCharsets.US_ASCII)).putInt(6).put(new byte[6]);
    for (int frame = 0; frame < 2; frame++) {
      out.put("ANMF".getBytes(StandardCharsets.US_ASCII)).putInt(16 + still.length - 12);
      out.put(new byte[16]).put(still, 12, still.length - 12);
    }
    out.putInt(4, out.position() - 8);
    return Arrays.copyOf(out.array(), out.position());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aThumbnailOfAPngHasTheColoursOfItsProfile(boolean alpha) throws Exception {
    BufferedImage plain =
        new BufferedImage(40, 40, alpha ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
    for (int at = 0; at < 1_600; at++) {
      plain.setRGB(at % 40, at / 40, 0xff2040c0);
    }
    byte[] file = withChunk(encode(plain, "png"), "iCCP", swapped());
    CleanPicture clean = cleaner.clean(file);
    assertSame(file, clean.bytes(), "browsers read the profile themselves");
    CleanPicture thumbnail = cleaner.thumbnail(clean.bytes(), 10);
    int rgb = ImageIO.read(new ByteArrayInputStream(thumbnail.bytes())).getRGB(5, 5);
    assertTrue(
        (rgb >> 16 & 0xff) > 150 && (rgb & 0xff) < 90, "red and blue: " + Integer.toHexString(rgb));
  }

  /** The chunk of sRGB's profile with the columns of red and blue exchanged. */
  private static byte[] swapped() throws IOException {
    ICC_Profile profile = ICC_Profile.getInstance(ColorSpace.CS_sRGB);
    byte[] red = profile.getData(ICC_Profile.icSigRedColorantTag);
    profile = ICC_Profile.getInstance(profile.getData());
    profile.setData(
        ICC_Profile.icSigRedColorantTag, profile.getData(ICC_Profile.icSigBlueColorantTag));
    profile.setData(ICC_Profile.icSigBlueColorantTag, red);
    ByteArrayOutputStream chunk = new ByteArrayOutputStream();
    chunk.write("swapped\0\0".getBytes(StandardCharsets.US_ASCII));
    try (var out = new DeflaterOutputStream(chunk)) {
      out.write(profile.getData());
    }
    return chunk.toByteArray();
  }

  @Test
  void cmykBecomesRgb() throws Exception {
    CleanPicture clean = cleaner.clean(cmyk());
    assertEquals("image/jpeg", clean.mediaType());
    assertEquals(
        3, ImageIO.read(new ByteArrayInputStream(clean.bytes())).getRaster().getNumBands());
  }

  @Test
  void hugeDimensionsAreRefusedBeforeDecoding() throws Exception {
    byte[] png = encode(corners(4, 4), "png");
    ByteBuffer.wrap(png).putInt(16, 100_000).putInt(20, 100_000);
    CRC32 sum = new CRC32();
    sum.update(png, 12, 17);
    ByteBuffer.wrap(png).putInt(29, (int) sum.getValue());
    assertEquals(
        "The picture has 100,000 × 100,000 pixels; at most 30,000 a side and 50,000,000 in all are"
            + " allowed",
        refusal(png));
    byte[] gif = encode(corners(4, 4), "gif");
    for (int i = 0; i < gif.length - 10; i++) {
      if (gif[i] == 0x2C && gif[i + 5] == 4 && gif[i + 6] == 0 && gif[i + 7] == 4) {
        gif[i + 6] = (byte) 0xff;
        gif[i + 8] = (byte) 0xff;
        break;
      }
    }
    assertTrue(refusal(gif).contains("65,284 × 65,284"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png", "gif"})
  void everyTruncationIsRefused(String format) throws Exception {
    byte[] file = encode(noise(32, 32), format);
    int end = format.equals("gif") ? file.length - 2 : file.length;
    for (int length = 0; length < end; length += 7) {
      byte[] cut = Arrays.copyOf(file, length);
      assertThrows(PictureRefusedException.class, () -> cleaner.clean(cut), "at " + length);
    }
  }

  @Test
  void randomDamageIsRefusedOrCleanedButNeverFails() throws Exception {
    Random random = new Random(3);
    for (String format : new String[] {"jpeg", "png", "gif"}) {
      byte[] file = encode(noise(24, 24), format);
      for (int round = 0; round < 150; round++) {
        byte[] damaged = file.clone();
        for (int n = 0; n < 4; n++) {
          damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        }
        try {
          cleaner.clean(damaged);
        } catch (PictureRefusedException e) {
          assertFalse(e.getMessage().isBlank());
        }
      }
    }
  }

  @Test
  void otherFilesAreNotPictures() {
    assertEquals(
        "Not a JPEG, PNG, WebP or GIF picture",
        refusal("<svg onload=\"alert(1)\"/>".getBytes(StandardCharsets.UTF_8)));
    assertEquals("The file is empty", refusal(new byte[0]));
  }

  @Test
  void thumbnailFitsTheSquareAndKeepsProportions() throws Exception {
    CleanPicture thumbnail = cleaner.thumbnail(encode(corners(1000, 500), "jpeg"), 96);
    assertEquals(96, thumbnail.width());
    assertEquals(48, thumbnail.height());
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(thumbnail.bytes()));
    assertTrue((image.getRGB(5, 5) >> 16 & 0xff) > 180);
  }

  @Test
  void greyPixelsBecomeAPngWithTheSameValues() throws Exception {
    byte[] pixels = new byte[28 * 28];
    new Random(1).nextBytes(pixels);
    try (GreyPng png = new GreyPng()) {
      byte[] file = png.encode(pixels, 28, 28);
      assertSame(file, cleaner.clean(file).bytes());
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(file));
      assertEquals(pixels[28 * 3 + 5] & 0xff, image.getRaster().getSample(5, 3, 0));
    }
  }

  private String refusal(byte[] file) {
    return assertThrows(PictureRefusedException.class, () -> cleaner.clean(file)).getMessage();
  }

  /** Red in the upper left quarter, blue elsewhere. */
  private static BufferedImage corners(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, x < width / 2 && y < height / 2 ? 0xff0000 : 0x0000ff);
      }
    }
    return image;
  }

  private static BufferedImage noise(int width, int height) {
    Random random = new Random(5);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      image.setRGB(i % width, i / width, random.nextInt(0x1000000));
    }
    return image;
  }

  private static byte[] encode(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertTrue(ImageIO.write(image, format, out));
    return out.toByteArray();
  }

  private static byte[] cmyk() throws IOException {
    WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, 4, null);
    ImageWriter writer = ImageIO.getImageWritersByMIMEType("image/jpeg").next();
    var writers = ImageIO.getImageWritersByMIMEType("image/jpeg");
    while (!writer.getClass().getName().startsWith("com.sun.")) {
      writer = writers.next();
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (var stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(null, new IIOImage(raster, null, null), null);
    }
    byte[] adobe = {'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0};
    return withSegment(out.toByteArray(), 0xEE, adobe);
  }

  private static byte[] exif(int orientation) {
    ByteBuffer exif = ByteBuffer.allocate(64);
    exif.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
    exif.put("MM\0*".getBytes(StandardCharsets.US_ASCII)).putInt(8).putShort((short) 1);
    exif.putShort((short) 0x0112).putShort((short) 3).putInt(1);
    exif.putShort((short) orientation).putShort((short) 0).putInt(0);
    exif.put("GPSSECRET".getBytes(StandardCharsets.US_ASCII));
    return exif.array();
  }

  private static byte[] withSegment(byte[] jpeg, int marker, byte[] content) {
    ByteBuffer out = ByteBuffer.allocate(jpeg.length + content.length + 4);
    out.put(jpeg, 0, 2).put((byte) 0xFF).put((byte) marker);
    out.putShort((short) (content.length + 2)).put(content).put(jpeg, 2, jpeg.length - 2);
    return out.array();
  }

  private static byte[] withChunk(byte[] png, String type, byte[] content) {
    ByteBuffer out = ByteBuffer.allocate(png.length + content.length + 12);
    out.put(png, 0, 33).putInt(content.length).put(type.getBytes()).put(content);
    CRC32 sum = new CRC32();
    sum.update(out.array(), 37, content.length + 4);
    out.putInt((int) sum.getValue()).put(png, 33, png.length - 33);
    return out.array();
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }
}

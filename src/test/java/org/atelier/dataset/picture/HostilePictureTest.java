package org.atelier.dataset.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Small files made to cost much, or to fail where nobody looks. */
class HostilePictureTest {

  /** An animation with transparent pixels. */
  private static final int ANIMATION = 0x12;

  private static final int LARGE = 6_000;

  /** The chunk of a lossless picture of one pixel. */
  private static final byte[] PIXEL =
      Arrays.copyOfRange(
          Base64.getDecoder().decode("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA=="), 12, 34);

  private final PictureCleaner cleaner = new PictureCleaner(PictureLimits.DEFAULT);

  @Test
  void aStillWebpWhoseCanvasIsLargerThanItsPictureIsNotDecoded() {
    byte[] canvas = canvas(0, LARGE, LARGE);
    assertEquals(
        "The WebP file is damaged: its picture is not as large as the file says",
        refusal(webp(canvas, PIXEL)));
    assertEquals("The WebP file holds no picture", refusal(webp(canvas, frame(PIXEL))));
  }

  @Test
  void aSecondCanvasIsRefusedWhereverItStands() {
    byte[] large = canvas(ANIMATION, LARGE, LARGE);
    byte[] small = canvas(ANIMATION, 1, 1);
    String misplaced = "The WebP file is damaged: its header is not where it belongs";
    assertEquals(misplaced, refusal(webp(large, small, frame(PIXEL))));
    assertEquals(misplaced, refusal(webp(frame(PIXEL), large)));
    assertEquals(misplaced, refusal(webp(Arrays.copyOf(chunk("VP8X", new byte[12]), 20), PIXEL)));
  }

  @Test
  void anAnimationIsCutToItsFrameWhateverItsCanvasSays() throws Exception {
    CleanPicture clean =
        cleaner.clean(webp(canvas(ANIMATION, 16_000, 16_000), frame(PIXEL), frame(PIXEL)));
    assertEquals(1, clean.width());
    assertEquals(1, ImageIO.read(new ByteArrayInputStream(clean.bytes())).getWidth());
  }

  @Test
  void aPictureChunkTooShortForItsSizeIsNotReadFromTheNextOne() {
    String tooShort = "The WebP file is damaged: its picture is too short";
    byte[] next = chunk("EXIF", new byte[40]);
    assertEquals(tooShort, refusal(webp(chunk("VP8 ", new byte[0]), next)));
    assertEquals(tooShort, refusal(webp(chunk("VP8L", new byte[4]), next)));
  }

  @Test
  void framesWithinFramesAreNoPictures() {
    byte[] nested = PIXEL;
    for (int level = 0; level < 3; level++) {
      nested = frame(nested);
    }
    byte[] canvas = canvas(ANIMATION, 1, 1);
    assertEquals("The WebP file holds no picture", refusal(webp(canvas, nested)));
    assertEquals("The WebP file holds no picture", refusal(webp(canvas, manyFrames(40_000))));
  }

  @Test
  void whatTheDecoderTakesForTheSizeMustBeWhatWasChecked() throws Exception {
    byte[] png = encode(40, 20);
    PictureFile other = new PictureFile("image/png", 4, 2, 1, false, png);
    assertEquals(
        "The picture is damaged: it says two sizes",
        assertThrows(PictureRefusedException.class, () -> Pixels.decode(other, 1)).getMessage());
    byte[] twice = withChunk(png, "IHDR", header(4, 2));
    assertEquals("The picture is damaged: it says two sizes", refusal(twice));
  }

  private String refusal(byte[] file) {
    return assertThrows(PictureRefusedException.class, () -> cleaner.clean(file)).getMessage();
  }

  private static byte[] webp(byte[]... chunks) {
    int size = Arrays.stream(chunks).mapToInt(chunk -> chunk.length).sum();
    ByteBuffer out = ByteBuffer.allocate(12 + size).order(ByteOrder.LITTLE_ENDIAN);
    out.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(4 + size);
    out.put("WEBP".getBytes(StandardCharsets.US_ASCII));
    Arrays.stream(chunks).forEach(out::put);
    return out.array();
  }

  private static byte[] canvas(int flags, int width, int height) {
    ByteBuffer content = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
    content.putInt(flags).putShort((short) (width - 1)).put((byte) 0);
    return chunk("VP8X", content.putShort((short) (height - 1)).put((byte) 0).array());
  }

  private static byte[] frame(byte[] picture) {
    ByteBuffer content = ByteBuffer.allocate(16 + picture.length);
    return chunk("ANMF", content.position(16).put(picture).array());
  }

  /** Each within the one before. */
  private static byte[] manyFrames(int levels) {
    ByteBuffer out = ByteBuffer.allocate(24 * levels).order(ByteOrder.LITTLE_ENDIAN);
    while (out.hasRemaining()) {
      out.put("ANMF".getBytes(StandardCharsets.US_ASCII)).putInt(out.remaining() - 4);
      out.position(out.position() + 16);
    }
    return out.array();
  }

  private static byte[] chunk(String type, byte[] content) {
    int odd = content.length & 1;
    ByteBuffer out = ByteBuffer.allocate(8 + content.length + odd).order(ByteOrder.LITTLE_ENDIAN);
    out.put(type.getBytes(StandardCharsets.US_ASCII)).putInt(content.length).put(content);
    return out.array();
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

  private static byte[] header(int width, int height) {
    return ByteBuffer.allocate(13).putInt(width).putInt(height).put(new byte[] {8, 2}).array();
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

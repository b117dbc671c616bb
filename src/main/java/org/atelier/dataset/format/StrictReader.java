package org.atelier.dataset.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Decodes text and stops at the first byte that the encoding does not have, naming file, line and
 * byte. A byte order mark of UTF-8 is dropped. Not thread-safe.
 */
final class StrictReader extends Reader {

  private final InputStream in;
  private final String name;
  private final boolean choosable;
  private final CharsetDecoder decoder;
  private final ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
  private long consumed;
  private long line = 1;
  private boolean first = true;
  private boolean atEnd;
  private boolean flushed;

  /**
   * @param choosable whether whoever sends the file may say another encoding
   */
  StrictReader(InputStream in, String name, Charset charset, boolean choosable) {
    this.choosable = choosable;
    this.in = in;
    this.name = name;
    this.decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    bytes.limit(0);
  }

  /** Bytes decoded so far. */
  long position() {
    return consumed;
  }

  @Override
  public int read(char[] target, int offset, int count) throws IOException {
    if (count == 0) {
      return 0;
    }
    CharBuffer chars = CharBuffer.wrap(target, offset, count);
    while (chars.position() == 0) {
      if (flushed) {
        return -1;
      }
      if (!atEnd && bytes.remaining() < 8) {
        fill();
      }
      int before = bytes.position();
      CoderResult result = decoder.decode(bytes, chars, atEnd);
      consumed += bytes.position() - before;
      if (result.isError()) {
        throw wrongByte(target, offset, chars.position());
      }
      if (atEnd && result.isUnderflow()) {
        flushed = decoder.flush(chars).isUnderflow();
      }
    }
    countLines(target, offset, chars.position());
    return chars.position();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private void fill() throws IOException {
    bytes.compact();
    while (bytes.hasRemaining() && bytes.position() < 8) {
      int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
      if (read < 0) {
        atEnd = true;
        break;
      }
      bytes.position(bytes.position() + read);
    }
    bytes.flip();
    if (first) {
      first = false;
      startOfFile();
    }
  }

  private void startOfFile() throws UnreadableSourceException {
    if (decoder.charset().equals(StandardCharsets.UTF_16)) {
      return;
    }
    int a = bytes.remaining() > 0 ? bytes.get(0) & 0xff : -1;
    int b = bytes.remaining() > 1 ? bytes.get(1) & 0xff : -1;
    if (a == 0xFE && b == 0xFF || a == 0xFF && b == 0xFE) {
      throw new UnreadableSourceException(
          "%s: line 1, byte 0: the file is UTF-16, not %s; save it as UTF-8%s"
              .formatted(
                  name, decoder.charset().name(), choosable ? " or choose that encoding" : ""));
    }
    boolean mark = a == 0xEF && b == 0xBB && bytes.remaining() > 2 && bytes.get(2) == (byte) 0xBF;
    if (mark && decoder.charset().equals(StandardCharsets.UTF_8)) {
      bytes.position(3);
      consumed = 3;
    }
  }

  private UnreadableSourceException wrongByte(char[] target, int offset, int decoded) {
    countLines(target, offset, decoded);
    return new UnreadableSourceException(
        "%s: line %,d, byte %,d: not %s (found 0x%02X); save the file as UTF-8%s"
            .formatted(
                name,
                line,
                consumed,
                decoder.charset().name(),
                bytes.get(bytes.position()) & 0xff,
                choosable ? " or choose its encoding" : ""));
  }

  private void countLines(char[] target, int offset, int count) {
    for (int i = offset; i < offset + count; i++) {
      if (target[i] == '\n') {
        line++;
      }
    }
  }
}

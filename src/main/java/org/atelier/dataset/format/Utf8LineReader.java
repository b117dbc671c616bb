package org.atelier.dataset.format;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Reads lines of UTF-8, a byte order mark tolerated. A line longer than the limit is skipped
 * without being kept, a line that is not UTF-8 is told with its byte; both leave the next line
 * readable. Not thread-safe.
 */
final class Utf8LineReader implements Closeable {

  private final InputStream in;
  private final int limit;
  private final byte[] buffer = new byte[1 << 16];
  private int at;
  private int end;
  private byte[] line = new byte[1 << 12];
  private int length;
  private long size;
  private long position;
  private long start;
  private long number;

  /**
   * @param limit most bytes of a line
   */
  Utf8LineReader(InputStream in, int limit) {
    this.in = in;
    this.limit = limit;
  }

  /** Number of the line last read, from 1. */
  long number() {
    return number;
  }

  /** Bytes read so far. */
  long position() {
    return position;
  }

  /**
   * Goes to the next line.
   *
   * @return false at the end
   */
  boolean next() throws IOException {
    start = position;
    length = 0;
    size = 0;
    while (true) {
      if (at == end && !fill()) {
        if (size == 0) {
          return false;
        }
        break;
      }
      int stop = at;
      while (stop < end && buffer[stop] != '\n') {
        stop++;
      }
      keep(at, stop);
      position += stop - at;
      boolean complete = stop < end;
      at = complete ? stop + 1 : stop;
      if (complete) {
        position++;
        break;
      }
    }
    number++;
    trim();
    return true;
  }

  /**
   * The line without its end.
   *
   * @throws RefusedLineException when it is too long or not UTF-8
   */
  String line() throws RefusedLineException {
    if (size > limit) {
      throw new RefusedLineException(
          "The line has %,d bytes; at most %,d are allowed".formatted(size, limit));
    }
    ByteBuffer bytes = ByteBuffer.wrap(line, 0, length);
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(bytes)
          .toString();
    } catch (CharacterCodingException e) {
      throw new RefusedLineException(
          "Not UTF-8 at byte %,d of the file (found 0x%02X): save the file as UTF-8"
              .formatted(start + bytes.position(), line[bytes.position()] & 0xff));
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private boolean fill() throws IOException {
    at = 0;
    end = Math.max(in.read(buffer), 0);
    return end > 0;
  }

  private void keep(int from, int to) {
    int count = to - from;
    size += count;
    if (size > limit) {
      return;
    }
    if (length + count > line.length) {
      line = java.util.Arrays.copyOf(line, Math.max(line.length * 2, length + count));
    }
    System.arraycopy(buffer, from, line, length, count);
    length += count;
  }

  private void trim() {
    if (size > limit) {
      return;
    }
    if (length > 0 && line[length - 1] == '\r') {
      length--;
    }
    boolean mark =
        number == 1
            && length >= 3
            && (line[0] & 0xff) == 0xEF
            && (line[1] & 0xff) == 0xBB
            && (line[2] & 0xff) == 0xBF;
    if (mark) {
      System.arraycopy(line, 3, line, 0, length - 3);
      length -= 3;
      start += 3;
    }
  }

  /** A line that cannot be taken; the message is the reason. */
  static final class RefusedLineException extends Exception {

    private static final long serialVersionUID = 1L;

    RefusedLineException(String reason) {
      super(reason);
    }
  }
}

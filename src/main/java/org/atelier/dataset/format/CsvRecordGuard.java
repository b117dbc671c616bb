package org.atelier.dataset.format;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;

/**
 * Lets whole CSV records through and takes out those that are too large or wrongly quoted, without
 * ever keeping more than the limit. What is taken out leaves its line ends behind, so that line
 * numbers stay right. Not thread-safe.
 */
final class CsvRecordGuard extends Reader {

  private enum State {
    FIELD_START,
    UNQUOTED,
    QUOTED,
    QUOTE_SEEN
  }

  /** A record that was taken out. */
  record Refusal(long line, String reason) {}

  private final Reader in;
  private final char separator;
  private final int limit;
  private final char[] block = new char[1 << 15];
  private int at;
  private int end;
  private char[] record = new char[1 << 12];
  private int length;
  private int released;
  private int given;
  private long size;
  private int lineEnds;
  private long startLine = 1;
  private State state = State.FIELD_START;
  private boolean afterReturn;
  private char previous;
  private String fault;
  private long blanks;
  private final Queue<Refusal> refusals = new ArrayDeque<>();

  /**
   * @param limit most characters of a record
   */
  CsvRecordGuard(Reader in, char separator, int limit) {
    this.in = in;
    this.separator = separator;
    this.limit = limit;
  }

  /** Takes the next refusal whose line is smaller than the given one, null when there is none. */
  Refusal refusalBefore(long line) {
    Refusal next = refusals.peek();
    return next != null && next.line() < line ? refusals.poll() : null;
  }

  @Override
  public int read(char[] target, int offset, int count) throws IOException {
    if (count == 0) {
      return 0;
    }
    while (given == released && blanks == 0) {
      if (!nextRecord()) {
        return -1;
      }
    }
    if (blanks > 0) {
      return readBlanks(target, offset, (int) Math.min(count, blanks));
    }
    int some = Math.min(count, released - given);
    System.arraycopy(record, given, target, offset, some);
    given += some;
    return some;
  }

  /** Both characters, or a line end before or after would become one with the blank line. */
  private int readBlanks(char[] target, int offset, int count) {
    for (int i = 0; i < count; i++) {
      target[offset + i] = blanks-- % 2 == 0 ? '\r' : '\n';
    }
    return count;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** Reads one record into the buffer or refuses it. */
  private boolean nextRecord() throws IOException {
    begin();
    while (true) {
      if (at == end) {
        end = in.read(block, 0, block.length);
        at = 0;
        if (end <= 0) {
          end = 0;
          return endOfFile();
        }
      }
      char c = block[at];
      if (afterReturn && c != '\n') {
        afterReturn = false;
        finish();
        return true;
      }
      at++;
      keep(c);
      boolean ended = step(c);
      previous = c;
      if (ended) {
        finish();
        return true;
      }
    }
  }

  private void begin() {
    length = 0;
    released = 0;
    given = 0;
    size = 0;
    lineEnds = 0;
    fault = null;
    state = State.FIELD_START;
    afterReturn = false;
    previous = 0;
  }

  private boolean endOfFile() {
    if (size == 0) {
      return false;
    }
    if (state == State.QUOTED && fault == null) {
      fault = "A quoted field that begins in this row is not closed before the file ends";
    }
    finish();
    return true;
  }

  /** Goes one character on; true when the record ends with it. */
  private boolean step(char c) {
    if (c == '\r' || c == '\n' && previous != '\r') {
      lineEnds++;
    }
    if (state == State.QUOTED) {
      if (c == '"') {
        state = State.QUOTE_SEEN;
      }
      return false;
    }
    if (c == '\n' || c == '\r') {
      afterReturn = c == '\r';
      return c == '\n';
    }
    if (c == separator) {
      state = State.FIELD_START;
    } else if (state == State.QUOTE_SEEN) {
      afterQuote(c);
    } else if (state == State.FIELD_START && c == '"') {
      state = State.QUOTED;
    } else {
      state = State.UNQUOTED;
    }
    return false;
  }

  private void afterQuote(char c) {
    if (c == '"') {
      state = State.QUOTED;
    } else {
      state = State.UNQUOTED;
      if (fault == null) {
        fault = "A closing quote is followed by \"" + c + "\" instead of a separator";
      }
    }
  }

  private void keep(char c) {
    size++;
    if (size > limit) {
      return;
    }
    if (length == record.length) {
      record = Arrays.copyOf(record, record.length * 2);
    }
    record[length++] = c;
  }

  private void finish() {
    int lines = Math.max(lineEnds, 1);
    if (size > limit) {
      fault = "The row has %,d characters; at most %,d are allowed".formatted(size, limit);
    }
    if (fault != null) {
      refusals.add(new Refusal(startLine, fault));
      length = 0;
      blanks = 2L * lines;
    }
    released = length;
    startLine += lines;
  }
}

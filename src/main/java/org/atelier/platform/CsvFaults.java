package org.atelier.platform;

import de.siegmar.fastcsv.reader.CsvParseException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is wrong with a CSV file that a command reads, in one line that names file and row. */
public final class CsvFaults {

  private static final Pattern LINE = Pattern.compile("started in line (\\d+)");
  private static final Pattern WIDTH =
      Pattern.compile("has (\\d+) fields, but first record had (\\d+) fields");
  private static final int BUFFER = 1 << 16;

  private CsvFaults() {}

  /** What the parser could not make sense of; text that is not UTF-8 is told by its place. */
  public static String words(Path file, CsvParseException failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    if (deepest instanceof java.nio.charset.CharacterCodingException) {
      return notUtf8(file);
    }
    Matcher line = LINE.matcher(String.valueOf(failure.getMessage()));
    Matcher width = WIDTH.matcher(String.valueOf(deepest.getMessage()));
    return file
        + (line.find() ? ", row " + line.group(1) : "")
        + ": "
        + (width.find()
            ? "%s cells, where the header has %s".formatted(width.group(1), width.group(2))
            : deepest.getMessage());
  }

  /** Where a file that was found not to be UTF-8 ceases to be: row and byte, counted from 1. */
  public static String notUtf8(Path file) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer bytes = ByteBuffer.allocate(BUFFER);
    CharBuffer chars = CharBuffer.allocate(BUFFER);
    long before = 0;
    long row = 1;
    try (InputStream in = Files.newInputStream(file)) {
      boolean end = false;
      while (!end) {
        int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
        end = read < 0;
        bytes.position(bytes.position() + Math.max(0, read)).flip();
        CoderResult result = decoder.decode(bytes, chars, end);
        row += chars.flip().chars().filter(one -> one == '\n').count();
        chars.clear();
        if (result.isError()) {
          return "%s, row %d, byte %,d: not UTF-8 (found 0x%02X); save the file as UTF-8"
              .formatted(
                  file, row, before + bytes.position() + 1, bytes.get(bytes.position()) & 0xff);
        }
        before += bytes.position();
        bytes.compact();
      }
    } catch (IOException e) {
      return file + ": cannot be read";
    }
    return file + ": this is not UTF-8 text";
  }
}

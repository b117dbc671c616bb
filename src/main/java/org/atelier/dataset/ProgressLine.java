package org.atelier.dataset;

import java.io.PrintWriter;

/**
 * Tells how far a command is: on a terminal one line that changes, else a line every ten seconds.
 * Thread-safe.
 */
final class ProgressLine {

  private static final long ON_TERMINAL_NANOS = 200_000_000L;
  private static final long IN_FILE_NANOS = 10_000_000_000L;

  private final PrintWriter out;
  private final boolean terminal;
  private long told;
  private int width;

  ProgressLine(PrintWriter out) {
    this.out = out;
    this.terminal = System.console() != null;
    this.told = System.nanoTime();
  }

  /** Tells it unless something was told a moment ago. */
  synchronized void at(String text) {
    long now = System.nanoTime();
    if (now - told < (terminal ? ON_TERMINAL_NANOS : IN_FILE_NANOS)) {
      return;
    }
    told = now;
    if (terminal) {
      out.print("\r" + text + " ".repeat(Math.max(0, width - text.length())));
      width = text.length();
    } else {
      out.println(text);
    }
    out.flush();
  }

  /** Makes room for a message. */
  synchronized void clear() {
    if (terminal && width > 0) {
      out.print("\r" + " ".repeat(width) + "\r");
      width = 0;
    }
    out.flush();
  }
}

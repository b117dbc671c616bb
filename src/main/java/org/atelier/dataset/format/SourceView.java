package org.atelier.dataset.format;

import java.io.IOException;
import java.io.InputStream;

/** A picture of a row, not yet looked at. */
public sealed interface SourceView {

  String name();

  /**
   * An encoded picture file.
   *
   * @param fileName for messages
   * @param size bytes, −1 when not known
   * @param opener opens its bytes; may be called once
   */
  record EncodedFile(String name, String fileName, long size, Opener opener)
      implements SourceView {}

  /**
   * Grey pixels.
   *
   * @param pixels height × width values, row by row, 0 black to 255 white
   */
  record GreyPixels(String name, int width, int height, byte[] pixels) implements SourceView {}

  /** Opens bytes. */
  @FunctionalInterface
  interface Opener {
    InputStream open() throws IOException;
  }
}

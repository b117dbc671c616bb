package org.atelier.dataset;

import java.io.IOException;

/** Receives pictures one after the other. */
@FunctionalInterface
public interface PictureVisitor {

  /**
   * @param encoded the file's bytes, for the visitor to keep or change
   * @param mediaType {@code image/jpeg}, {@code image/png} or {@code image/webp}
   */
  void visit(String sha256, byte[] encoded, String mediaType) throws IOException;
}

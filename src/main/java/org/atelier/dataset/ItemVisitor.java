package org.atelier.dataset;

import java.io.IOException;

/** Receives items one after the other. */
@FunctionalInterface
public interface ItemVisitor {

  void visit(ItemRow row) throws IOException;
}

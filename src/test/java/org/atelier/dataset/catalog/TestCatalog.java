package org.atelier.dataset.catalog;

import org.jdbi.v3.core.Jdbi;

/** Opens the catalog for tests of other packages. */
public final class TestCatalog {

  private TestCatalog() {}

  public static CatalogReads reads(Jdbi jdbi) {
    return new CatalogReads(jdbi);
  }
}

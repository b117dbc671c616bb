package org.atelier.dataset.catalog;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.atelier.platform.storage.BlobReferences;
import org.jdbi.v3.core.Jdbi;

/** Keeps the pictures and thumbnails of all projects from being collected. */
@Singleton
class PictureReferences implements BlobReferences {

  private final Jdbi jdbi;

  PictureReferences(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  @jakarta.transaction.Transactional
  public void visit(Consumer<String> sha256) {
    jdbi.useHandle(
        h -> {
          try (var rows =
              h
                  .createQuery(
                      """
                      select sha256 from dataset.picture
                      union all select thumbnail_sha256 from dataset.thumbnail
                      """)
                  .setFetchSize(5_000)
                  .mapTo(String.class)
                  .stream()) {
            rows.forEach(sha256);
          }
        });
  }

  /** Waits until no import writes, and keeps imports off until the transaction ends. */
  @Override
  @jakarta.transaction.Transactional
  public Set<String> needed(Set<String> sha256s) {
    return jdbi.withHandle(
        h -> {
          Burials.claimObjects(h);
          Set<String> needed = new HashSet<>(sha256s);
          Burials.unneeded(h, sha256s).forEach(needed::remove);
          return needed;
        });
  }

  @Override
  @jakarta.transaction.Transactional
  public void dropUnused(Instant before) {
    jdbi.useHandle(h -> HeldPictureService.dropWaiting(h, before));
  }
}

package org.atelier.dataset.catalog;

import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.atelier.dataset.DatasetProblem;
import org.atelier.dataset.PictureVisitor;
import org.atelier.dataset.Pictures;
import org.atelier.dataset.picture.CleanPicture;
import org.atelier.dataset.picture.PictureCleaner;
import org.atelier.dataset.picture.PictureRefusedException;
import org.atelier.platform.ProblemException;
import org.atelier.platform.RecordMapper;
import org.atelier.platform.storage.Blob;
import org.atelier.platform.storage.BlobMissingException;
import org.atelier.platform.storage.ObjectStore;
import org.atelier.platform.storage.StorageException;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/**
 * Serves pictures and makes thumbnails when somebody first asks for them. Where the store has no
 * room for a thumbnail it is made for every request.
 */
@Singleton
class PictureService implements Pictures {

  private static final Logger LOG = Logger.getLogger(PictureService.class);

  private static final Set<Integer> SIZES = Set.of(96, 256, 1024);
  private static final int ASKED_AT_ONCE = 5_000;

  /** Of pictures whose thumbnails are made, all requests together. */
  private static final int MEBIBYTES_READ_AT_ONCE = 128;

  private final Semaphore read = new Semaphore(MEBIBYTES_READ_AT_ONCE, true);
  private final Jdbi jdbi;
  private final CatalogReads reads;
  private final ObjectStore objects;
  private final PictureCleaner cleaner;

  PictureService(Jdbi jdbi, CatalogReads reads, ObjectStore objects, PictureCleaner cleaner) {
    this.jdbi = jdbi;
    this.reads = reads;
    this.objects = objects;
    this.cleaner = cleaner;
  }

  @Override
  public PictureBytes open(UUID projectId, String sha256) {
    NewPicture picture = find(projectId, sha256);
    return new PictureBytes(content(sha256), picture.mediaType(), picture.size());
  }

  @Override
  public PictureBytes thumbnail(UUID projectId, String sha256, int longSide) {
    if (!SIZES.contains(longSide)) {
      throw ProblemException.invalid("size", "Sizes are 96, 256 and 1024.");
    }
    NewPicture picture = find(projectId, sha256);
    if (Math.max(picture.width(), picture.height()) <= longSide) {
      return new PictureBytes(content(sha256), picture.mediaType(), picture.size());
    }
    Optional<Thumbnail> made = made(projectId, sha256, longSide);
    if (made.isPresent()) {
      try {
        Thumbnail thumbnail = made.get();
        InputStream content = objects.open(thumbnail.thumbnailSha256());
        return new PictureBytes(content, thumbnail.mediaType(), thumbnail.size());
      } catch (BlobMissingException e) {
        // Made again below: thumbnails can be lost without harm.
        forget(projectId, sha256, longSide);
      }
    }
    return make(projectId, picture, longSide);
  }

  @Override
  public void visit(UUID projectId, Collection<String> sha256s, PictureVisitor visitor) {
    List<String> all = new ArrayList<>(sha256s);
    for (int from = 0; from < all.size(); from += ASKED_AT_ONCE) {
      List<String> part = all.subList(from, Math.min(all.size(), from + ASKED_AT_ONCE));
      for (NewPicture picture : known(projectId, part)) {
        try (InputStream in = content(picture.sha256())) {
          visitor.visit(picture.sha256(), in.readAllBytes(), picture.mediaType());
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private List<NewPicture> known(UUID projectId, List<String> sha256s) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select sha256, media_type, size, width, height from unnest(:asked) asked
                    join dataset.picture on sha256 = asked where project_id = :project
                    """)
                .bind("asked", sha256s.toArray(String[]::new))
                .bind("project", projectId)
                .map(RecordMapper.of(NewPicture.class))
                .list());
  }

  private PictureBytes make(UUID projectId, NewPicture picture, int longSide) {
    CleanPicture thumbnail;
    int room = (int) Math.min(MEBIBYTES_READ_AT_ONCE, 1 + (picture.size() >> 20));
    read.acquireUninterruptibly(room);
    try (InputStream in = content(picture.sha256())) {
      thumbnail = cleaner.thumbnail(in.readAllBytes(), longSide);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (PictureRefusedException e) {
      throw new ProblemException(
          DatasetProblem.PICTURE_NOT_FOUND, "The picture cannot be shown small: " + e.getMessage());
    } finally {
      read.release(room);
    }
    try {
      keep(projectId, picture, longSide, thumbnail);
    } catch (StorageException full) {
      LOG.warnf("A thumbnail is served but not kept: %s", full.getMessage());
    }
    return new PictureBytes(
        new ByteArrayInputStream(thumbnail.bytes()),
        thumbnail.mediaType(),
        thumbnail.bytes().length);
  }

  private void keep(UUID projectId, NewPicture picture, int longSide, CleanPicture thumbnail) {
    Blob blob = objects.put(new ByteArrayInputStream(thumbnail.bytes()), thumbnail.mediaType());
    jdbi.useHandle(
        h ->
            h.execute(
                """
                insert into dataset.thumbnail
                  (project_id, sha256, long_side, thumbnail_sha256, media_type, size)
                select project_id, sha256, ?, ?, ?, ? from dataset.picture
                where project_id = ? and sha256 = ? on conflict do nothing
                """,
                longSide,
                blob.sha256(),
                thumbnail.mediaType(),
                blob.size(),
                projectId,
                picture.sha256()));
  }

  record Thumbnail(String thumbnailSha256, String mediaType, long size) {}

  private Optional<Thumbnail> made(UUID projectId, String sha256, int longSide) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select thumbnail_sha256, media_type, size from dataset.thumbnail
                    where project_id = :project and sha256 = :sha256 and long_side = :side
                    """)
                .bind("project", projectId)
                .bind("sha256", sha256)
                .bind("side", longSide)
                .map(RecordMapper.of(Thumbnail.class))
                .findOne());
  }

  private void forget(UUID projectId, String sha256, int longSide) {
    jdbi.useHandle(
        h ->
            h.execute(
                "delete from dataset.thumbnail where project_id = ? and sha256 = ? and long_side ="
                    + " ?",
                projectId,
                sha256,
                longSide));
  }

  private NewPicture find(UUID projectId, String sha256) {
    return reads
        .picture(projectId, sha256)
        .orElseThrow(
            () ->
                new ProblemException(
                    DatasetProblem.PICTURE_NOT_FOUND, "The project has no such picture."));
  }

  private InputStream content(String sha256) {
    return objects.open(sha256);
  }
}

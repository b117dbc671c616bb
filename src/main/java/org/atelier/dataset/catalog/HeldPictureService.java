package org.atelier.dataset.catalog;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.atelier.dataset.HeldPictures;
import org.atelier.dataset.picture.CleanPicture;
import org.atelier.platform.RecordMapper;
import org.atelier.platform.storage.Blob;
import org.atelier.platform.storage.ObjectStore;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Pictures without items. While nobody holds one, its row is held by the project itself. */
@Singleton
class HeldPictureService implements HeldPictures {

  private final Jdbi jdbi;
  private final ObjectStore objects;
  private final Clock clock;
  private final PictureReception reception;
  private final HeldPictureRemoval removal;

  HeldPictureService(
      Jdbi jdbi,
      ObjectStore objects,
      PictureReception reception,
      HeldPictureRemoval removal,
      Clock clock) {
    this.jdbi = jdbi;
    this.objects = objects;
    this.reception = reception;
    this.removal = removal;
    this.clock = clock;
  }

  @Override
  @Transactional
  public HeldPicture bring(UUID projectId, InputStream file) throws IOException {
    CleanPicture clean = reception.receive(file);
    return jdbi.withHandle(
        h -> {
          Burials.holdObjects(h);
          Blob blob = objects.put(new ByteArrayInputStream(clean.bytes()), clean.mediaType());
          var picture =
              new NewPicture(
                  blob.sha256(), clean.mediaType(), blob.size(), clean.width(), clean.height());
          CatalogWrites.addPictures(h, projectId, List.of(picture));
          add(h, projectId, projectId, List.of(blob.sha256()));
          HeldPictureRemoval.unbury(h, projectId, blob.sha256());
          return new HeldPicture(
              blob.sha256(), clean.mediaType(), blob.size(), clean.width(), clean.height());
        });
  }

  @Override
  @Transactional
  public Set<String> brought(UUID projectId, Collection<String> sha256s) {
    return Set.copyOf(
        jdbi.withHandle(
            h ->
                h.createQuery(
                        """
                        select distinct sha256 from dataset.picture_hold
                        where project_id = :project and sha256 = any(:asked)
                        """)
                    .bind("project", projectId)
                    .bind("asked", sha256s.toArray(String[]::new))
                    .mapTo(String.class)
                    .list()));
  }

  @Override
  @Transactional
  public void hold(UUID projectId, UUID holder, Collection<String> sha256s) {
    jdbi.useHandle(
        h -> {
          if (!sha256s.isEmpty()) {
            Burials.holdObjects(h);
          }
          List<String> released =
              h.createQuery(
                      """
                      delete from dataset.picture_hold
                      where project_id = :project and holder = :holder and sha256 <> all(:needed)
                      returning sha256
                      """)
                  .bind("project", projectId)
                  .bind("holder", holder)
                  .bind("needed", sha256s.toArray(String[]::new))
                  .mapTo(String.class)
                  .list();
          add(h, projectId, projectId, released);
          add(h, projectId, holder, brought(projectId, sha256s));
        });
  }

  @Override
  @Transactional
  public Removal remove(UUID projectId, String sha256, String reason) {
    return jdbi.withHandle(h -> removal.remove(h, projectId, sha256, reason));
  }

  @Override
  @Transactional
  public List<RemovedPicture> removed(UUID projectId, Collection<String> sha256s) {
    return jdbi.withHandle(h -> HeldPictureRemoval.removed(h, projectId, sha256s));
  }

  private void add(Handle handle, UUID projectId, UUID holder, Collection<String> sha256s) {
    handle
        .createUpdate(
            """
            insert into dataset.picture_hold (project_id, sha256, holder, held_at)
            select :project, *, :holder, :now from unnest(:needed)
            on conflict (project_id, sha256, holder) do update set held_at = excluded.held_at
            """)
        .bind("project", projectId)
        .bind("holder", holder)
        .bind("now", at(clock.instant()))
        .bind("needed", sha256s.toArray(String[]::new))
        .execute();
  }

  /** A picture that waited in vain. */
  record Waited(UUID projectId, String sha256) {}

  /** Drops pictures that have waited since before an instant and that nothing needs. */
  static void dropWaiting(Handle handle, Instant before) {
    Burials.claimObjects(handle);
    Map<UUID, List<String>> waited = new HashMap<>();
    handle
        .createQuery(
            """
            delete from dataset.picture_hold where holder = project_id and held_at < :before
            returning project_id, sha256
            """)
        .bind("before", at(before))
        .map(RecordMapper.of(Waited.class))
        .forEach(
            one ->
                waited
                    .computeIfAbsent(one.projectId(), project -> new ArrayList<>())
                    .add(one.sha256()));
    waited.forEach((project, sha256s) -> Burials.forget(handle, project, sha256s));
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}

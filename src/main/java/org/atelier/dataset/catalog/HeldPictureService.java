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
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
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
          Set<String> there =
              PictureLocks.share(h, projectId, concerned(h, projectId, holder, sha256s));
          List<String> released =
              h.createQuery(
                      """
                      delete from dataset.picture_hold
                      where project_id = :project and holder = :holder and sha256 <> all(:needed)
                        and sha256 = any(:there)
                      returning sha256
                      """)
                  .bind("there", there.toArray(String[]::new))
                  .bind("project", projectId)
                  .bind("holder", holder)
                  .bind("needed", sha256s.toArray(String[]::new))
                  .mapTo(String.class)
                  .list();
          add(h, projectId, projectId, released);
          Set<String> brought = brought(projectId, sha256s);
          add(h, projectId, holder, there.stream().filter(brought::contains).toList());
        });
  }

  /** What somebody holds or shall hold. */
  private static Set<String> concerned(
      Handle handle, UUID projectId, UUID holder, Collection<String> needed) {
    Set<String> concerned = new HashSet<>(needed);
    handle
        .createQuery(
            """
            select sha256 from dataset.picture_hold
            where project_id = :project and holder = :holder
            """)
        .bind("project", projectId)
        .bind("holder", holder)
        .mapTo(String.class)
        .forEach(concerned::add);
    return concerned;
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
    Map<UUID, List<String>> waited =
        handle
            .createQuery(
                """
                select project_id, sha256 from dataset.picture_hold
                where holder = project_id and held_at < :before
                """)
            .bind("before", at(before))
            .map(RecordMapper.of(Waited.class))
            .collect(
                Collectors.groupingBy(
                    Waited::projectId, Collectors.mapping(Waited::sha256, Collectors.toList())));
    waited.forEach((project, sha256s) -> dropWaiting(handle, before, project, sha256s));
  }

  private static void dropWaiting(
      Handle handle, Instant before, UUID projectId, List<String> sha256s) {
    Set<String> claimed = PictureLocks.claim(handle, projectId, sha256s);
    handle.execute(
        """
        delete from dataset.picture_hold
        where project_id = ? and holder = project_id and sha256 = any(?) and held_at < ?
        """,
        projectId,
        claimed.toArray(String[]::new),
        at(before));
    Burials.forget(handle, projectId, List.copyOf(claimed));
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}

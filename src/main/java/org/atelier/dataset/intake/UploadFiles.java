package org.atelier.dataset.intake;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.atelier.dataset.DatasetProblem;
import org.atelier.dataset.ReceivedUploads;
import org.atelier.platform.Ids;
import org.atelier.platform.ProblemException;
import org.atelier.platform.RecordMapper;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Uploads in parts: every part says where it begins, and is kept before the answer is sent, so an
 * upload goes on after a lost connection or a restart. The parts lie in a folder of the server.
 */
@Singleton
public class UploadFiles implements ReceivedUploads {

  private static final int LONGEST_NAME = 500;

  private static final String GONE =
      "The files sent for this are not here any more; a backup does not hold them. Bring them"
          + " again.";

  private final UploadTurns turns = new UploadTurns();
  private final Jdbi jdbi;
  private final Clock clock;
  private final UploadFolder folder;
  private final DatasetConfig config;

  UploadFiles(
      Jdbi jdbi,
      Clock clock,
      DatasetConfig config,
      @ConfigProperty(name = "atelier.data-dir", defaultValue = "data") Path dataDirectory) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.config = config;
    this.folder = new UploadFolder(config.uploads().orElse(dataDirectory.resolve("uploads")));
  }

  /** A file about to be sent: its name with {@code /} between folders, and its bytes. */
  public record Announced(String name, long size) {}

  /** A file of an upload and how much of it is there. */
  public record Part(int number, String name, long size, long received) {}

  /**
   * Announces an upload, or finds the one that the same person announced before with the same key
   * and the same files.
   *
   * @param key chosen by who sends, so that an interrupted upload goes on when it is announced
   *     again; null for an upload that is always new
   */
  @Transactional
  public UUID begin(UUID projectId, UUID by, List<Announced> files, String key) {
    check(files, key);
    return jdbi.withHandle(h -> begin(h, projectId, by, files, key));
  }

  private UUID begin(Handle h, UUID projectId, UUID by, List<Announced> files, String key) {
    if (key != null) {
      h.execute("select pg_advisory_xact_lock(hashtext(?))", "dataset.upload" + projectId + key);
      UUID before = begun(h, projectId, by, files, key);
      if (before != null) {
        return before;
      }
    }
    checkRoom(files.stream().mapToLong(Announced::size).sum());
    return insert(h, projectId, by, files, key);
  }

  /** The upload to go on with; one of other files, or whose bytes are lost, gives its key up. */
  private UUID begun(Handle h, UUID projectId, UUID by, List<Announced> files, String key) {
    UUID id =
        h.createQuery(
                """
                select id from dataset.upload
                where project_id = :project and created_by = :by and resume_key = :key for update
                """)
            .bind("project", projectId)
            .bind("by", by)
            .bind("key", key)
            .mapTo(UUID.class)
            .findOne()
            .orElse(null);
    if (id == null) {
      return null;
    }
    List<Part> parts = parts(h, projectId, id);
    boolean same = parts.size() == files.size();
    for (int i = 0; same && i < parts.size(); i++) {
      Part part = parts.get(i);
      same =
          part.name().equals(clean(files.get(i).name()))
              && part.size() == files.get(i).size()
              && (part.received() == 0 || folder.kept(id, i) >= part.received());
    }
    h.execute(
        same
            ? "update dataset.upload set touched_at = ? where id = ?"
            : "update dataset.upload set resume_key = null, touched_at = ? where id = ?",
        clock.instant().atOffset(ZoneOffset.UTC),
        id);
    return same ? id : null;
  }

  private UUID insert(Handle h, UUID projectId, UUID by, List<Announced> files, String key) {
    UUID id = Ids.next();
    var now = clock.instant().atOffset(ZoneOffset.UTC);
    h.execute(
        """
        insert into dataset.upload
          (id, project_id, created_by, created_at, touched_at, resume_key)
        values (?, ?, ?, ?, ?, ?)
        """,
        id,
        projectId,
        by,
        now,
        now,
        key);
    h.createUpdate(
            """
            insert into dataset.upload_file (upload_id, number, name, size)
            select :id, (f.number - 1)::int, f.name, f.size
            from unnest(:names, :sizes) with ordinality f (name, size, number)
            """)
        .bind("id", id)
        .bind("names", files.stream().map(f -> clean(f.name())).toArray(String[]::new))
        .bind("sizes", files.stream().mapToLong(Announced::size).toArray())
        .execute();
    try {
      folder.make(id, files.stream().map(Announced::size).toList());
    } catch (IOException e) {
      throw full(e);
    }
    return id;
  }

  private void check(List<Announced> files, String key) {
    if (key != null && !key.matches("[A-Za-z0-9_-]{16,100}")) {
      throw ProblemException.invalid(
          "key", "A key has 16 to 100 letters, digits, underscores and hyphens.");
    }
    if (files == null || files.isEmpty() || files.size() > config.mostUploadFiles()) {
      throw ProblemException.invalid(
          "files", "Send 1 to %,d files.".formatted(config.mostUploadFiles()));
    }
    long total = 0;
    Set<String> names = new HashSet<>();
    for (Announced file : files) {
      if (file == null) {
        throw ProblemException.invalid("files", "Name every file with its size, no null.");
      }
      if (file.size() < 0 || !names.add(clean(file.name()))) {
        throw ProblemException.invalid(
            "files", "The file \"" + file.name() + "\" is named twice or has no size.");
      }
      total += file.size();
      if (total > config.mostUploadBytes() || total < 0) {
        throw new ProblemException(
            DatasetProblem.UPLOAD_TOO_LARGE,
            "At most %,d bytes can be uploaded at once.".formatted(config.mostUploadBytes()));
      }
    }
  }

  private void checkRoom(long bytes) {
    try {
      long free = folder.free();
      if (free < bytes) {
        throw new ProblemException(
            DatasetProblem.STORAGE_FULL,
            "The upload needs %,d bytes, the server has %,d left.".formatted(bytes, free));
      }
    } catch (IOException e) {
      throw full(e);
    }
  }

  private static String clean(String name) {
    String path = name == null ? "" : name.replace('\\', '/').replaceAll("^(\\./)+", "");
    boolean out = path.matches("[A-Za-z]:.*");
    for (String part : path.split("/", -1)) {
      out |= part.isEmpty() || part.equals("..") || part.equals(".");
    }
    if (out || path.length() > LONGEST_NAME || !RowPreparation.storable(path)) {
      throw ProblemException.invalid("files", "This is not a usable file name: \"" + name + "\".");
    }
    return path;
  }

  /** The files of an upload. */
  public List<Part> parts(UUID projectId, UUID uploadId) {
    List<Part> parts = jdbi.withHandle(h -> parts(h, projectId, uploadId));
    if (parts.isEmpty()) {
      throw new ProblemException(
          DatasetProblem.UPLOAD_NOT_FOUND,
          "The project has no such upload; it may have been used or been too old.");
    }
    return parts;
  }

  private static List<Part> parts(Handle h, UUID projectId, UUID uploadId) {
    return h.createQuery(
            """
            select f.number, f.name, f.size, f.received from dataset.upload_file f
            join dataset.upload u on u.id = f.upload_id
            where u.id = :upload and u.project_id = :project order by f.number
            """)
        .bind("upload", uploadId)
        .bind("project", projectId)
        .map(RecordMapper.of(Part.class))
        .list();
  }

  /**
   * Adds bytes to a file; durable when this returns. Nothing of the database is held while the
   * bytes arrive, however slowly. Who sends the same file anew takes over from an earlier sender
   * whose connection may be lost.
   *
   * @param offset where they begin; must be what was received before
   * @return bytes received so far
   * @throws ProblemException upload-offset-mismatch with member {@code received}; uploads-busy;
   *     upload-not-found when bytes before the offset are not there any more
   */
  public long append(UUID projectId, UUID uploadId, int number, long offset, InputStream bytes) {
    try (UploadTurns.Turn turn = turns.take(folder.file(uploadId, number))) {
      Part part = transaction(h -> part(h, projectId, uploadId, number, offset));
      long written = turn.write(offset, part.size() - offset, bytes);
      return turn.finish(
          () -> transaction(h -> received(h, uploadId, part, offset, offset + written)));
    } catch (IOException e) {
      throw full(e);
    }
  }

  private <T> T transaction(Function<Handle, T> step) {
    return QuarkusTransaction.joiningExisting().call(() -> jdbi.withHandle(step::apply));
  }

  private static Part part(Handle h, UUID projectId, UUID uploadId, int number, long offset) {
    Part part =
        h.createQuery(
                """
                select f.number, f.name, f.size, f.received from dataset.upload_file f
                join dataset.upload u on u.id = f.upload_id
                where u.id = :upload and u.project_id = :project and f.number = :number
                """)
            .bind("upload", uploadId)
            .bind("project", projectId)
            .bind("number", number)
            .map(RecordMapper.of(Part.class))
            .findOne()
            .orElseThrow(
                () ->
                    new ProblemException(
                        DatasetProblem.UPLOAD_NOT_FOUND, "The upload has no such file."));
    if (offset != part.received()) {
      throw new ProblemException(
          DatasetProblem.UPLOAD_OFFSET,
          "The file %s continues at byte %,d.".formatted(part.name(), part.received()),
          Map.of("received", part.received()));
    }
    return part;
  }

  private long received(Handle h, UUID uploadId, Part part, long before, long now) {
    int updated =
        h.execute(
            """
            update dataset.upload_file set received = ?
            where upload_id = ? and number = ? and received = ?
            """,
            now,
            uploadId,
            part.number(),
            before);
    if (updated == 0) {
      throw new ProblemException(
          DatasetProblem.UPLOAD_NOT_FOUND,
          "The upload ended while %s was being sent.".formatted(part.name()));
    }
    h.execute(
        "update dataset.upload set touched_at = ? where id = ?",
        clock.instant().atOffset(ZoneOffset.UTC),
        uploadId);
    return now;
  }

  private static ProblemException full(IOException e) {
    return new ProblemException(
        DatasetProblem.STORAGE_FULL,
        "The bytes could not be kept ("
            + e.getMessage()
            + "). What was received before is safe; make room and continue.");
  }

  @Override
  public List<ReceivedFile> files(UUID projectId, UUID uploadId) {
    List<ReceivedFile> stored = new ArrayList<>();
    for (Part part : parts(projectId, uploadId)) {
      if (part.received() < part.size()) {
        throw ProblemException.invalid(
            "upload",
            "The upload is not complete: %s has %,d of %,d bytes."
                .formatted(part.name(), part.received(), part.size()));
      }
      if (folder.kept(uploadId, part.number()) != part.size()) {
        throw new ProblemException(DatasetProblem.UPLOAD_NOT_FOUND, GONE);
      }
      stored.add(new ReceivedFile(part.name(), part.size(), folder.file(uploadId, part.number())));
    }
    return stored;
  }

  /** How an import stands, after a look for its files: a restore brings back rows alone. */
  ImportView looked(ImportView view) {
    boolean gone = view.failed() && view.upload() != null && !folder.holds(view.upload());
    return gone ? view.withoutFiles() : view;
  }

  @Override
  public void discard(UUID projectId, UUID uploadId) {
    if (!jdbi.withHandle(h -> parts(h, projectId, uploadId)).isEmpty()) {
      remove(uploadId);
    }
  }

  /** Removes an upload with its files. */
  void remove(UUID uploadId) {
    jdbi.useHandle(h -> h.execute("delete from dataset.upload where id = ?", uploadId));
    folder.remove(uploadId);
  }

  /**
   * Removes uploads nobody touched for the given time. Those of open imports stay, those of failed
   * ones until {@value ImportRepository#FAILED_KEPT_DAYS} days after they failed.
   */
  void removeOld(Duration age) {
    Instant now = clock.instant();
    Duration failedKept = Duration.ofDays(ImportRepository.FAILED_KEPT_DAYS);
    List<UUID> old =
        jdbi.withHandle(
            h ->
                h.createQuery(
                        """
                        select u.id from dataset.upload u where u.touched_at < :before
                        and not exists (select 1 from dataset.import i
                          where i.spec ->> 'upload' = u.id::text
                          and (i.state in ('QUEUED', 'RUNNING') or i.state = 'FAILED'
                            and coalesce(i.finished_at, u.touched_at) >= :failed))
                        """)
                    .bind("before", now.minus(age).atOffset(ZoneOffset.UTC))
                    .bind("failed", now.minus(failedKept).atOffset(ZoneOffset.UTC))
                    .mapTo(UUID.class)
                    .list());
    for (UUID upload : old) {
      jdbi.useHandle(h -> ImportRepository.filesRemoved(h, upload));
      remove(upload);
    }
  }
}

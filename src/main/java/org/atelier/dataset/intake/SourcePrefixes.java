package org.atelier.dataset.intake;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.atelier.dataset.format.ManifestReader;
import org.atelier.dataset.format.ManifestReader.ReferenceRefusedException;
import org.atelier.dataset.format.SourceView;
import org.atelier.dataset.format.UnreadableSourceException;
import org.atelier.platform.AuditTrail;
import org.atelier.platform.RecordMapper;
import org.atelier.platform.storage.ForeignBuckets;
import org.jdbi.v3.core.Jdbi;

/** The places that manifests of a project may point to. */
@Singleton
public class SourcePrefixes {

  private final Jdbi jdbi;
  private final Clock clock;
  private final AuditTrail audit;
  private final ForeignBuckets buckets;

  SourcePrefixes(Jdbi jdbi, Clock clock, AuditTrail audit, ForeignBuckets buckets) {
    this.buckets = buckets;
    this.jdbi = jdbi;
    this.clock = clock;
    this.audit = audit;
  }

  /**
   * An allowed place.
   *
   * @param prefix beginning of a {@code source-ref}, ending in a slash: {@code s3://bucket/summer/}
   * @param location folder of the server that holds what lies below the prefix; null when it is
   *     read from S3 itself
   */
  public record Prefix(String prefix, String location) {}

  public List<Prefix> list(UUID projectId) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select prefix, location from dataset.source_prefix
                    where project_id = :project order by prefix
                    """)
                .bind("project", projectId)
                .map(RecordMapper.of(Prefix.class))
                .list());
  }

  /** What is wrong with the prefix of a place, if anything. */
  static Optional<String> breach(Prefix prefix) {
    if (prefix.prefix().isEmpty()) {
      return Optional.of("Give the prefix.");
    }
    String form =
        prefix.location() == null
            ? "s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/([^\\s?#]*/)?"
            : "[a-z][a-z0-9+.-]*://[^\\s?#]+/";
    return prefix.prefix().matches(form)
        ? Optional.empty()
        : Optional.of("A prefix begins like s3://bucket/ and ends in a slash.");
  }

  /** Allows a place, or moves it; it must have been checked by the caller. */
  @Transactional
  void allow(UUID projectId, Prefix prefix, UUID by) {
    jdbi.useHandle(
        h ->
            h.execute(
                """
                insert into dataset.source_prefix (project_id, prefix, location, allowed_by, allowed_at)
                values (?, ?, ?, ?, ?)
                on conflict (project_id, prefix) do update set location = excluded.location,
                  allowed_by = excluded.allowed_by, allowed_at = excluded.allowed_at
                """,
                projectId,
                prefix.prefix(),
                prefix.location(),
                by,
                clock.instant().atOffset(ZoneOffset.UTC)));
    audit.record(
        projectId,
        "source-prefix-allowed",
        "project",
        projectId,
        java.util.Map.of(
            "prefix",
            prefix.prefix(),
            "location",
            prefix.location() == null ? "S3" : prefix.location()));
  }

  @Transactional
  public void forbid(UUID projectId, String prefix) {
    jdbi.useHandle(
        h ->
            h.execute(
                "delete from dataset.source_prefix where project_id = ? and prefix = ?",
                projectId,
                prefix));
    audit.record(
        projectId,
        "source-prefix-forbidden",
        "project",
        projectId,
        java.util.Map.of("prefix", prefix));
  }

  /** Follows references of a project's manifests. */
  ManifestReader.References references(UUID projectId) {
    List<Prefix> allowed = list(projectId);
    return reference -> resolve(allowed, reference, buckets);
  }

  static SourceView.EncodedFile resolve(
      List<Prefix> allowed, String reference, ForeignBuckets buckets)
      throws ReferenceRefusedException {
    Prefix best = null;
    for (Prefix prefix : allowed) {
      boolean longer = best == null || prefix.prefix().length() > best.prefix().length();
      if (reference.startsWith(prefix.prefix()) && longer) {
        best = prefix;
      }
    }
    if (best == null) {
      throw new ReferenceRefusedException(
          reference + " is not below a prefix that an administrator allowed for this project");
    }
    String rest = reference.substring(best.prefix().length());
    if (best.location() == null) {
      return new SourceView.EncodedFile(
          "image", reference, -1, () -> bucketFile(buckets, reference));
    }
    Path folder = Path.of(best.location());
    Path file = below(folder, rest, reference);
    if (rest.isEmpty() || !file.startsWith(folder.normalize())) {
      throw new ReferenceRefusedException(reference + " leads out of the allowed prefix");
    }
    return new SourceView.EncodedFile(
        "image", rest, -1, () -> Files.newInputStream(inside(folder, file)));
  }

  /** A server without UTF-8 in its locale has no file names with other letters than ASCII. */
  private static Path below(Path folder, String rest, String reference)
      throws ReferenceRefusedException {
    try {
      return folder.resolve(rest).normalize();
    } catch (InvalidPathException e) {
      throw new ReferenceRefusedException(
          "%s cannot be the name of a file on this server (its locale writes names in %s)"
              .formatted(reference, System.getProperty("sun.jnu.encoding")));
    }
  }

  /** A file that is missing is its row's fault; a bucket that does not answer stops the import. */
  private static InputStream bucketFile(ForeignBuckets buckets, String reference)
      throws IOException {
    String path = reference.substring("s3://".length());
    int slash = path.indexOf('/');
    try {
      return buckets.open(path.substring(0, slash), path.substring(slash + 1));
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      throw new UnreadableSourceException(
          reference + ": " + e.getMessage() + ". Continue the import when it can be read.");
    }
  }

  private static Path inside(Path folder, Path file) throws IOException {
    Path real = file.toRealPath();
    if (!real.startsWith(folder.toRealPath())) {
      throw new IOException("The file is a link that leads out of the allowed folder");
    }
    return real;
  }
}

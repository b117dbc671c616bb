package org.atelier.dataset.export;

import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.io.BufferedWriter;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.atelier.dataset.DatasetProblem;
import org.atelier.dataset.DatasetView;
import org.atelier.dataset.ItemKind;
import org.atelier.dataset.LabelEvidence;
import org.atelier.dataset.LabelSource;
import org.atelier.dataset.LabelSourceView;
import org.atelier.dataset.Pictures;
import org.atelier.dataset.VersionView;
import org.atelier.dataset.catalog.CatalogReads;
import org.atelier.platform.BaseAddress;
import org.atelier.platform.ProblemException;
import org.atelier.platform.ProjectRef;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Exports dataset versions, from one state of the database however long it takes. */
@Singleton
public class ExportService {

  private static final int LONGEST_SECONDS = 6 * 3600;

  private final Jdbi jdbi;
  private final CatalogReads reads;
  private final Pictures pictures;
  private final List<LabelSource> sources;
  private final List<LabelEvidence> evidence;
  private final BaseAddress address;

  ExportService(
      Jdbi jdbi,
      CatalogReads reads,
      Pictures pictures,
      @All List<LabelSource> sources,
      @All List<LabelEvidence> evidence,
      BaseAddress address) {
    this.jdbi = jdbi;
    this.reads = reads;
    this.pictures = pictures;
    this.sources = sources;
    this.evidence = evidence;
    this.address = address;
  }

  /**
   * What to export.
   *
   * @param labels id of a source of labels, null for the version's known labels
   * @param version null for the source's version, else for the newest
   */
  public record Request(
      ProjectRef project, UUID datasetId, Integer version, ExportFormat format, UUID labels) {}

  /** An export that can be written. */
  public record Prepared(Request request, ExportFacts facts, LabelSource source, String fileName) {}

  private record Labels(LabelSource source, LabelSourceView about) {}

  /**
   * Checks that the export is possible. Items are gone through once where the format numbers known
   * labels, and for the first manifest of a source and version: take a turn before.
   *
   * @throws ProblemException when something named does not exist or the format does not fit
   */
  public Prepared prepare(Request request) {
    UUID project = request.project().id();
    DatasetView dataset = reads.dataset(project, request.datasetId());
    Labels labels = request.labels() == null ? null : find(project, dataset, request.labels());
    if (request.format() == ExportFormat.COCO && dataset.kind() != ItemKind.IMAGE) {
      throw ProblemException.invalid("format", "COCO describes pictures; choose another format.");
    }
    int newest = labels == null ? dataset.latestVersion() : labels.about.datasetVersion();
    int number = request.version() == null ? newest : request.version();
    VersionView version = reads.version(project, dataset.id(), number);
    LabelSourceView about = labels == null ? null : named(labels.about, request.format(), number);
    boolean numbers = about == null && request.format().numbersLabels();
    KnownLabels known =
        numbers ? jdbi.withHandle(h -> KnownLabels.read(h, dataset.id(), number)) : null;
    ExportFacts facts =
        new ExportFacts(
            dataset,
            version,
            about,
            about != null ? about.classNames() : numbers ? known.names() : List.of(),
            known,
            about == null ? null : evidence(project, about.id()),
            address.url(),
            address.url() + "/p/" + request.project().slug() + "/blobs/");
    String name = about == null ? dataset.name() + "-v" + number : about.name();
    return new Prepared(
        request,
        facts,
        labels == null ? null : labels.source,
        fileName(name) + request.format().ending());
  }

  private Labels find(UUID project, DatasetView dataset, UUID id) {
    for (LabelSource source : sources) {
      var found = source.find(project, id);
      if (found.isPresent() && found.get().datasetId().equals(dataset.id())) {
        checkAttribute(found.get());
        return new Labels(source, found.get());
      }
    }
    throw new ProblemException(
        DatasetProblem.LABEL_SOURCE_NOT_FOUND,
        "The project has no job with this id that labels this dataset.");
  }

  private LabelEvidence.About evidence(UUID project, UUID source) {
    return evidence.stream()
        .flatMap(one -> one.of(project, source).stream())
        .findFirst()
        .orElse(null);
  }

  private LabelSourceView named(LabelSourceView about, ExportFormat format, int version) {
    if (format != ExportFormat.MANIFEST) {
      return about;
    }
    return about.called(
        jdbi.withHandle(
            h -> LabelAttributes.of(h, about.datasetId(), version, about.id(), about.attribute())));
  }

  private static void checkAttribute(LabelSourceView about) {
    String attribute = about.attribute();
    boolean good =
        attribute.matches("[A-Za-z0-9][A-Za-z0-9-]{0,126}")
            && !attribute.endsWith("-metadata")
            && !attribute.endsWith("-ref")
            && !attribute.equals("source");
    if (!good) {
      throw ProblemException.invalid(
          "attribute", "The label attribute name \"" + attribute + "\" is not allowed.");
    }
  }

  static String fileName(String name) {
    String safe = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    safe = safe.replaceAll("^-|-$", "");
    return safe.isEmpty() ? "dataset" : safe.substring(0, Math.min(safe.length(), 80));
  }

  /** Writes the export; the stream stays open. */
  public void write(Prepared export, OutputStream out) {
    io.quarkus.narayana.jta.QuarkusTransaction.requiringNew()
        .timeout(LONGEST_SECONDS)
        .run(() -> jdbi.useHandle(h -> write(h, export, out)));
  }

  /** As {@link #write(Prepared, OutputStream)} on the handle of a transaction that just began. */
  void write(Handle h, Prepared export, OutputStream out) {
    h.execute("set transaction isolation level repeatable read, read only");
    try {
      if (export.request.format() == ExportFormat.HUGGINGFACE) {
        writeFolder(h, export, out);
        return;
      }
      Writer text =
          new BufferedWriter(
              new OutputStreamWriter(new Unclosed(out), StandardCharsets.UTF_8), 1 << 16);
      read(h, export, writer(export, text));
      text.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void writeFolder(Handle h, Prepared export, OutputStream out) throws IOException {
    UUID project = export.request.project().id();
    HuggingFaceWriter writer =
        new HuggingFaceWriter(
            new Unclosed(out),
            export.facts,
            sha256 -> {
              try (InputStream in = pictures.open(project, sha256).content()) {
                return in.readAllBytes();
              }
            });
    try {
      read(h, export, writer);
    } finally {
      writer.release();
    }
  }

  private static ItemWriter writer(Prepared export, Writer out) throws IOException {
    return switch (export.request.format()) {
      case MANIFEST -> new ManifestWriter(out, export.facts);
      case CSV -> new CsvItemWriter(out, export.facts);
      case JSONL -> new JsonItemWriter(out, export.facts);
      default -> new CocoWriter(out, export.facts);
    };
  }

  private void read(Handle h, Prepared export, ItemWriter writer) throws IOException {
    for (int pass = 0; pass < writer.passes(); pass++) {
      writer.begin(pass);
      try (ExportRows rows = ExportRows.open(h, export)) {
        for (ExportItem item = rows.next(); item != null; item = rows.next()) {
          writer.write(item);
        }
      }
    }
    writer.end();
  }

  /** A stream that writers may close without closing the answer. */
  private static final class Unclosed extends FilterOutputStream {

    private Unclosed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      out.write(bytes, offset, count);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}

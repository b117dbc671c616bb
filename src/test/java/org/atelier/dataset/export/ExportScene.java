package org.atelier.dataset.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.ZipInputStream;
import org.atelier.dataset.ItemKind;
import org.atelier.dataset.ItemLabel;
import org.atelier.dataset.ItemLabel.Source;
import org.atelier.dataset.LabelEvidence;
import org.atelier.dataset.LabelSource;
import org.atelier.dataset.PictureVisitor;
import org.atelier.dataset.Pictures;
import org.atelier.dataset.ViewRef;
import org.atelier.dataset.catalog.CatalogWrites;
import org.atelier.dataset.catalog.NewItem;
import org.atelier.dataset.catalog.TestCatalog;
import org.atelier.platform.BaseAddress;
import org.atelier.platform.Ids;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.database.PostgresExtension;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A dataset, its labels and what exports of it say. */
abstract class ExportScene {

  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();

  static final Instant AT = Instant.parse("2018-10-18T22:18:13.527256Z");
  static final ObjectMapper JSON = new ObjectMapper();

  final ProjectRef project = new ProjectRef(Ids.next(), "house", "House");
  final LabelsInMemory labels = new LabelsInMemory();

  /** What is known of the labels; nothing when null. */
  LabelEvidence.About evidence;

  Jdbi jdbi;
  ExportService exports;

  @BeforeEach
  void open() {
    jdbi = POSTGRES.jdbi();
    exports =
        new ExportService(
            jdbi,
            TestCatalog.reads(jdbi),
            new OnePicture(),
            List.<LabelSource>of(labels),
            List.of((projectId, source) -> Optional.ofNullable(evidence)),
            BaseAddress.at("https://label.example.com/"));
  }

  static byte[] firstEntry(ByteArrayOutputStream zip) throws IOException {
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip.toByteArray()))) {
      in.getNextEntry();
      return in.readAllBytes();
    }
  }

  String export(UUID dataset, ExportFormat format, UUID source) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(dataset, format, source, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  void write(UUID dataset, ExportFormat format, UUID source, OutputStream out) throws IOException {
    var prepared =
        exports.prepare(new ExportService.Request(project, dataset, null, format, source));
    jdbi.useTransaction(h -> exports.write(h, prepared, out));
  }

  UUID dataset(ItemKind kind, NewItem... items) {
    UUID id = Ids.next();
    jdbi.useTransaction(
        h -> {
          CatalogWrites.insertDataset(h, id, project.id(), "d " + id, kind, "", null, AT);
          var locked = CatalogWrites.lock(h, project.id(), id);
          CatalogWrites.addItems(h, locked, 1, List.of(items));
          var version = CatalogWrites.measure(h, id, 1, items.length, 0, "");
          CatalogWrites.addVersion(h, locked, 1, version, null, AT);
        });
    return id;
  }

  static NewItem text(String id, String text, String metadata) {
    return new NewItem(1, id, text, metadata, null, null, new byte[32], List.of());
  }

  static NewItem known(String id, List<String> labels) {
    return new NewItem(1, id, "t", "{}", labels, null, new byte[32], List.of());
  }

  static NewItem picture(String id, String line) {
    var view = new ViewRef("front view", "ab".repeat(32), 4, 3);
    return new NewItem(1, id, null, metadata(line), null, line, new byte[32], List.of(view));
  }

  /** What an import keeps of a manifest line beside the line itself. */
  private static String metadata(String line) {
    try {
      Map<String, JsonNode> metadata = new LinkedHashMap<>();
      if (line != null) {
        JSON.readTree(line).properties().forEach(key -> metadata.put(key.getKey(), key.getValue()));
      }
      metadata.remove("source-ref");
      metadata.values().removeIf(JsonNode::isNull);
      return JSON.writeValueAsString(metadata);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ItemLabel label(
      int ordinal, Source source, double confidence, int answers, int... classes) {
    String model = source == Source.MACHINE ? "m1" : null;
    return new ItemLabel(
        Ids.next(),
        ordinal,
        classes,
        source,
        confidence,
        List.of(),
        answers,
        2,
        model,
        AT,
        List.of());
  }

  /** Every picture has three bytes. */
  static final class OnePicture implements Pictures {

    @Override
    public PictureBytes open(UUID projectId, String sha256) {
      return new PictureBytes(new ByteArrayInputStream(new byte[3]), "image/png", 3);
    }

    @Override
    public PictureBytes thumbnail(UUID projectId, String sha256, int longSide) {
      return open(projectId, sha256);
    }

    @Override
    public void visit(UUID projectId, Collection<String> sha256s, PictureVisitor visitor) {
      throw new IllegalStateException("not asked");
    }
  }
}

package org.atelier.dataset.export;

import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.atelier.dataset.ItemLabel;
import org.atelier.dataset.LabelSource;
import org.atelier.dataset.LabelSourceView;
import org.atelier.dataset.catalog.TestCatalog;
import org.atelier.platform.BaseAddress;
import org.atelier.platform.ProjectRef;
import org.jdbi.v3.core.Jdbi;

/** The exporting half of the benchmark: every item has a machine label from a table. */
public final class ExportBench {

  private ExportBench() {}

  /** Exports a dataset; answers its number of items. */
  public static int write(Jdbi jdbi, UUID project, UUID dataset, String format, OutputStream out) {
    jdbi.useTransaction(
        h ->
            h.execute(
                """
                create table if not exists public.bench_label as
                select id as item_id, ordinal, array[ordinal %% 10] as classes, 0.97 as confidence,
                  now() as created_at from dataset.item where dataset_id = '%s'
                """
                    .formatted(dataset)));
    jdbi.useTransaction(
        h ->
            h.execute(
                "create index if not exists bench_label_order on public.bench_label (ordinal)"));
    UUID source = new UUID(1, 2);
    LabelSource labels = new Source(jdbi, source, dataset);
    var exports =
        new ExportService(
            jdbi,
            TestCatalog.reads(jdbi),
            null,
            List.of(labels),
            List.of(),
            BaseAddress.at("http://localhost"));
    var prepared =
        exports.prepare(
            new ExportService.Request(
                new ProjectRef(project, "bench", "Bench"),
                dataset,
                null,
                ExportFormat.valueOf(format),
                source));
    jdbi.useTransaction(h -> exports.write(h, prepared, out));
    return prepared.facts().version().itemCount();
  }

  private record Source(Jdbi jdbi, UUID id, UUID dataset) implements LabelSource {

    @Override
    public Optional<LabelSourceView> find(UUID projectId, UUID sourceId) {
      List<String> names = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        names.add("class " + i);
      }
      return Optional.of(new LabelSourceView(id, "bench", "bench", dataset, 1, false, names));
    }

    @Override
    public Stream<ItemLabel> labels(UUID projectId, UUID sourceId, boolean withAnswers) {
      return jdbi.withHandle(
          h ->
              h
                  .createQuery("select * from public.bench_label order by ordinal")
                  .setFetchSize(5_000)
                  .map(
                      (row, context) ->
                          new ItemLabel(
                              row.getObject("item_id", UUID.class),
                              row.getInt("ordinal"),
                              new int[] {row.getInt("ordinal") % 10},
                              ItemLabel.Source.MACHINE,
                              row.getDouble("confidence"),
                              List.of(),
                              0,
                              1,
                              "sha256:0",
                              Instant.EPOCH,
                              List.of()))
                  .stream());
    }
  }
}

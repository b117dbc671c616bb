package org.atelier.labeling;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.atelier.labeling.queue.Rows;
import org.jdbi.v3.core.Jdbi;

/** SQL on the label sets of jobs. Every method runs in the caller's transaction. */
@Singleton
class LabelSetRepository {

  private final Jdbi jdbi;

  LabelSetRepository(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  private record StoredLabel(
      String name,
      String color,
      String shortcut,
      String description,
      Integer parent,
      List<UUID> examples,
      List<String> examplePictures) {}

  /** The labels of a job in the order of their class indexes. */
  List<LabelDefinition> of(UUID jobId) {
    return jdbi.withHandle(
        h ->
            h
                .createQuery(
                    """
                    select name, color, shortcut, description, parent, examples, example_pictures
                    from labeling.job_label where job_id = :job order by index
                    """)
                .bind("job", jobId)
                .map(Rows.mapper(StoredLabel.class))
                .stream()
                .map(
                    label ->
                        new LabelDefinition(
                            label.name(),
                            label.color(),
                            label.shortcut(),
                            label.description(),
                            label.parent(),
                            label.examples(),
                            label.examplePictures()))
                .toList());
  }

  /** A label that names a picture. */
  record Use(UUID jobId, String title, String label) {}

  /** The labels of a project's jobs that name a picture, newest job first, at most 50. */
  List<Use> showing(UUID projectId, String sha256) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select l.job_id, j.title, l.name as label from labeling.job_label l
                    join labeling.job j on j.id = l.job_id
                    where j.project_id = :project and :sha256 = any(l.example_pictures)
                    order by j.id desc, l.index limit 50
                    """)
                .bind("project", projectId)
                .bind("sha256", sha256)
                .map(Rows.mapper(Use.class))
                .list());
  }

  /** Replaces the labels of a job. */
  void write(UUID jobId, List<LabelDefinition> labels) {
    jdbi.useHandle(
        h -> {
          h.createUpdate("delete from labeling.job_label where job_id = :job")
              .bind("job", jobId)
              .execute();
          var batch =
              h.prepareBatch(
                  """
                  insert into labeling.job_label
                    (job_id, index, name, color, shortcut, description, parent, examples,
                      example_pictures)
                  values (:job, :index, :name, :color, :shortcut, :description, :parent, :examples,
                    :pictures)
                  """);
          IntStream.range(0, labels.size())
              .forEach(
                  index -> {
                    LabelDefinition label = labels.get(index);
                    batch
                        .bind("job", jobId)
                        .bind("index", index)
                        .bind("name", label.name())
                        .bind("color", label.color())
                        .bind("shortcut", label.shortcut())
                        .bind("description", label.description())
                        .bind("parent", label.parent())
                        .bind("examples", label.examples().toArray(new UUID[0]))
                        .bind("pictures", label.examplePictures().toArray(new String[0]))
                        .add();
                  });
          batch.execute();
        });
  }
}

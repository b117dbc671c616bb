package org.atelier.labeling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.atelier.dataset.ItemKind;
import org.atelier.platform.Ids;
import org.atelier.platform.database.PostgresExtension;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JobListRepositoryTest {

  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();

  private final Jdbi jdbi = POSTGRES.jdbi();
  private final JobListRepository list = new JobListRepository(jdbi);

  private UUID project() {
    UUID id = Ids.next();
    jdbi.useHandle(
        h -> {
          h.execute(
              "insert into workforce.project (id, slug, name, created_at) values (?, ?, 'P',"
                  + " now())",
              id,
              "p-" + id.toString().substring(19));
          h.execute(
              """
              insert into dataset.dataset (id, project_id, name, kind, created_at, latest_version)
              values (?, ?, 'texts', 'TEXT', now(), 1)
              """,
              id,
              id);
          h.execute(
              """
              insert into dataset.dataset_version
                (dataset_id, number, digest, item_count, added, removed, labeled, note, created_at)
              values (?, 1, '', 0, 0, 0, 0, '', now())
              """,
              id);
        });
    return id;
  }

  private UUID job(UUID project, String title, String... labels) {
    UUID id = Ids.next();
    jdbi.useHandle(
        h -> {
          h.execute(
              """
              insert into labeling.job (id, project_id, state, state_since, title, dataset_id,
                dataset_version, item_kind, items, task_type, instructions, class_count,
                group_indexes, everyone, answers_per_item, most_answers, method, submit_on_choice,
                show_suggestions, lease_seconds, grace_seconds, learning, target, scope, risk,
                batch_size, learning_options, seed, created_at)
              values (?, ?, 'RUNNING', now(), ?, ?, 1, 'TEXT', 0, 'SINGLE', '', ?, '{}', true, 1, 1,
                'majority', true, true, 600, 10, true, 0.95, 'MACHINE', 0.05, 100, '{}', 1, now())
              """,
              id,
              project,
              title,
              project,
              labels.length);
          for (int index = labels.length - 1; index >= 0; index--) {
            h.execute(
                "insert into labeling.job_label (job_id, index, name, examples) values (?, ?, ?,"
                    + " '{}')",
                id,
                index,
                labels[index]);
          }
        });
    return id;
  }

  @Test
  void whatTheLabelsOfManyJobsAreIsReadAtOnceWithinTheProject() {
    UUID project = project();
    UUID collars = job(project, "Collars", "Shirt", "Coat", "Bag");
    UUID sleeves = job(project, "Sleeves", "Long", "Short");
    UUID other = job(project(), "Elsewhere", "Yes", "No");
    job(project, "Not asked about", "Yes", "No");
    Set<JobLabels> found =
        list.labels(project, List.of(collars, sleeves, other)).stream().collect(Collectors.toSet());
    assertEquals(
        Set.of(
            labels(collars, "Collars", "Shirt", "Coat", "Bag"),
            labels(sleeves, "Sleeves", "Long", "Short")),
        found);
    assertEquals(List.of(), list.labels(project, List.of()));
  }

  private static JobLabels labels(UUID job, String title, String... names) {
    return new JobLabels(job, title, ItemKind.TEXT, TaskType.SINGLE, List.of(names));
  }
}

package org.atelier.learning.loop;

import io.quarkus.narayana.jta.QuarkusTransaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.ToIntBiFunction;
import java.util.function.ToIntFunction;
import org.atelier.labeling.WorkQueue;
import org.atelier.platform.Ids;
import org.jdbi.v3.core.Jdbi;

/**
 * A project with texts whose labels are known, and people who answer through the real queue. Four
 * classes have ten words each; a text has eight words, of which an easy text takes six from its
 * class and a hard one (one of eight) three, the rest from anywhere.
 */
final class TextPool {

  static final int CLASSES = 4;
  private static final int WORDS = 10;
  private static final int LENGTH = 8;

  final UUID project;
  final UUID dataset = Ids.next();
  final List<UUID> people = new ArrayList<>();
  final Map<UUID, Integer> truth = new HashMap<>();
  private final Jdbi jdbi;
  private final SplittableRandom random;

  /**
   * @param project an existing project
   */
  TextPool(Jdbi jdbi, UUID project, int items, long seed) {
    this.project = project;
    this.jdbi = jdbi;
    this.random = new SplittableRandom(seed);
    QuarkusTransaction.requiringNew().run(() -> insert(items));
  }

  private void insert(int items) {
    for (int i = 0; i < 3; i++) {
      people.add(person());
    }
    update(
        """
        insert into dataset.dataset (id, project_id, name, kind, created_at, latest_version)
        values (:id, :project, 'texts ' || cast(:id as text), 'TEXT', now(), 1)
        """,
        Map.of("id", dataset, "project", project));
    add(items, 0, 1);
  }

  /** Adds items as the next version of the dataset, and returns that version. */
  int grow(int items) {
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              int version = latest() + 1;
              add(items, truth.size(), version);
              update(
                  "update dataset.dataset set latest_version = :version where id = :id",
                  Map.of("id", dataset, "version", version));
              return version;
            });
  }

  private int latest() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select latest_version from dataset.dataset where id = :id")
                .bind("id", dataset)
                .mapTo(Integer.class)
                .one());
  }

  private void add(int items, int before, int version) {
    update(
        """
        insert into dataset.dataset_version
          (dataset_id, number, digest, item_count, added, removed, labeled, note, created_at)
        values (:id, :version, lpad(cast(:version as text), 64, '0'), :all, :count, 0, 0, '', now())
        """,
        Map.of("id", dataset, "version", version, "all", before + items, "count", items));
    UUID[] ids = new UUID[items];
    String[] texts = new String[items];
    for (int i = 0; i < items; i++) {
      ids[i] = Ids.next();
      int label = random.nextInt(CLASSES);
      truth.put(ids[i], label);
      texts[i] = text(label, random.nextInt(8) == 0 ? 3 : 6);
    }
    update(
        """
        insert into dataset.item
          (id, dataset_id, ordinal, external_id, kind, text, metadata, added_in, digest)
        select a.id, :dataset, :before + a.n - 1, 'e' || (:before + a.n), 'TEXT', a.t, '{}',
          :version, ''
        from unnest(:ids, :texts) with ordinality a (id, t, n)
        """,
        Map.of(
            "dataset", dataset, "ids", ids, "texts", texts, "before", before, "version", version));
  }

  /** Somebody who may work but is not among those who answer. */
  UUID bystander() {
    return QuarkusTransaction.requiringNew().call(this::person);
  }

  private UUID person() {
    UUID person = Ids.next();
    update(
        """
        insert into workforce.person (id, email, display_name, created_at)
        values (:id, :email, 'Somebody', now())
        """,
        Map.of("id", person, "email", person + "@example.com"));
    update(
        """
        insert into workforce.project_member (project_id, person_id, role, since)
        values (:project, :person, 'LABELER', now())
        """,
        Map.of("project", project, "person", person));
    return person;
  }

  private String text(int label, int own) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < LENGTH; i++) {
      int from = i < own ? label : random.nextInt(CLASSES);
      words.add("word" + (char) ('a' + from) + (char) ('a' + random.nextInt(WORDS)));
    }
    return String.join(" ", words);
  }

  private int update(String sql, Map<String, ?> values) {
    return jdbi.withHandle(handle -> handle.createUpdate(sql).bindMap(values).execute());
  }

  /**
   * Lets everybody answer what they are given, truthfully.
   *
   * @return answers given
   */
  int answer(WorkQueue queue, UUID job) {
    return answer(queue, job, truth::get);
  }

  /** As {@link #answer(WorkQueue, UUID)}, saying what the function says of an item. */
  int answer(WorkQueue queue, UUID job, ToIntFunction<UUID> says) {
    return answerAs(queue, job, (person, item) -> says.applyAsInt(item));
  }

  /** As {@link #answer(WorkQueue, UUID)}, saying what the function says of a person and an item. */
  int answerAs(WorkQueue queue, UUID job, ToIntBiFunction<UUID, UUID> says) {
    return answerSets(queue, job, (person, item) -> new int[] {says.applyAsInt(person, item)});
  }

  /** As {@link #answerAs}, saying any number of labels. */
  int answerSets(WorkQueue queue, UUID job, BiFunction<UUID, UUID, int[]> says) {
    int given = 0;
    for (UUID person : people) {
      for (WorkQueue.LeasedTask task :
          queue.claim(project, job, person, WorkQueue.MOST_HELD, List.of()).tasks()) {
        queue.submit(
            project,
            job,
            person,
            new WorkQueue.GivenAnswer(
                UUID.randomUUID(),
                task.lease(),
                task.task(),
                says.apply(person, task.itemId()),
                900,
                null));
        given++;
      }
    }
    return given;
  }
}

package org.atelier.dataset.web;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.arc.All;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.atelier.platform.Ids;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.atelier.platform.work.DailyTask;
import org.atelier.workforce.TestPeople;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class CancelledImportQuarkusTest {

  private static final Map<String, Object> CSV =
      Map.of("format", "CSV", "text", Map.of("idColumn", "id", "textColumns", List.of("text")));

  @Inject TestPeople people;
  @Inject Jdbi jdbi;
  @Inject @All List<DailyTask> daily;

  @Test
  void whatALargeImportWroteIsTakenBackInPartsOfBoundedSize() throws Exception {
    TestPeople.Visitor owner = people.visitor("Ana");
    ProjectRef project = people.projectOf(owner);
    TestImports imports = new TestImports(owner, project);
    StringBuilder rows = new StringBuilder("id,text\n");
    for (int i = 0; i < 12_000; i++) {
      rows.append(i).append(",text ").append(i).append('\n');
    }
    JsonPath stopped = imports.run("Large", "TEXT", file(rows.toString()), CSV);
    UUID dataset = UUID.fromString(stopped.getString("datasetId"));
    asIfStoppedBeforeItsEnd(dataset);
    assertEquals(12_000, items(dataset));
    watchDeletions(dataset);

    JsonPath cancelled =
        imports
            .bearer()
            .contentType("application/json")
            .post(imports.api() + "/imports/" + stopped.getString("id") + "/cancel")
            .jsonPath();

    assertEquals("CANCELLED", cancelled.getString("state"), cancelled.prettify());
    await(
        () -> number("dataset.import where dataset_id = ? and state = 'CANCELLED'", dataset) == 1);
    assertEquals(0, items(dataset));
    assertEquals(5_000, mostDeletedAtOnce());
    JsonPath again = imports.run("Large", "TEXT", file("id,text\n1,one\n"), CSV);
    assertEquals("DONE", again.getString("state"), again.prettify());
    assertEquals(1, again.getInt("added"));
  }

  @Test
  void takingBackThatHasEndedEarlyIsShownAndCanBeBegunAgain() throws Exception {
    TestPeople.Visitor owner = people.visitor("Ana");
    ProjectRef project = people.projectOf(owner);
    TestImports imports = new TestImports(owner, project);
    JsonPath stopped = imports.run("Stuck", "TEXT", file("id,text\n1,one\n2,two\n"), CSV);
    UUID dataset = UUID.fromString(stopped.getString("datasetId"));
    asIfStoppedBeforeItsEnd(dataset);
    asIfTakingBackWasForgotten(dataset);
    String page = "/p/" + project.slug() + "/datasets/imports/" + stopped.getString("id");

    given()
        .cookie(TestPeople.COOKIE, owner.session())
        .get(page)
        .then()
        .statusCode(200)
        .body(containsString("what it wrote is still there"))
        .body(containsString("Take back the rest"));

    imports
        .bearer()
        .contentType("application/json")
        .post(imports.api() + "/imports/" + stopped.getString("id") + "/cancel")
        .then()
        .statusCode(200);
    assertEquals(0, items(dataset));

    JsonPath again = imports.run("Stuck", "TEXT", file("id,text\n1,one\n"), CSV);
    assertEquals("DONE", again.getString("state"), again.prettify());
  }

  @Test
  void takingBackThatHasEndedEarlyIsTakenUpAtNight() {
    TestPeople.Visitor owner = people.visitor("Ana");
    TestImports imports = new TestImports(owner, people.projectOf(owner));
    JsonPath stopped = imports.run("Night", "TEXT", file("id,text\n1,one\n2,two\n"), CSV);
    UUID dataset = UUID.fromString(stopped.getString("datasetId"));
    asIfStoppedBeforeItsEnd(dataset);
    asIfTakingBackWasForgotten(dataset);

    daily.stream().filter(task -> task.name().equals("take-imports-back")).forEach(DailyTask::run);

    assertEquals(0, items(dataset));
    assertEquals(1, number("dataset.import where dataset_id = ? and state = 'CANCELLED'", dataset));
  }

  @Test
  void anImportThatCannotBeTakenBackDoesNotKeepTheOthers() {
    TestPeople.Visitor owner = people.visitor("Ana");
    TestImports imports = new TestImports(owner, people.projectOf(owner));
    List<UUID> datasets = new ArrayList<>();
    for (String name : List.of("Before", "Held", "After")) {
      JsonPath stopped = imports.run(name, "TEXT", file("id,text\n1,one\n"), CSV);
      datasets.add(UUID.fromString(stopped.getString("datasetId")));
    }
    datasets.forEach(this::asIfStoppedBeforeItsEnd);
    datasets.forEach(this::asIfTakingBackWasForgotten);
    jdbi.useHandle(
        h -> {
          h.execute(
              """
              create function public.hold() returns trigger language plpgsql as $$ begin
                raise exception 'held';
              end $$
              """);
          h.execute(
              """
              create trigger hold before delete on dataset.item for each row
              when (old.dataset_id = '%s') execute function public.hold()
              """
                  .formatted(datasets.get(1)));
        });
    try {
      daily.stream()
          .filter(task -> task.name().equals("take-imports-back"))
          .forEach(DailyTask::run);
    } finally {
      jdbi.useHandle(
          h -> {
            h.execute("drop trigger hold on dataset.item");
            h.execute("drop function public.hold");
          });
    }
    assertEquals(List.of(0, 1, 0), datasets.stream().map(this::items).toList());
  }

  /** Its work failed or was cancelled, and is so long ago that it is not known any more. */
  private void asIfTakingBackWasForgotten(UUID dataset) {
    jdbi.useHandle(
        h ->
            h.execute(
                "update dataset.import set taking_back = true, work_id = ? where dataset_id = ?",
                Ids.next(),
                dataset));
  }

  private void asIfStoppedBeforeItsEnd(UUID dataset) {
    jdbi.useTransaction(
        h -> {
          h.execute("delete from dataset.dataset_version where dataset_id = ?", dataset);
          h.execute("update dataset.dataset set latest_version = 0 where id = ?", dataset);
          h.execute(
              "update dataset.import set state = 'FAILED', version = null where dataset_id = ?",
              dataset);
        });
  }

  private static Map<String, byte[]> file(String csv) {
    return Map.of("f.csv", csv.getBytes(StandardCharsets.UTF_8));
  }

  private int items(UUID dataset) {
    return number("dataset.item where dataset_id = ?", dataset);
  }

  private int number(String of, UUID dataset) {
    return jdbi.withHandle(
        h ->
            h.createQuery("select count(*) from " + of)
                .bind(0, dataset)
                .mapTo(Integer.class)
                .one());
  }

  /** Writes down how many items of the dataset each statement deletes. */
  private void watchDeletions(UUID dataset) {
    jdbi.useHandle(
        h -> {
          h.execute("create table public.deletions (items int not null)");
          h.execute(
              """
              create function public.count_deleted() returns trigger language plpgsql as $$ begin
                insert into public.deletions
                  select count(*) from gone where dataset_id = '%s';
                return null;
              end $$
              """
                  .formatted(dataset));
          h.execute(
              """
              create trigger count_deleted after delete on dataset.item
              referencing old table as gone for each statement
              execute function public.count_deleted()
              """);
        });
  }

  private int mostDeletedAtOnce() {
    return jdbi.withHandle(
        h -> {
          int most =
              h.createQuery("select max(items) from public.deletions").mapTo(Integer.class).one();
          h.execute("drop trigger count_deleted on dataset.item");
          h.execute("drop function public.count_deleted");
          h.execute("drop table public.deletions");
          return most;
        });
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(180).toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "it did not happen");
      Thread.sleep(50);
    }
  }
}

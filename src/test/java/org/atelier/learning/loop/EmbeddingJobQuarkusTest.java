package org.atelier.learning.loop;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.atelier.dataset.Datasets;
import org.atelier.dataset.ItemRow;
import org.atelier.labeling.JobState;
import org.atelier.labeling.Jobs;
import org.atelier.learning.embedding.TestEmbeddings;
import org.atelier.learning.pool.FeatureService;
import org.atelier.learning.pool.LocalFiles;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.atelier.platform.storage.ObjectStore;
import org.atelier.platform.work.WorkService;
import org.atelier.platform.work.WorkState;
import org.atelier.platform.work.WorkView;
import org.atelier.workforce.TestPeople;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class EmbeddingJobQuarkusTest {

  @Inject Jdbi jdbi;
  @Inject Datasets datasets;
  @Inject FeatureService features;
  @Inject Jobs jobs;
  @Inject LearningLoop loop;
  @Inject LocalFiles files;
  @Inject ObjectStore store;
  @Inject LoopTrials trials;
  @Inject WorkService works;
  @Inject TestPeople people;

  @Test
  void aJobLearnsFromUploadedEmbeddingsOnceEveryItemThatExistsHasOne() {
    TestPeople.Visitor owner = people.visitor("Ana");
    ProjectRef project = people.projectOf(owner);
    TextPool pool = new TextPool(jdbi, project.id(), 500, 11);
    List<ItemRow> items = datasets.items(project.id(), pool.truth.keySet());

    UUID job = trials.start(pool, Map.of("features", "embeddings"), null);
    WorkView failed = preparation(project, WorkState.FAILED);
    assertEquals(
        "Getting to know the items failed: The dataset has no embeddings yet: upload a file on the"
            + " page \"Embeddings\" of the dataset, then try again.",
        jobs.job(job).stateReason());
    assertEquals(JobState.FAILED, jobs.job(job).state());
    given()
        .cookie(TestPeople.COOKIE, owner.session())
        .get("/p/" + project.slug() + "/jobs/" + job)
        .then()
        .statusCode(200)
        .body(
            containsString(
                "href=\"/p/%s/datasets/%s/embeddings\"".formatted(project.slug(), pool.dataset)));

    delete(owner, project, pool.dataset, items.get(3));
    assertEquals(202, send(owner, project, pool, items.subList(0, 498), true));
    JsonPath read = TestEmbeddings.settled(owner, project.id(), pool.dataset);
    assertEquals("DONE", read.getString("reading.state"));
    assertEquals(496, read.getInt("report.taken"), "a deleted and a broken row are refused");
    assertEquals(2, read.getInt("report.refused"));
    assertEquals(List.of("e1", "e499", "e500"), read.getList("report.missingIds"));
    given()
        .cookie(TestPeople.COOKIE, owner.session())
        .get("/p/" + project.slug() + "/datasets/" + pool.dataset + "/embeddings")
        .then()
        .statusCode(200)
        .body(containsString("3 items have no embedding"))
        .body(containsString("value 1 is not a finite number"));

    tryAgain(owner, project, job);
    WorkView again = preparation(project, WorkState.FAILED);
    assertEquals(failed.id(), again.id());
    assertEquals(JobState.FAILED, jobs.job(job).state());
    assertEquals(
        "Getting to know the items failed: 3 of 500 items have no embedding, among them e1, e499,"
            + " e500. Upload a file that names every item on the page \"Embeddings\" of the"
            + " dataset, then try again.",
        jobs.job(job).stateReason());

    assertEquals(202, send(owner, project, pool, items, false));
    assertTrue(
        TestEmbeddings.settled(owner, project.id(), pool.dataset).getInt("report.missing") == 0);
    delete(owner, project, pool.dataset, items.get(4));
    tryAgain(owner, project, job);
    assertEquals(JobState.RUNNING, jobs.job(job).state());
    trials.workUntil(60, pool, job, () -> trials.trained(job));
    UUID set = loop.learner(job).orElseThrow().featureSetId();
    assertEquals(8, features.describe(set).columns());
    assertEquals("imported embeddings", features.describe(set).text());
    double[][] alike = features.cosines(set, new int[] {0, 3, 4}).orElseThrow();
    assertEquals(0, alike[0][1], "the row of an item deleted before is zero");
    assertEquals(0, alike[0][2], "the row of an item deleted after the upload is zero");
    assertEquals(1, alike[0][0], 1e-6);
    newItemsThatWereAllDeletedAreTakenIn(owner, project, pool, job);
  }

  private void newItemsThatWereAllDeletedAreTakenIn(
      TestPeople.Visitor owner, ProjectRef project, TextPool pool, UUID job) {
    Set<UUID> before = Set.copyOf(pool.truth.keySet());
    int version = pool.grow(2);
    List<UUID> fresh = pool.truth.keySet().stream().filter(id -> !before.contains(id)).toList();
    datasets.items(project.id(), fresh).forEach(item -> delete(owner, project, pool.dataset, item));
    jobs.takeVersion(project.id(), job, version);
    trials.await(60, job, () -> loop.learner(job).orElseThrow().datasetVersion() == version);
    assertEquals(JobState.RUNNING, jobs.job(job).state(), () -> jobs.job(job).stateReason());
    jobs.stop(project.id(), job, "The test is over.");
  }

  private static void tryAgain(TestPeople.Visitor owner, ProjectRef project, UUID job) {
    String page = "/p/" + project.slug() + "/jobs/" + job;
    Forms.send(owner, page, page + "/state", Map.of("act", "retry")).statusCode(303);
  }

  @Test
  void embeddingsOfAnotherProjectDoNotExistAndLabelersSendNone() {
    TestPeople.Visitor owner = people.visitor("Ana");
    TextPool pool = new TextPool(jdbi, people.projectOf(owner).id(), 5, 1);
    TestPeople.Visitor stranger = people.visitor("Ines");
    ProjectRef theirs = people.projectOf(stranger);
    String path = "/datasets/" + pool.dataset + "/embeddings";
    given()
        .header("Authorization", "Bearer " + stranger.token())
        .get("/api/v1/projects/" + theirs.id() + path)
        .then()
        .statusCode(404);
    given()
        .header("Authorization", "Bearer " + stranger.token())
        .get("/api/v1/projects/" + pool.project + path)
        .then()
        .statusCode(404);
    given()
        .header("Authorization", "Bearer " + owner.token())
        .contentType("application/json")
        .body(Map.of())
        .post("/api/v1/projects/" + pool.project + path)
        .then()
        .statusCode(400)
        .body("field", org.hamcrest.Matchers.equalTo("upload"));
  }

  @Test
  void recordsThatOtherRowsNameOutliveAnErasureAndCopiesGoWithTheEmbeddings() throws Exception {
    TestPeople.Visitor owner = people.visitor("Ana");
    ProjectRef project = people.projectOf(owner);
    TextPool pool = new TextPool(jdbi, project.id(), 20, 3);
    TextPool other = new TextPool(jdbi, project.id(), 1, 4);
    List<ItemRow> items = datasets.items(project.id(), pool.truth.keySet());
    assertEquals(202, send(owner, project, pool, items, false));
    TestEmbeddings.settled(owner, project.id(), pool.dataset);
    String sent = values(pool.dataset);
    jdbi.useHandle(
        h ->
            h.execute(
                "insert into learning.embedding select ?, project_id, content_digest,"
                    + " values_sha256, column_count, report, refused_sha256, read_at from"
                    + " learning.embedding where dataset_id = ?",
                other.dataset,
                pool.dataset));

    delete(owner, project, pool.dataset, items.get(4));
    for (int i = 0; i < 3_600 && values(pool.dataset).equals(sent); i++) {
      pause();
    }
    String left = values(pool.dataset);
    assertNotEquals(sent, left);
    Thread.sleep(500);
    assertTrue(store.stat(sent).isPresent(), "the other dataset needs them");

    Path copy = files.of(left);
    given()
        .header("Authorization", "Bearer " + owner.token())
        .delete("/api/v1/projects/" + project.id() + "/datasets/" + pool.dataset + "/embeddings")
        .then()
        .statusCode(204);
    assertFalse(Files.exists(copy));
  }

  private String values(UUID dataset) {
    return jdbi.withHandle(
        h ->
            h.select("select values_sha256 from learning.embedding where dataset_id = ?", dataset)
                .mapTo(String.class)
                .one());
  }

  private WorkView preparation(ProjectRef project, WorkState state) {
    for (int i = 0; i < 3_600; i++) {
      for (WorkView work : works.list(List.of(project.id()), false, null, 50).rows()) {
        if (work.kind().equals(LearningLoop.PREPARE) && work.state() == state) {
          return work;
        }
      }
      pause();
    }
    throw new AssertionError("The preparation did not come to " + state);
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Eight numbers an item: its class, and a little chance; the first row broken when asked. */
  private static int send(
      TestPeople.Visitor owner,
      ProjectRef project,
      TextPool pool,
      List<ItemRow> items,
      boolean brokenFirst) {
    SplittableRandom random = new SplittableRandom(5);
    float[][] rows = new float[items.size()][8];
    StringBuilder ids = new StringBuilder();
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < 8; j++) {
        rows[i][j] = (float) random.nextDouble(-0.2, 0.2);
      }
      rows[i][pool.truth.get(items.get(i).id())] += 1;
      ids.append(items.get(i).externalId()).append('\n');
    }
    if (brokenFirst) {
      rows[0][0] = Float.NaN;
    }
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("vectors.npy", TestEmbeddings.npy(rows));
    files.put("ids.txt", ids.toString().getBytes(StandardCharsets.UTF_8));
    return TestEmbeddings.send(owner, project.id(), pool.dataset, files);
  }

  private static void delete(
      TestPeople.Visitor owner, ProjectRef project, UUID dataset, ItemRow item) {
    given()
        .header("Authorization", "Bearer " + owner.token())
        .contentType("application/json")
        .body(Map.of("items", List.of(item.id()), "reason", "rights"))
        .post("/api/v1/projects/" + project.id() + "/datasets/" + dataset + "/items/delete")
        .then()
        .statusCode(200);
  }
}

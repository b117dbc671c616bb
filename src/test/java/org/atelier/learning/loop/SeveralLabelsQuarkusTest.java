package org.atelier.learning.loop;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.atelier.labeling.GuaranteeScope;
import org.atelier.labeling.JobNumbers;
import org.atelier.labeling.JobSettings;
import org.atelier.labeling.Jobs;
import org.atelier.labeling.TaskType;
import org.atelier.labeling.WorkQueue;
import org.atelier.learning.confusion.ConfusionMatrix;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.atelier.workforce.TestPeople;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** What the dashboard says of items that may have several labels and of several answers to them. */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class SeveralLabelsQuarkusTest {

  @Inject Jdbi jdbi;
  @Inject Jobs jobs;
  @Inject WorkQueue queue;
  @Inject LearningLoop loop;
  @Inject LoopTrials trials;
  @Inject JobNumbers numbers;
  @Inject TestPeople people;

  private TestPeople.Visitor owner;
  private ProjectRef project;
  private TextPool pool;

  @Test
  void theMatrixOfSetsOfLabelsLeadsToItemsWithAllThatWasChosen() {
    begin(600);
    JobSettings.Learning learning =
        new JobSettings.Learning(true, 0.95, GuaranteeScope.MACHINE, 0.05, 100, Map.of());
    UUID job = trials.start(pool, TaskType.MULTI, 1, learning, null);
    trials.await(
        60,
        job,
        () -> {
          if (!trials.rests(job)) {
            return false;
          }
          if (trials.trained(job) && cell(job) != null) {
            return true;
          }
          pool.answerSets(queue, job, (person, item) -> truth(item));
          return false;
        });
    api(job, "/charts/confusion")
        .body("labels.size()", equalTo(TextPool.CLASSES + 1))
        .body("keys[4]", equalTo(ConfusionMatrix.NOTHING))
        .body("counts.size()", equalTo(TextPool.CLASSES + 1))
        .body("note", notNullValue());
    RoundLists lists = loop.lists(job);
    RoundLists.Cell cell = cell(lists);
    String address = "/cell?people=" + cell.people() + "&model=" + cell.model();
    RoundLists.Difference one =
        lists.differences().stream()
            .filter(difference -> difference.itemId().equals(cell.items().get(0)))
            .findFirst()
            .orElseThrow();
    page(job, address).body(containsString("below each all that the model chose"));
    page(job, "/cell?people=0&model=-2").statusCode(404);
    confirmed(job, one);
    // what has another label by now is not shown there any more
    page(job, address).body(not(containsString("value=\"" + one.itemId())));
    jobs.stop(project.id(), job, "The test is over.");
  }

  /** The whole set that the model chose becomes the label, and no single class of it. */
  private void confirmed(UUID job, RoundLists.Difference one) {
    int first = one.model()[0];
    int[] single = {one.model().length > 1 ? first : (first + 1) % TextPool.CLASSES};
    Map<String, Object> another = Map.of("itemId", one.itemId(), "classes", single);
    decide(job, another).statusCode(200).body("changed", equalTo(0));
    decide(job, Map.of("itemId", one.itemId(), "classes", one.model()))
        .statusCode(200)
        .body("changed", equalTo(1));
    assertArrayEquals(
        one.model(), numbers.labels(job, List.of(one.itemId())).get(0).classes(), "the whole set");
  }

  @Test
  void aJobByHandWithThreeAnswersAnItemShowsHowFarPeopleAgree() {
    begin(100);
    JobSettings.Learning none =
        new JobSettings.Learning(false, 0.95, GuaranteeScope.MACHINE, 0.05, 100, Map.of());
    UUID job = trials.start(pool, TaskType.MULTI, 3, none, null);
    api(job, "").body("agreement.known", equalTo(false));
    UUID careless = pool.people.get(2);
    int answers = 0;
    while (answers < 250) {
      answers +=
          pool.answerSets(
              queue,
              job,
              (person, item) ->
                  person.equals(careless) && item.hashCode() % 5 == 0 ? new int[0] : truth(item));
    }
    trials.await(
        60, job, () -> api(job, "").extract().body().jsonPath().getBoolean("agreement.known"));
    api(job, "")
        .body("agreement.items", greaterThan(20))
        .body("agreement.alike", greaterThan(10))
        .body("agreement.alpha", notNullValue())
        .body("agreement.alphaFrom", notNullValue())
        .body("agreement.sampled", equalTo(false));
    given()
        .accept("text/html")
        .cookie(TestPeople.COOKIE, owner.session())
        .get("/p/" + project.slug() + "/learning/" + job + "/numbers")
        .then()
        .statusCode(200)
        .body(containsString("Krippendorff’s α"))
        .body(containsString("exactly the same labels"));
    UUID single = trials.start(pool, TaskType.SINGLE, 1, none, null);
    api(single, "").body("agreement", nullValue());
    jobs.stop(project.id(), single, "The test is over.");
  }

  private void begin(int items) {
    owner = people.visitor("Ana");
    project = people.projectOf(owner);
    pool = new TextPool(jdbi, project.id(), items, 15);
  }

  /** One label, or two where it is the second; one item in nine has none although it seems to. */
  private int[] truth(UUID item) {
    int label = pool.truth.get(item);
    return Math.floorMod(item.hashCode(), 9) == 0
        ? new int[0]
        : label == 1 ? new int[] {1, 3} : new int[] {label};
  }

  private RoundLists.Cell cell(UUID job) {
    return cell(loop.lists(job));
  }

  /** A cell with an item for which the model chose something that can be confirmed. */
  private static RoundLists.Cell cell(RoundLists lists) {
    return lists.cells().stream()
        .filter(cell -> cell.people() == ConfusionMatrix.NOTHING && !cell.items().isEmpty())
        .findFirst()
        .orElse(null);
  }

  private ValidatableResponse api(UUID job, String part) {
    return given()
        .header("Authorization", "Bearer " + owner.token())
        .get("/api/v1/projects/" + project.id() + "/jobs/" + job + "/learning" + part)
        .then()
        .statusCode(200);
  }

  private ValidatableResponse page(UUID job, String part) {
    return given()
        .accept("text/html")
        .cookie(TestPeople.COOKIE, owner.session())
        .get("/p/" + project.slug() + "/learning/" + job + part)
        .then();
  }

  private ValidatableResponse decide(UUID job, Map<String, Object> seen) {
    return given()
        .header("Authorization", "Bearer " + owner.token())
        .contentType("application/json")
        .body(Map.of("confirm", List.of(seen)))
        .post("/api/v1/projects/" + project.id() + "/jobs/" + job + "/learning/decisions")
        .then();
  }
}

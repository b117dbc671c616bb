package org.atelier.learning.loop;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.atelier.labeling.GuaranteeScope;
import org.atelier.labeling.JobNumbers;
import org.atelier.labeling.JobSettings;
import org.atelier.labeling.Jobs;
import org.atelier.labeling.LearningBridge;
import org.atelier.labeling.TaskReason;
import org.atelier.labeling.WorkQueue;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.atelier.workforce.TestPeople;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** What people in charge do on the review tab, as a browser sends it. */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class ReviewQuarkusTest {

  @Inject Jdbi jdbi;
  @Inject Jobs jobs;
  @Inject WorkQueue queue;
  @Inject LearningBridge bridge;
  @Inject LearningLoop loop;
  @Inject LoopTrials trials;
  @Inject JobNumbers numbers;
  @Inject TestPeople people;

  private TestPeople.Visitor owner;
  private ProjectRef project;
  private UUID job;
  private TextPool pool;

  @Test
  void doubtedLabelsAreSentBackAndUncertainItemsDecidedInOneGo() {
    owner = people.visitor("Ana");
    project = people.projectOf(owner);
    pool = new TextPool(jdbi, project.id(), 1_000, 14);
    JobSettings.Learning rounds =
        new JobSettings.Learning(true, 0.95, GuaranteeScope.MACHINE, 0.05, 150, Map.of());
    job = trials.start(pool, 1, rounds, null);
    trials.await(
        60,
        job,
        () -> {
          if (!trials.rests(job)) {
            return false;
          }
          if (trials.trained(job) && !loop.lists(job).suspects().isEmpty()) {
            return true;
          }
          pool.answer(queue, job, this::slip);
          return false;
        });
    RoundLists lists = loop.lists(job);
    long listed = lists.suspects().size();
    long slips = lists.suspects().stream().filter(one -> isSlip(one.itemId())).count();
    // one label in twelve is a slip
    assertTrue(2 * slips > listed, slips + " of " + listed + " doubted labels are slips");
    given()
        .accept("text/html")
        .cookie(TestPeople.COOKIE, owner.session())
        .get(tab())
        .then()
        .statusCode(200)
        .body(containsString("Human labels that may be wrong"))
        .body(containsString("Ask people again"));
    anOpenSheetIsRenewedOnlyWhenTheModelHasLearned();
    scriptsSeeChartsAndSheets();
    sentBack(lists.suspects().get(0).itemId());
    whatCannotBeSentBackIsRefusedInWords();
    whatPeopleAreAskedAboutIsNotSentBackFromItsPageEither();
    decided();
    onlyWhatWasShownIsConfirmed();
    strangersChangeNothing(free(1).get(0).itemId());
    jobs.stop(project.id(), job, "The test is over.");
  }

  private void anOpenSheetIsRenewedOnlyWhenTheModelHasLearned() {
    String sheets = "/p/" + project.slug() + "/learning/" + job + "/review?seen=";
    String anew = read(sheets + "-1").statusCode(200).extract().asString();
    String seen = anew.replaceFirst("(?s).*review\\?seen=([0-9]+).*", "$1");
    // The loop may learn between the two requests; then the sheet is another.
    String again = read(sheets + seen).extract().asString();
    assertTrue(again.isEmpty() || !again.contains("review?seen=" + seen + "\""), again);
  }

  private void scriptsSeeChartsAndSheets() {
    String learning = "/api/v1/projects/" + project.id() + "/jobs/" + job + "/learning";
    for (String chart : List.of("learning", "coverage", "confusion", "labels", "answers")) {
      script(learning + "/charts/" + chart).statusCode(200).body("kind", notNullValue());
    }
    script(learning + "/charts/horoscope").statusCode(404);
    script(learning + "/sheets").statusCode(200).body("suspects.size()", greaterThan(0));
  }

  private ValidatableResponse read(String address) {
    return given()
        .accept("text/html")
        .cookie(TestPeople.COOKIE, owner.session())
        .get(address)
        .then();
  }

  private ValidatableResponse script(String address) {
    return given().header("Authorization", "Bearer " + owner.token()).get(address).then();
  }

  private void sentBack(UUID doubted) {
    act(Map.of("item", doubted, "act", "send-back", "label", 0)).statusCode(303);
    UUID fresh = pool.bystander();
    boolean[] seen = {false};
    trials.await(
        30,
        job,
        () -> {
          if (!trials.isTimeToAnswer(job)) {
            return false;
          }
          for (WorkQueue.LeasedTask task :
              queue.claim(project.id(), job, fresh, WorkQueue.MOST_HELD, List.of()).tasks()) {
            WorkQueue.Receipt receipt =
                queue.submit(
                    project.id(),
                    job,
                    fresh,
                    new WorkQueue.GivenAnswer(
                        UUID.randomUUID(),
                        task.lease(),
                        task.task(),
                        new int[] {pool.truth.get(task.itemId())},
                        900,
                        null));
            if (task.itemId().equals(doubted)) {
              assertEquals(TaskReason.SENT_BACK, receipt.reason(), "said after the answer");
              seen[0] = true;
            }
          }
          return seen[0];
        });
  }

  private void whatPeopleAreAskedAboutIsNotSentBackFromItsPageEither() {
    trials.await(60, job, () -> trials.rests(job) && !bridge.openItems(job).isEmpty());
    UUID open = bridge.openItems(job).get(0);
    String page = "/p/" + project.slug() + "/jobs/" + job + "/items/" + open;
    Forms.send(owner, page, page + "/send-back", Map.of()).statusCode(409);
    assertEquals(1, bridge.openItems(job).stream().filter(open::equals).count());
  }

  private void decided() {
    for (RoundLists.Opinion one : decide("correct", 2, 2)) {
      JobNumbers.CurrentLabel label = numbers.labels(job, List.of(one.itemId())).get(0);
      assertFalse(label.machine());
      assertArrayEquals(new int[] {2}, label.classes());
    }
    RoundLists.Opinion confirmed = decide("confirm", 1, 0).get(0);
    assertArrayEquals(
        confirmed.classes(),
        numbers.labels(job, List.of(confirmed.itemId())).get(0).classes(),
        "what the machine said of it");
    act(Map.of("act", "correct", "label", 0)).statusCode(400);
    act(Map.of("item", shown(confirmed), "act", "guess", "label", 0)).statusCode(400);
  }

  /** As if a step had changed the machine's mind while the sheet was looked at. */
  private void onlyWhatWasShownIsConfirmed() {
    RoundLists.Opinion one = free(1).get(0);
    int another = (one.classes()[0] + 1) % TextPool.CLASSES;
    RoundLists.Opinion before =
        new RoundLists.Opinion(one.itemId(), new int[] {another}, one.score());
    act(Map.of("item", shown(before), "act", "confirm", "label", 0))
        .statusCode(200)
        .body(containsString("1 of 1 changed meanwhile: look again"))
        .body(containsString("value=\"" + shown(one) + "\""));
    assertTrue(numbers.labels(job, List.of(one.itemId())).isEmpty());
    decisions(Map.of("confirm", List.of(seen(before))))
        .statusCode(200)
        .body("changed", equalTo(0))
        .body("differing", contains(one.itemId().toString()));
    decisions(Map.of("items", List.of(one.itemId()))).statusCode(400);
    assertTrue(numbers.labels(job, List.of(one.itemId())).isEmpty());
    decisions(Map.of("confirm", List.of(seen(one))))
        .statusCode(200)
        .body("changed", equalTo(1))
        .body("differing", empty());
    assertArrayEquals(one.classes(), numbers.labels(job, List.of(one.itemId())).get(0).classes());
    whatIsSentTwiceIsToldTheSame(one);
  }

  /** A double click, or a reply that was lost on its way. */
  private void whatIsSentTwiceIsToldTheSame(RoundLists.Opinion one) {
    decisions(Map.of("confirm", List.of(seen(one))))
        .statusCode(200)
        .body("changed", equalTo(0))
        .body("differing", empty());
    act(Map.of("item", shown(one), "act", "confirm", "label", 0)).statusCode(303);
    act(Map.of("item", shown(one), "act", "correct", "label", one.classes()[0])).statusCode(303);
  }

  private static Map<String, Object> seen(RoundLists.Opinion one) {
    return Map.of("itemId", one.itemId(), "classes", one.classes());
  }

  private io.restassured.response.ValidatableResponse decisions(Map<String, ?> body) {
    return given()
        .header("Authorization", "Bearer " + owner.token())
        .contentType("application/json")
        .body(body)
        .post("/api/v1/projects/" + project.id() + "/jobs/" + job + "/learning/decisions")
        .then();
  }

  /** As a card of the sheet sends it. */
  private static String shown(RoundLists.Opinion one) {
    return one.itemId() + ":" + one.classes()[0];
  }

  /**
   * Decides on items that nobody has; at that moment people may be asked about one: then others.
   */
  private List<RoundLists.Opinion> decide(String act, int count, int label) {
    for (int attempt = 0; attempt < 10; attempt++) {
      List<RoundLists.Opinion> open = free(count);
      List<String> items = open.stream().map(ReviewQuarkusTest::shown).toList();
      int status = act(Map.of("item", items, "act", act, "label", label)).extract().statusCode();
      if (status == 303) {
        return open;
      }
      assertEquals(409, status);
    }
    throw new AssertionError("People were asked about such an item each time");
  }

  /** Where people were asked about all that is listed, the next round lists others. */
  private List<RoundLists.Opinion> free(int count) {
    List<RoundLists.Opinion> open = new ArrayList<>();
    trials.await(
        60,
        job,
        () -> {
          if (!trials.rests(job)) {
            return false;
          }
          open.clear();
          open.addAll(listedWithNobody(count));
          if (open.size() == count) {
            return true;
          }
          pool.answer(queue, job, this::slip);
          return false;
        });
    return open;
  }

  private List<RoundLists.Opinion> listedWithNobody(int most) {
    return loop.lists(job).uncertain().stream()
        .filter(one -> numbers.labels(job, List.of(one.itemId())).isEmpty())
        .filter(one -> numbers.withPeople(job, List.of(one.itemId())).isEmpty())
        .limit(most)
        .toList();
  }

  private void strangersChangeNothing(UUID item) {
    TestPeople.Visitor stranger = people.visitor("Ines");
    given()
        .header("Authorization", "Bearer " + stranger.token())
        .contentType("application/json")
        .body(Map.of("items", List.of(item), "classes", List.of(1)))
        .post("/api/v1/projects/" + project.id() + "/jobs/" + job + "/learning/decisions")
        .then()
        .statusCode(404);
    ProjectRef other = people.projectOf(owner);
    given()
        .header("Authorization", "Bearer " + owner.token())
        .contentType("application/json")
        .body(Map.of("items", List.of(item)))
        .post("/api/v1/projects/" + other.id() + "/jobs/" + job + "/learning/send-back")
        .then()
        .statusCode(404);
  }

  private void whatCannotBeSentBackIsRefusedInWords() {
    UUID nowhere = UUID.randomUUID();
    given()
        .header("Authorization", "Bearer " + owner.token())
        .contentType("application/json")
        .body(Map.of("items", List.of(nowhere)))
        .post("/api/v1/projects/" + project.id() + "/jobs/" + job + "/learning/send-back")
        .then()
        .statusCode(400)
        .body("field", equalTo("items"))
        .body("detail", containsString("The job has no item " + nowhere));
  }

  private io.restassured.response.ValidatableResponse act(Map<String, ?> values) {
    return Forms.send(
        owner, tab(), "/p/" + project.slug() + "/learning/" + job + "/decide", values);
  }

  private String tab() {
    return "/p/" + project.slug() + "/jobs/" + job + "/review";
  }

  /** One answer in twelve is another class. */
  private int slip(UUID item) {
    int truth = pool.truth.get(item);
    return isSlip(item) ? (truth + 1) % TextPool.CLASSES : truth;
  }

  private boolean isSlip(UUID item) {
    return pool.truth.containsKey(item) && Math.floorMod(item.hashCode(), 12) == 0;
  }
}

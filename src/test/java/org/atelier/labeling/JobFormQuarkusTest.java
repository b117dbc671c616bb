package org.atelier.labeling;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.stringContainsInOrder;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.atelier.platform.Ids;
import org.atelier.platform.Role;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.junit.jupiter.api.Test;

/** The form of a job and its label editor, as a browser without scripts uses them. */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class JobFormQuarkusTest extends LabelingScene {

  @Test
  void aRefusedFormKeepsWhatWasTypedAndSaysWhatIsWrongBesideTheField() {
    Map<String, String> fields = form("", "Shirt\nShirt");
    fields.put("target", "ninety");
    boss.form("/p/" + project.slug() + "/jobs", fields)
        .then()
        .statusCode(400)
        .body(containsString("Give the job a title"))
        .body(containsString("is there twice"))
        .body(containsString("Write a number."))
        .body(containsString("value=\"ninety\""));
  }

  @Test
  void aStartedJobKeepsItsLabelSetAndNoticesTwoEditors() {
    UUID job = startedJob();
    int revision = jobs.job(project.id(), job).revision();
    Map<String, String> fields = form("Collars again", "Shirt\nCoat\n<i>Bag</i>");
    fields.put("revision", String.valueOf(revision));
    boss.form(path(job) + "/settings", fields).then().statusCode(303);
    fields.put("title", "Collars, mine");
    boss.form(path(job) + "/settings", fields)
        .then()
        .statusCode(409)
        .body(containsString("Collars, mine"))
        .body(containsString("Somebody else saved this job while you were at it"));
    fields.put("revision", String.valueOf(revision + 1));
    fields.put("labels", "Shirt\nCoat");
    boss.form(path(job) + "/settings", fields)
        .then()
        .statusCode(409)
        .body(containsString("Clone the job"));
    assertEquals("Collars again", jobs.job(project.id(), job).settings().title());
    Response copied = boss.form(path(job) + "/copy", Map.of());
    assertEquals(303, copied.statusCode());
    boss.get(java.net.URI.create(copied.header("Location")).getPath())
        .then()
        .body(containsString("Collars again (copy)"));
  }

  @Test
  void labelsOfTheDataStandInTheOrderInWhichTheirImportNamedThem() {
    QuarkusTransaction.requiringNew()
        .run(
            () ->
                jdbi.useHandle(
                    h -> {
                      h.execute(
                          """
                          update dataset.item set known_labels = array[
                            (array['Ankle boot', 'Trouser', 'T-shirt'])[ordinal % 3 + 1]]
                          where dataset_id = ?
                          """,
                          dataset);
                      h.execute(
                          """
                          insert into dataset.import (id, project_id, dataset_id, spec,
                            source_name, state, pending_version, first_ordinal, created_at)
                          values (?, ?, ?, '{"classNames": ["T-shirt", "Trouser", "Coat"]}',
                            'idx', 'DONE', 1, 0, now())
                          """,
                          Ids.next(),
                          project.id(),
                          dataset);
                    }));
    boss.get("/p/" + project.slug() + "/jobs/new")
        .then()
        .statusCode(200)
        .body(
            stringContainsInOrder(
                "value=\"T-shirt\"", "value=\"Trouser\"", "value=\"Ankle boot\""));
  }

  @Test
  void whoLeftTheProjectStandsNeitherInTheWayOfAChangeNorOfACopy() {
    UUID stays = member();
    UUID leaves = member();
    UUID job = jobFor(Set.of(stays, leaves), 100);
    people.setRoles(project.id(), leaves, Set.of());
    boss.post(learning(job) + "/budget", Map.of("budgetAnswers", 200)).then().statusCode(200);
    JobView copy = jobs.copy(project.id(), job, "Copy");
    assertEquals(Set.of(stays), copy.settings().workers());
    boss.get(path(copy.id()) + "/settings")
        .then()
        .body(containsString("1 of 2 chosen people left the project and is left out."));
    people.setRoles(project.id(), stays, Set.of());
    JobView nobodys = jobs.copy(project.id(), job, "Second copy");
    assertEquals(
        Set.of(stays, leaves), nobodys.settings().workers(), "and not every labeler instead");
    assertEquals(
        "Everybody who was chosen has left the project: choose who labels.", nobodys.stateReason());
  }

  @Test
  void anOptionThatIsGoneStandsNeitherInTheWayOfAChangeNorOfACopy() {
    UUID job = jobFor(Set.of(), 100);
    String gone = "{'features': 'gone', 'startFrom': 'gone', 'featurs': 'n-grams'}";
    storeOptions(job, gone);
    boss.post(learning(job) + "/budget", Map.of("budgetAnswers", 200)).then().statusCode(200);
    JobView copy = jobs.copy(project.id(), job, "Copy");
    assertEquals(Map.of(), copy.settings().learning().options());
    assertTrue(copy.stateReason().contains("features “gone”"), copy.stateReason());
    assertTrue(copy.stateReason().contains("no option “featurs”"), copy.stateReason());
    // drafts from before such names were refused
    storeOptions(copy.id(), "{'featurs': 'n-grams', 'patience': 3}");
    Map<String, String> fields = form("Copy", "Shirt\nCoat");
    fields.put("revision", String.valueOf(copy.revision()));
    boss.form(path(copy.id()) + "/settings", fields).then().statusCode(303);
    assertEquals(
        Map.of("patience", 3), jobs.job(project.id(), copy.id()).settings().learning().options());
  }

  private void storeOptions(UUID job, String options) {
    QuarkusTransaction.requiringNew()
        .run(
            () ->
                jdbi.useHandle(
                    h ->
                        h.execute(
                            "update labeling.job set learning_options = cast(? as jsonb) where id"
                                + " = ?",
                            options.replace('\'', '"'),
                            job)));
  }

  private String learning(UUID job) {
    return "/api/v1/projects/" + project.id() + "/jobs/" + job + "/learning";
  }

  private UUID member() {
    UUID person = account().id();
    people.setRoles(project.id(), person, Set.of(Role.LABELER));
    return person;
  }

  private UUID jobFor(Set<UUID> workers, int budget) {
    Map<String, Object> fields = new HashMap<>(form("Collars", "Shirt\nCoat"));
    fields.put("who", workers.isEmpty() ? "everyone" : "chosen");
    fields.put("workers", List.copyOf(workers));
    fields.put("budgetAnswers", budget);
    fields.put("startNow", "on");
    Response created = boss.form("/p/" + project.slug() + "/jobs", fields);
    assertEquals(303, created.statusCode(), created.body().asString());
    String address = created.header("Location");
    return UUID.fromString(address.substring(address.lastIndexOf('/') + 1));
  }

  @Test
  void anOpenPageIsToldTheStateAndWithAnotherStateWhatCanBeDone() {
    UUID job = startedJob();
    String head = path(job) + "/head?was=RUNNING";
    String same = boss.get(head).body().asString();
    assertTrue(same.contains("Running"), same);
    assertFalse(same.contains("job-actions"), same);
    assertTrue(same.contains("id=\"tab-count-50\" hx-swap-oob"), same);
    assertFalse(same.contains("job-done"), "another tab has no place for it");
    boss.get(head + "&overview=true")
        .then()
        .body(containsString("id=\"job-done\" aria-labelledby=\"done-title\" hx-swap-oob"));
    boss.form(path(job) + "/state", Map.of("act", "pause", "reason", "Lunch"));
    boss.get(head)
        .then()
        .statusCode(200)
        .body(containsString("This job is now paused"))
        .body(containsString("id=\"job-actions\" hx-swap-oob"))
        .body(containsString("Resume"));
  }

  @Test
  void aCloneKeepsItsVersionAndSaysThatThereIsANewerOne() {
    UUID job = startedJob();
    int newest = datasets.addLabeledVersion(project.id(), dataset, "Later", List.of());
    Response copied = boss.form(path(job) + "/copy", Map.of());
    String page =
        boss.get(java.net.URI.create(copied.header("Location")).getPath()).body().asString();
    assertTrue(page.contains("value=\"" + dataset + "/1\" selected"), page);
    assertTrue(page.contains("value=\"" + dataset + "/" + newest + "\">"), page);
    assertTrue(page.contains("version " + newest + " is newer"), page);
    String fresh =
        boss.get("/p/" + project.slug() + "/jobs/new?dataset=" + dataset).body().asString();
    assertTrue(fresh.contains("value=\"" + dataset + "/" + newest + "\" selected"), fresh);
    assertFalse(fresh.contains("is newer and has"), fresh);
  }

  @Test
  void optionsOfLearningAreCheckedShownAndKept() {
    Map<String, String> fields = form("Options", "Shirt\nCoat");
    fields.putAll(Map.of("features", "patches", "strategy", "nonsense", "coverage", "120"));
    boss.form("/p/" + project.slug() + "/jobs", fields)
        .then()
        .statusCode(400)
        .body(containsString("Nothing here computes the features “patches” of such items."))
        .body(containsString("patches, not for these items"))
        .body(containsString("There is no strategy “nonsense”."))
        .body(containsString("The share of items to be labelled lies above 0"));
    fields.putAll(
        Map.of("features", "n-grams", "strategy", "entropy", "coverage", "92.5", "patience", "3"));
    Response created = boss.form("/p/" + project.slug() + "/jobs", fields);
    assertEquals(303, created.statusCode(), created.body().asString());
    String address = created.header("Location");
    UUID job = UUID.fromString(address.substring(address.lastIndexOf('/') + 1));
    assertEquals(
        Map.of("features", "n-grams", "strategy", "entropy", "coverage", 0.925, "patience", 3),
        jobs.job(project.id(), job).settings().learning().options());
    boss.get(path(job) + "/settings")
        .then()
        .body(containsString("value=\"n-grams\" selected"))
        .body(containsString("value=\"entropy\" selected"))
        .body(containsString("value=\"92.5\""))
        .body(containsString("<details class=\"more\" open>"));
    boss.get("/p/" + project.slug() + "/jobs/learning-choices?dataset=" + dataset + "/1")
        .then()
        .statusCode(200)
        .body(containsString("text n-grams"))
        .body(not(containsString("learned from the pool</option>")));
  }

  private Map<String, Object> rows(String... labels) {
    Map<String, Object> fields = new HashMap<>(form("Rows", ""));
    fields.put("labelName", List.of(labels));
    fields.put("labelKey", List.of(labels).stream().map(label -> "").toList());
    fields.put("labelColor", List.of(labels).stream().map(label -> "#249173").toList());
    fields.put("labelDepth", List.of(labels).stream().map(label -> "0").toList());
    fields.put("labelDescription", List.of(labels).stream().map(label -> "a " + label).toList());
    fields.put("labelExamples", List.of(labels).stream().map(label -> "").toList());
    return fields;
  }

  private Response act(Map<String, Object> fields, String act) {
    fields.put("act", act);
    return boss.form("/p/" + project.slug() + "/jobs/label-rows", fields);
  }

  @Test
  void labelsArePastedMovedAndSavedWithoutAScript() {
    Map<String, Object> fields = rows("Shirt", "Coat");
    fields.put("labels", "Bags\n  Tote | t | blue | With handles");
    act(fields, "paste")
        .then()
        .statusCode(200)
        .body(containsString("value=\"Tote\""))
        .body(containsString("With handles"))
        .body(containsString("value=\"Rows\""));
    List<String> moved =
        act(rows("Shirt", "Coat"), "down:0")
            .htmlPath()
            .getList("**.findAll { it.@name == 'labelName' }.@value");
    assertEquals(List.of("Coat", "Shirt"), moved.subList(0, 2));
    Response created = boss.form("/p/" + project.slug() + "/jobs", fields);
    assertEquals(303, created.statusCode(), created.body().asString());
    String address = created.header("Location");
    UUID job = UUID.fromString(address.substring(address.lastIndexOf('/') + 1));
    List<LabelDefinition> labels = jobs.job(project.id(), job).settings().labels();
    assertEquals(
        new LabelDefinition("Shirt", "#249173", null, "a Shirt", null, List.of()), labels.get(0));
    assertEquals(
        new LabelDefinition("Tote", "#3B6CD4", "t", "With handles", 2, List.of()), labels.get(3));
  }

  @Test
  void whatIsWrongWithALabelStandsBesideIt() {
    Map<String, Object> fields = rows("Shirt", "Shirt", "Coat");
    fields.put("labelKey", List.of("", "", "S"));
    fields.put("labelExamples", List.of("", "", "no-item"));
    boss.form("/p/" + project.slug() + "/jobs", fields)
        .then()
        .statusCode(400)
        .body(containsString("An example is neither an item nor a picture; remove it"))
        .body(containsString("value=\"S\""));
    fields.put("labelExamples", List.of("", "", ""));
    boss.form("/p/" + project.slug() + "/jobs", fields)
        .then()
        .statusCode(400)
        .body(containsString("The label “Shirt” is there twice."))
        .body(containsString("does something else on the work page"));
  }

  @Test
  void examplesAreChosenAmongTheItemsOfTheProjectsOwnDataset() {
    String address = "/p/" + project.slug() + "/jobs/example-items?dataset=" + dataset + "/1";
    boss.get(address)
        .then()
        .statusCode(200)
        .body(containsString("&lt;b&gt;text&lt;/b&gt; 0"))
        .body(not(containsString("<b>text")));
    boss.get(address + "&text=e3")
        .then()
        .body(containsString("data-words=\"e3\""))
        .body(not(containsString("data-words=\"e4\"")));
    UUID other =
        texts(people.createProject("o-" + UUID.randomUUID(), "Other", account().id()).id(), 2);
    boss.get("/p/" + project.slug() + "/jobs/example-items?dataset=" + other + "/1")
        .then()
        .statusCode(404);
    assertEquals(403, labeler.get(address).statusCode());
  }

  @Test
  void twoEditorsSeeBothVersions() {
    UUID job = startedJob();
    int revision = jobs.job(project.id(), job).revision();
    Map<String, String> theirs = form("Theirs", "");
    theirs.put("revision", String.valueOf(revision));
    boss.form(path(job) + "/settings", theirs).then().statusCode(303);
    Map<String, String> mine = form("<i>Mine</i>", "");
    mine.put("revision", String.valueOf(revision));
    boss.form(path(job) + "/settings", mine)
        .then()
        .statusCode(409)
        .body(containsString("Both versions"))
        .body(containsString("<td class=\"typed\">&lt;i&gt;Mine&lt;/i&gt;</td>"))
        .body(containsString("<td class=\"typed\">Theirs</td>"))
        .body(containsString("name=\"revision\" value=\"" + (revision + 1) + "\""));
  }

  @Test
  void ownWorkIsFoundByJobAndName() {
    UUID job = startedJob();
    labeler.post(path(job) + "/work/answers", answer(claim(job, 1), 0, UUID.randomUUID(), 1));
    String mine = "/p/" + project.slug() + "/work/mine";
    labeler.get(mine + "?text=e0&job=" + job).then().body(containsString("Correct</a>"));
    labeler
        .get(mine + "?text=e1")
        .then()
        .statusCode(200)
        .body(containsString("None of your answers is about such an item."));
    labeler.get(mine + "?job=nonsense").then().statusCode(400);
    boss.get("/p/" + project.slug() + "/work/mine").then().body(containsString("No answers yet"));
  }

  @Test
  void newHumanLabelsAreInTheFeedOfTheProject() throws InterruptedException {
    UUID job = startedJob();
    labeler.post(path(job) + "/work/answers", answer(claim(job, 1), 0, UUID.randomUUID(), 1));
    // while an older transaction goes on anywhere on the server, an event is held back
    String about = null;
    for (int look = 0; look < 1_800 && about == null; look++) {
      Thread.sleep(look == 0 ? 0 : 100);
      about =
          boss.json("/api/v1/projects/" + project.id() + "/events")
              .then()
              .statusCode(200)
              .extract()
              .path("events.find { it.type == 'labels-consolidated' }?.subjectId");
    }
    assertEquals(job.toString(), about);
  }
}

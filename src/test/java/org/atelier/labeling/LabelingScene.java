package org.atelier.labeling;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.atelier.dataset.Datasets;
import org.atelier.platform.Ids;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.Role;
import org.atelier.workforce.People;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;

/**
 * A project with six texts, its manager and a labeler, both signed in at the running application.
 */
abstract class LabelingScene {

  @Inject People people;
  @Inject Jobs jobs;
  @Inject Datasets datasets;
  @Inject Jdbi jdbi;

  ProjectRef project;
  UUID dataset;
  SignedIn boss;
  SignedIn labeler;

  @BeforeEach
  void prepare() {
    People.NewAccount owner = account();
    String slug = "p-" + Ids.next().toString().substring(19);
    project = people.createProject(slug, "Autumn", owner.id());
    dataset = texts(project.id(), 6);
    boss = signIn(owner);
    People.NewAccount worker = account();
    people.setRoles(project.id(), worker.id(), Set.of(Role.LABELER));
    labeler = signIn(worker);
  }

  People.NewAccount account() {
    return people.createAccount("p-" + Ids.next() + "@example.com", "Ana", false);
  }

  UUID texts(UUID projectId, int count) {
    UUID id = Ids.next();
    QuarkusTransaction.requiringNew()
        .run(
            () ->
                jdbi.useHandle(
                    h -> {
                      h.execute(
                          """
                          insert into dataset.dataset
                            (id, project_id, name, kind, created_at, latest_version, next_ordinal)
                          values (?, ?, 'texts', 'TEXT', now(), 1, ?)
                          """,
                          id,
                          projectId,
                          count);
                      h.execute(
                          """
                          insert into dataset.dataset_version (dataset_id, number, digest,
                            item_count, added, removed, labeled, note, created_at)
                          values (?, 1, 'd', ?, ?, 0, 0, '', now())
                          """,
                          id,
                          count,
                          count);
                      for (int n = 0; n < count; n++) {
                        h.execute(
                            """
                            insert into dataset.item (id, dataset_id, ordinal, external_id, kind,
                              text, metadata, added_in, digest)
                            values (?, ?, ?, ?, 'TEXT', ?, '{"brand":"Ours"}', 1, '')
                            """,
                            Ids.next(),
                            id,
                            n,
                            "e" + n,
                            "<b>text</b> " + n);
                      }
                    }));
    return id;
  }

  SignedIn signIn(People.NewAccount account) {
    QuarkusTransaction.requiringNew()
        .run(
            () ->
                jdbi.useHandle(
                    h ->
                        h.execute(
                            """
                            update workforce.person set must_change_password = false
                            where id = ?
                            """,
                            account.id())));
    Response page = given().accept("text/html").get("/sign-in");
    String token = page.htmlPath().getString("**.find { it.@name == 'csrf-token' }.@value");
    Response signedIn =
        given()
            .redirects()
            .follow(false)
            .accept("text/html")
            .cookie("csrf-token", page.cookie("csrf-token"))
            .formParam("csrf-token", token)
            .formParam("email", account.email())
            .formParam("password", account.oneTimePassword())
            .post("/sign-in");
    assertEquals(303, signedIn.statusCode());
    Map<String, String> cookies = new java.util.HashMap<>(signedIn.cookies());
    cookies.put("csrf-token", page.cookie("csrf-token"));
    return new SignedIn(cookies, token);
  }

  Map<String, String> form(String title, String labels) {
    Map<String, String> fields = new java.util.HashMap<>();
    fields.put("title", title);
    fields.put("dataset", dataset + "/1");
    fields.put("taskType", "SINGLE");
    fields.put("labels", labels);
    fields.put("instructions", "Look at the *collar*. <script>alert(1)</script>");
    fields.put("who", "everyone");
    fields.put("answersPerItem", "1");
    fields.put("mostAnswersPerItem", "1");
    fields.put("method", "majority");
    fields.put("submitOnChoice", "on");
    fields.put("leaseMinutes", "10");
    fields.put("graceSeconds", "300");
    fields.put("target", "95");
    fields.put("scope", "MACHINE");
    fields.put("risk", "5");
    fields.put("batchSize", "100");
    fields.put("currency", "EUR");
    return fields;
  }

  UUID startedJob() {
    Map<String, String> fields = form("Collars", "Shirt\nCoat\n<i>Bag</i>");
    fields.put("startNow", "on");
    Response created = boss.form("/p/" + project.slug() + "/jobs", fields);
    assertEquals(303, created.statusCode(), created.body().asString());
    String address = created.header("Location");
    return UUID.fromString(address.substring(address.lastIndexOf('/') + 1));
  }

  String path(UUID job) {
    return "/p/" + project.slug() + "/jobs/" + job;
  }

  JsonPath claim(UUID job, int count) {
    return labeler
        .post(path(job) + "/work/claim", Map.of("count", count, "held", List.of()))
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  static Map<String, Object> answer(JsonPath claim, int at, UUID key, int label) {
    return Map.of(
        "key",
        key,
        "lease",
        claim.getString("leases[" + at + "].lease"),
        "task",
        claim.getString("leases[" + at + "].task"),
        "classes",
        List.of(label),
        "activeMillis",
        1500,
        "answeredAt",
        "2026-11-23T08:00:00Z");
  }
}

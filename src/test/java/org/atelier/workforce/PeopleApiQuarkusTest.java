package org.atelier.workforce;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.atelier.learning.loop.Forms;
import org.atelier.platform.Ids;
import org.atelier.platform.ProblemException;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.Role;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class PeopleApiQuarkusTest {

  private static final String CSRF = "csrf-token";
  private static final Pattern FIELD = Pattern.compile("name=\"" + CSRF + "\" value=\"([^\"]+)\"");

  @Inject TestPeople visitors;
  @Inject People people;
  @Inject Members members;
  @Inject Jdbi jdbi;

  private TestPeople.Visitor owner;
  private TestPeople.Visitor stranger;
  private ProjectRef project;

  @BeforeEach
  void open() {
    owner = visitors.administrator("Ana");
    project = visitors.projectOf(owner);
    stranger = visitors.visitor("Ines");
  }

  @Test
  void addingAMemberWhoIsOneAlreadyLeavesTheRolesAsTheyAre() {
    ProblemException refused =
        assertThrows(
            ProblemException.class,
            () -> members.add(project.id(), owner.email(), Set.of(Role.LABELER)));
    assertEquals("email", refused.members().get("field"));
    assertTrue(people.rolesIn(project.id(), owner.personId()).contains(Role.ADMIN));
  }

  private String members() {
    return "/api/v1/projects/" + project.id() + "/members";
  }

  @Test
  void aTokenReadsProjectsMembersAccountsAndTheAuditTrail() {
    token(owner)
        .get("/api/v1/projects/" + project.id())
        .then()
        .statusCode(200)
        .body("slug", equalTo(project.slug()))
        .body("roles", containsInAnyOrder("ADMIN", "MANAGER", "REVIEWER", "LABELER"));
    token(owner)
        .get("/api/v1/projects")
        .then()
        .statusCode(200)
        .body("rows.id", contains(project.id().toString()));
    token(owner)
        .get(members() + "/" + owner.personId())
        .then()
        .statusCode(200)
        .body("email", equalTo(owner.email()));
    token(owner)
        .get("/api/v1/people/" + stranger.personId())
        .then()
        .statusCode(200)
        .body("displayName", equalTo("Ines"));
    token(owner)
        .get("/api/v1/projects/" + project.id() + "/audit")
        .then()
        .statusCode(200)
        .body("rows.action", hasItem("project-created"))
        .body("rows[0].details.slug", equalTo(project.slug()));
  }

  @Test
  void whoOnlyLabelsReadsNamesAndNoAddresses() {
    people.setRoles(project.id(), stranger.personId(), Set.of(Role.LABELER));
    String one = members() + "/" + owner.personId();
    token(stranger)
        .get(one)
        .then()
        .statusCode(200)
        .body("displayName", equalTo("Ana"))
        .body("email", nullValue());
    String page = "/p/" + project.slug() + "/members";
    token(stranger)
        .accept("text/html")
        .get(page)
        .then()
        .statusCode(200)
        .body(containsString("Ana"))
        .body(not(containsString(owner.email())));
    people.setRoles(project.id(), stranger.personId(), Set.of(Role.REVIEWER));
    token(stranger).get(one).then().body("email", equalTo(owner.email()));
    token(stranger).accept("text/html").get(page).then().body(containsString(owner.email()));
  }

  @Test
  void aTokenChangesNeitherAccountsNorRolesWhoeverHoldsIt() {
    Map<String, Object> made = Map.of("email", "x@example.com", "displayName", "X");
    Map<String, Object> member = Map.of("email", stranger.email(), "roles", List.of("LABELER"));
    String person = "/api/v1/people/" + stranger.personId();
    refused(token(owner).body(made).post("/api/v1/people"));
    refused(token(owner).post(person + "/reset-password"));
    refused(token(owner).body(Map.of("disabled", true)).put(person + "/disabled"));
    refused(token(owner).body(member).post(members()));
    refused(token(owner).body(Map.of("roles", List.of())).put(members() + "/" + owner.personId()));
    refused(
        given()
            .header("Authorization", "Bearer " + owner.token())
            .formParam("roles", "ADMIN")
            .post("/p/" + project.slug() + "/members/" + owner.personId()));
    assertEquals(Set.of(), people.rolesIn(project.id(), stranger.personId()));
  }

  private static void refused(Response response) {
    response.then().statusCode(403).body(containsString("sign in with your password"));
  }

  @Test
  void whoeverSignedInGivesAndTakesRolesAndMakesAccounts() {
    Map<String, Object> member = Map.of("email", stranger.email(), "roles", List.of("LABELER"));
    signedIn(owner)
        .body(member)
        .post(members())
        .then()
        .statusCode(201)
        .body("roles", contains("LABELER"));
    signedIn(owner).body(member).post(members()).then().statusCode(409);
    String theirs = members() + "/" + stranger.personId();
    signedIn(owner)
        .body(Map.of("roles", List.of("MANAGER", "AUDITOR")))
        .put(theirs)
        .then()
        .statusCode(200);
    assertEquals(
        Set.of(Role.MANAGER, Role.AUDITOR), people.rolesIn(project.id(), stranger.personId()));
    signedIn(stranger).body(Map.of("roles", List.of("ADMIN"))).put(theirs).then().statusCode(403);
    signedIn(owner).body(Map.of("roles", List.of())).put(theirs).then().statusCode(204);
    signedIn(owner)
        .body(Map.of("roles", List.of("LABELER")))
        .put(members() + "/" + owner.personId())
        .then()
        .statusCode(409)
        .body("detail", containsString("lose the administration"));
    signedIn(owner)
        .body(Map.of("email", "n-" + Ids.next() + "@example.com", "displayName", "New"))
        .post("/api/v1/people")
        .then()
        .statusCode(201)
        .body("oneTimePassword", notNullValue());
    signedIn(owner)
        .body(Map.of("name", "Second", "slug", "s-" + Ids.next().toString().substring(24)))
        .post("/api/v1/projects")
        .then()
        .statusCode(201)
        .body("roles", hasItem("ADMIN"));
  }

  @Test
  void whoWasRemovedIsTakenBackByTheUndoOfThePageAndNotByTheApi() {
    people.setRoles(project.id(), stranger.personId(), Set.of(Role.LABELER, Role.REVIEWER));
    String page = "/p/" + project.slug() + "/members";
    String theirs = page + "/" + stranger.personId();
    String after = Forms.send(owner, page, theirs, Map.of()).extract().header("Location");
    assertEquals(Set.of(), people.rolesIn(project.id(), stranger.personId()));
    given()
        .accept("text/html")
        .cookie(TestPeople.COOKIE, owner.session())
        .get(java.net.URI.create(after).getRawPath() + "?" + java.net.URI.create(after).getQuery())
        .then()
        .body(containsString("<input type=\"hidden\" name=\"undo\" value=\"true\">"))
        .body(containsString("<input type=\"hidden\" name=\"roles\" value=\"REVIEWER\">"));
    List<String> roles = List.of("LABELER", "REVIEWER");
    Forms.send(owner, page, theirs, Map.of("roles", roles)).statusCode(404);
    signedIn(owner)
        .body(Map.of("roles", roles))
        .put(members() + "/" + stranger.personId())
        .then()
        .statusCode(404);
    Forms.send(owner, page, theirs, Map.of("undo", "true", "roles", roles)).statusCode(303);
    assertEquals(
        Set.of(Role.LABELER, Role.REVIEWER), people.rolesIn(project.id(), stranger.personId()));
  }

  @Test
  void nobodyIsAddedWithoutARole() {
    String page = "/p/" + project.slug() + "/members";
    Forms.send(owner, page, page, Map.of("email", stranger.email()))
        .statusCode(400)
        .body(containsString("Give the member at least one role."));
    Map<String, Object> roles = new HashMap<>();
    roles.put("roles", java.util.Arrays.asList("LABELER", null));
    roles.put("email", stranger.email());
    signedIn(owner)
        .body(roles)
        .post(members())
        .then()
        .statusCode(400)
        .body("field", equalTo("roles"));
    roles.remove("email");
    signedIn(owner)
        .body(roles)
        .put(members() + "/" + owner.personId())
        .then()
        .statusCode(400)
        .body("field", equalTo("roles"));
  }

  @Test
  void twoWhoAskForAnAccountOfOneAddressAtOnceAreToldThatItIsTaken() throws Exception {
    String address = "twice-" + Ids.next() + "@example.com";
    CompletableFuture<ProblemException> second;
    second =
        QuarkusTransaction.requiringNew()
            .call(
                () -> {
                  people.createAccount(address, "First", false);
                  CompletableFuture<ProblemException> waits =
                      CompletableFuture.supplyAsync(
                          () ->
                              assertThrows(
                                  ProblemException.class,
                                  () -> people.createAccount(address, "Second", false)));
                  awaitSomebodyWaiting();
                  return waits;
                });
    assertEquals(WorkforceProblem.EMAIL_TAKEN, second.get(120, TimeUnit.SECONDS).problem());
  }

  @Test
  void twoAdministratorsWhoRemoveEachOtherAtOnceLeaveOne() throws Exception {
    Set<Role> all = Set.of(Role.ADMIN);
    people.setRoles(project.id(), stranger.personId(), all);
    CompletableFuture<ProblemException> second =
        QuarkusTransaction.requiringNew()
            .call(
                () -> {
                  members.changeRoles(
                      project.id(), stranger.personId(), Set.of(), owner.personId());
                  CompletableFuture<ProblemException> waits =
                      CompletableFuture.supplyAsync(
                          () ->
                              assertThrows(
                                  ProblemException.class,
                                  () ->
                                      members.changeRoles(
                                          project.id(),
                                          owner.personId(),
                                          Set.of(),
                                          stranger.personId())));
                  awaitSomebodyWaiting();
                  return waits;
                });
    assertEquals(WorkforceProblem.ADMINISTRATION_LOST, second.get(120, TimeUnit.SECONDS).problem());
    assertTrue(people.rolesIn(project.id(), owner.personId()).contains(Role.ADMIN));
  }

  @Test
  void theLastAdministratorOfTheInstallationIsNotDisabled() {
    QuarkusTransaction.begin();
    try {
      jdbi.useHandle(
          h ->
              h.execute(
                  "update workforce.person set disabled_at = now() where administrator and id <> ?",
                  owner.personId()));
      ProblemException refused =
          assertThrows(ProblemException.class, () -> people.setDisabled(owner.personId(), true));
      assertEquals(WorkforceProblem.ADMINISTRATION_LOST, refused.problem());
    } finally {
      QuarkusTransaction.rollback();
    }
  }

  private void awaitSomebodyWaiting() throws InterruptedException {
    for (int i = 0; i < 6_000; i++) {
      boolean waits =
          jdbi.withHandle(
              h ->
                  h.createQuery(
                          "select exists (select from pg_stat_activity"
                              + " where pg_backend_pid() = any(pg_blocking_pids(pid)))")
                      .mapTo(Boolean.class)
                      .one());
      if (waits) {
        return;
      }
      Thread.sleep(20);
    }
    throw new AssertionError("Nobody waits");
  }

  @Test
  void anotherProjectDoesNotExistAndAccountsAreForAdministrators() {
    for (String path : List.of("", "/members", "/members/" + owner.personId(), "/audit")) {
      token(stranger).get("/api/v1/projects/" + project.id() + path).then().statusCode(404);
    }
    ProjectRef own = visitors.projectOf(stranger);
    token(stranger)
        .get("/api/v1/projects/" + own.id() + "/members/" + owner.personId())
        .then()
        .statusCode(404);
    token(stranger).get("/api/v1/people").then().statusCode(403);
    token(stranger).get("/api/v1/people/" + owner.personId()).then().statusCode(403);
    signedIn(stranger).body(Map.of()).post("/api/v1/people").then().statusCode(403);
    people.setRoles(project.id(), stranger.personId(), Set.of(Role.LABELER));
    token(stranger).get(members()).then().statusCode(200);
    token(stranger).get("/api/v1/projects/" + project.id() + "/audit").then().statusCode(403);
  }

  @Test
  void longListsComeInPartsWithoutGapsOrRepetition() {
    for (int i = 1; i <= 120; i++) {
      people.simulatedPerson(project.id(), i);
    }
    JsonPath first = token(owner).get(members()).then().statusCode(200).extract().jsonPath();
    String next = first.getString("next");
    JsonPath second =
        token(owner)
            .queryParam("cursor", next)
            .get(members())
            .then()
            .statusCode(200)
            .body("rows", hasSize(21))
            .extract()
            .jsonPath();
    Set<UUID> seen = new HashSet<>(first.getList("rows.id", UUID.class));
    seen.addAll(second.getList("rows.id", UUID.class));
    assertEquals(121, seen.size());
    assertEquals(null, second.getString("next"));
    token(owner).queryParam("cursor", "?").get(members()).then().statusCode(400);
  }

  private static RequestSpecification token(TestPeople.Visitor visitor) {
    return given()
        .accept("application/json")
        .contentType("application/json")
        .header("Authorization", "Bearer " + visitor.token());
  }

  /** As a browser does it: the session's cookie and the token of a page. */
  private static RequestSpecification signedIn(TestPeople.Visitor visitor) {
    Response page =
        given().accept("text/html").cookie(TestPeople.COOKIE, visitor.session()).get("/account");
    Matcher field = FIELD.matcher(page.asString());
    if (!field.find()) {
      throw new AssertionError("The account page has no form");
    }
    return given()
        .accept("application/json")
        .contentType("application/json")
        .cookie(TestPeople.COOKIE, visitor.session())
        .cookie(CSRF, page.cookie(CSRF))
        .header("X-CSRF-TOKEN", field.group(1));
  }
}

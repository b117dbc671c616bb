package org.atelier.workforce;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.atelier.learning.loop.Forms;
import org.atelier.platform.Ids;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.Role;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.junit.jupiter.api.Test;

/** Whoever is wanted in a project gets an account and the roles in one go. */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class InvitationQuarkusTest {

  @Inject TestPeople visitors;
  @Inject People people;

  private final String address = "new+" + Ids.next() + "@example.com";

  @Test
  void anAdministratorIsLedFromTheMembersToTheAccountWithWhatWasTyped() {
    TestPeople.Visitor ana = visitors.administrator("Ana Lima");
    ProjectRef project = visitors.projectOf(ana);
    String page = "/p/" + project.slug() + "/members";
    List<String> roles = List.of("LABELER", "REVIEWER");
    String refused =
        Forms.send(ana, page, page, Map.of("email", address, "roles", roles))
            .statusCode(400)
            .extract()
            .asString();
    String link =
        "/people?email="
            + address.replace("+", "%2B").replace("@", "%40")
            + "&amp;project="
            + project.slug()
            + "&amp;roles=LABELER&amp;roles=REVIEWER#create";
    assertTrue(
        refused.replace("&roles", "&amp;roles").replace("&project", "&amp;project").contains(link),
        refused);

    String form = link.replace("&amp;", "&").replace("#create", "");
    Forms.send(
            ana,
            form,
            "/people",
            Map.of(
                "email",
                address,
                "displayName",
                "Nils New",
                "project",
                project.slug(),
                "roles",
                roles))
        .statusCode(200)
        .body(containsString("data-copy=\"one-time\""))
        .body(containsString("A member of " + project.name()))
        .body(containsString("http"));
    assertEquals(
        Set.of(Role.LABELER, Role.REVIEWER),
        people.rolesIn(project.id(), people.byEmail(address).id()));
  }

  @Test
  void withoutARoleNoAccountIsMade() {
    TestPeople.Visitor ana = visitors.administrator("Ana Lima");
    ProjectRef project = visitors.projectOf(ana);
    Forms.send(
            ana,
            "/people?project=" + project.slug(),
            "/people",
            Map.of("email", address, "displayName", "Nils", "project", project.slug()))
        .statusCode(400)
        .body(containsString("at least one role"));
    Forms.send(ana, "/people", "/people", Map.of("email", address, "displayName", "Nils"))
        .statusCode(200);
  }

  @Test
  void nobodyIsAddedToAProjectOfOthers() {
    TestPeople.Visitor ana = visitors.administrator("Ana Lima");
    ProjectRef theirs = visitors.projectOf(visitors.visitor("Bo Chen"));
    Forms.send(
            ana,
            "/people",
            "/people",
            Map.of(
                "email",
                address,
                "displayName",
                "Nils",
                "project",
                theirs.slug(),
                "roles",
                List.of("ADMIN")))
        .statusCode(404);
  }

  @Test
  void whoAdministersOnlyTheProjectIsToldWhoCreatesAccounts() {
    visitors.administrator("Aaron Aalto");
    TestPeople.Visitor bo = visitors.visitor("Bo Chen");
    ProjectRef project = visitors.projectOf(bo);
    String page = "/p/" + project.slug() + "/members";
    Forms.send(bo, page, page, Map.of("email", address, "roles", List.of("LABELER")))
        .statusCode(400)
        .body(containsString("Accounts are created by Aaron Aalto"))
        .body(not(containsString("/people?email=")));
  }
}

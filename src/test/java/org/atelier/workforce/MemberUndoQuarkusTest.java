package org.atelier.workforce;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.atelier.learning.loop.Forms;
import org.atelier.platform.Ids;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.Role;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.junit.jupiter.api.Test;

/** The undo of a change of roles reaches who was a member, and nobody else. */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class MemberUndoQuarkusTest {

  private static final Map<String, Object> UNDO =
      Map.of("undo", "true", "roles", List.of("LABELER"));

  @Inject TestPeople visitors;
  @Inject People people;
  @Inject ProjectRepository projects;
  @Inject Clock clock;

  @Test
  void nobodyBecomesAMemberByTheUndoOfAChangeThatNeverWas() {
    TestPeople.Visitor owner = visitors.visitor("Ana");
    TestPeople.Visitor stranger = visitors.visitor("Yolanda");
    ProjectRef project = visitors.projectOf(owner);
    String page = "/p/" + project.slug() + "/members";
    for (UUID person : List.of(stranger.personId(), Ids.next())) {
      Forms.send(owner, page, page + "/" + person, UNDO).statusCode(404);
    }
    assertEquals(Set.of(), people.rolesIn(project.id(), stranger.personId()));
    given()
        .accept("text/html")
        .cookie(TestPeople.COOKIE, owner.session())
        .get(page + "?changed=" + stranger.personId())
        .then()
        .statusCode(200)
        .body(not(containsString("Yolanda")));
  }

  @Test
  void whoLeftLongAgoOrIsBackHasNotJustLeft() {
    TestPeople.Visitor owner = visitors.visitor("Ana");
    UUID person = visitors.visitor("Yolanda").personId();
    UUID project = visitors.projectOf(owner).id();
    OffsetDateTime before = OffsetDateTime.now(clock).minusMinutes(1);
    people.setRoles(project, person, Set.of(Role.LABELER));
    people.setRoles(project, person, Set.of());
    assertEquals(true, projects.left(project, person, before));
    assertEquals(false, projects.left(project, person, before.plusHours(1)));
    people.setRoles(project, person, Set.of(Role.LABELER));
    assertEquals(false, projects.left(project, person, before));
  }
}

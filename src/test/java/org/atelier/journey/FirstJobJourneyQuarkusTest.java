package org.atelier.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.atelier.platform.Ids;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.Role;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.atelier.platform.web.Chromium;
import org.atelier.workforce.People;
import org.atelier.workforce.TestPeople;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The main job, end to end, in a real browser on bundled data; then every page of the project it
 * made, as each role sees it.
 */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FirstJobJourneyQuarkusTest {

  private static final int ITEMS = 2_000;

  /** The project of the first test, its members by their roles; null until it has ended well. */
  private static ProjectRef made;

  @TestHTTPResource("/")
  URL root;

  @Inject People people;
  @Inject TestPeople visitors;

  @TempDir Path folder;

  @Test
  @Order(1)
  void fromTheOneTimePasswordToACertifiedManifest() throws IOException {
    People.NewAccount account =
        people.createAccount("a-" + Ids.next() + "@example.com", "Ana", true);
    String slug = "journey-" + Ids.next().toString().substring(24);
    try (Chromium chromium = Chromium.launch();
        Browsing browsing = Browsing.open(chromium, base())) {
      browsing.signIn(account.email(), account.oneTimePassword());
      FirstJob first = new FirstJob(browsing, Descriptions.first(ITEMS, folder));
      String project = first.newProject(slug);
      first.bringTheData(project);
      String job = first.newJob(project);
      first.labelByKeyboardThroughALossOfNetwork(job);
      first.sendSimulatedLabelers(job);
      first.watchTheMachineLabelsArrive(job);
      JsonNode certificate = first.theJobEndsWithACertificate(job);
      first.checkTheManifest(job, certificate);
    }
    made =
        people.projectsOf(account.id()).stream()
            .filter(project -> project.slug().equals(slug))
            .findFirst()
            .orElseThrow();
  }

  @ParameterizedTest
  @Order(2)
  @CsvSource({"ADMIN,1440", "ADMIN,390", "MANAGER,390", "LABELER,1440", "LABELER,390"})
  void everyPageOfAFullProjectIsSound(Role role, int width) {
    assertNotNull(made, "the first test makes the project");
    walk(made, role, width, 8);
  }

  @ParameterizedTest
  @Order(3)
  @CsvSource({"ADMIN,1440", "ADMIN,390"})
  void everyPageOfAnEmptyProjectIsSound(Role role, int width) {
    ProjectRef empty = visitors.projectOf(visitors.visitor("Ola"));
    walk(empty, role, width, 5);
  }

  private void walk(ProjectRef project, Role role, int width, int least) {
    boolean admin = role == Role.ADMIN;
    People.NewAccount account =
        people.createAccount("v-" + Ids.next() + "@example.com", "Ines", admin);
    people.setRoles(project.id(), account.id(), admin ? Set.of(Role.values()) : Set.of(role));
    String path = "/p/" + project.slug();
    try (Chromium chromium = Chromium.launch();
        Browsing browsing = Browsing.open(chromium, base(), ColorScheme.LIGHT, width)) {
      browsing.signIn(account.email(), account.oneTimePassword());
      PageWalk walk = new PageWalk(browsing, path, width > 1000);
      List<String> flaws = walk.from(path, "/account", "/search?q=a");
      assertEquals("", String.join("\n", flaws));
      assertTrue(walk.seen().size() >= least, "only " + walk.seen());
    }
  }

  private String base() {
    return root.toString().replaceAll("/$", "");
  }
}

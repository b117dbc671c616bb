package org.atelier.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.atelier.operations.Routes.Route;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.atelier.workforce.TestPeople;
import org.atelier.workforce.TestPeople.Visitor;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What belongs to another project does not exist, on every route there is. */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class ForeignObjectsQuarkusTest {

  private static final Set<String> PROJECT = Set.of("slug", "project", "projectId");

  /** Routes whose last part names no object of a project. */
  private static final Set<String> NAMES = Set.of("number", "name", "chart", "section");

  /** Their bodies, where an empty one would be refused before anything is looked up. */
  private static final Map<String, String> BODIES =
      Map.ofEntries(
          Map.entry("claim", "{\"count\":1,\"held\":[]}"),
          Map.entry(
              "answers",
              "{\"key\":\"ID\",\"lease\":\"ID\",\"task\":\"ID\",\"classes\":[0],\"activeMillis\":1}"),
          Map.entry("undo", "{\"key\":\"ID\"}"),
          Map.entry("skip", "{\"lease\":\"ID\",\"reason\":\"OTHER\"}"),
          Map.entry("release", "{\"leases\":[\"ID\"]}"),
          Map.entry("leave", "{\"leases\":[\"ID\"]}"),
          Map.entry("renew", "{\"leases\":[\"ID\"]}"),
          Map.entry("question", "{\"lease\":\"ID\",\"text\":\"What is it?\"}"),
          Map.entry("decisions", "{\"items\":[\"ID\"],\"classes\":[0]}"),
          Map.entry("send-back", "{\"items\":[\"ID\"]}"),
          Map.entry("delete", "{\"items\":[\"ID\"],\"reason\":\"because\"}"),
          Map.entry("{job}", "{\"title\":\"x\",\"labels\":[{\"name\":\"a\"}]}"),
          Map.entry("version", "{\"datasetVersion\":1}"));

  /** What some routes ask for before they look anything up. */
  private static final String QUERY = "?revision=0&format=csv";

  @Inject TestPeople people;
  @Inject Jdbi jdbi;

  private Visitor owner;
  private Visitor other;
  private ProjectRef theirs;
  private ProjectRef mine;
  private Map<String, String> objects;

  @BeforeEach
  void twoProjects() {
    owner = people.visitor("Olga Owner");
    theirs = people.projectOf(owner);
    other = people.visitor("Otto Other");
    mine = people.projectOf(other);
    objects = new ForeignObjects(jdbi, theirs.id(), owner.personId()).write();
  }

  @Test
  void aStrangerIsToldThatTheProjectDoesNotExistOnEveryRoute() {
    List<String> wrong = new ArrayList<>();
    int tried = 0;
    for (Route route : inProjects()) {
      tried++;
      int status = send(route, other, values(route, theirs)).statusCode();
      if (status != 404) {
        wrong.add(route + " answered " + status);
      }
    }
    assertTrue(tried > 90, "only " + tried + " routes were found");
    assertEquals(List.of(), wrong);
  }

  @Test
  void objectsOfAnotherProjectDoNotExistUnderTheNameOfTheOwnOne() {
    List<String> wrong = new ArrayList<>();
    int tried = 0;
    for (Route route : inProjects()) {
      boolean namesObject =
          route.parameters().stream()
              .anyMatch(one -> !PROJECT.contains(one) && !NAMES.contains(one));
      if (!namesObject) {
        continue;
      }
      tried++;
      Response response = send(route, other, values(route, mine));
      if (response.statusCode() != 404) {
        wrong.add(route + " answered " + response.statusCode() + " " + start(response));
      }
    }
    assertTrue(tried > 60, "only " + tried + " routes were found");
    assertEquals(List.of(), wrong);
  }

  @Test
  void theOwnerReachesWhatTheStrangerDoesNot() {
    // these say so when there is nothing: no certificate yet, no picture in a text
    Set<String> empty =
        Set.of(
            "/api/v1/projects/{project}/jobs/{job}/learning/certificate",
            "/api/v1/projects/{project}/jobs/{job}/learning/certificate.json",
            "/api/v1/projects/{project}/jobs/{job}/learning/models/{digest}",
            "/api/v1/projects/{projectId}/datasets/{dataset}/embeddings/refused.csv",
            "/api/v1/projects/{projectId}/pictures/{sha256}",
            "/p/{slug}/blobs/{sha256}");
    List<String> wrong = new ArrayList<>();
    for (Route route : inProjects()) {
      if (route.changes() || empty.contains(route.template())) {
        continue;
      }
      Response response = send(route, owner, values(route, theirs));
      if (response.statusCode() >= 400 && response.statusCode() != 400) {
        wrong.add(route + " answered " + response.statusCode() + " " + start(response));
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void nothingIsChangedByAnotherSiteInThePersonsName() {
    List<String> wrong = new ArrayList<>();
    for (Route route : Routes.all()) {
      if (!route.changes()) {
        continue;
      }
      RequestSpecification request = Door.browser(owner).header("Sec-Fetch-Site", "cross-site");
      if (route.takesJson()) {
        request.contentType("text/plain").body(body(route));
      } else {
        request.contentType("application/x-www-form-urlencoded").formParam("name", "x");
      }
      int status = request.request(route.method(), route.path(values(route, theirs))).statusCode();
      if (status < 400 || status == 404 || status >= 500) {
        wrong.add(route + " answered " + status);
      }
    }
    assertEquals(List.of(), wrong);
  }

  private static List<Route> inProjects() {
    return Routes.all().stream()
        .filter(route -> route.parameters().stream().anyMatch(PROJECT::contains))
        .toList();
  }

  private Map<String, String> values(Route route, ProjectRef project) {
    Map<String, String> values = new HashMap<>(objects);
    values.put("slug", project.slug());
    values.put("project", project.id().toString());
    values.put("projectId", project.id().toString());
    if (route.parameters().stream().noneMatch(PROJECT::contains)) {
      route.parameters().forEach(one -> values.putIfAbsent(one, objects.get("item")));
    }
    if (route.template().contains("/simulations")) {
      values.put("id", objects.get("simulation"));
    }
    if (route.template().contains("/uploads/")) {
      values.put("number", "0");
    }
    return values;
  }

  private Response send(Route route, Visitor visitor, Map<String, String> values) {
    RequestSpecification request;
    if (!route.changes()) {
      request = route.isScript() ? Door.script(visitor) : Door.browser(visitor);
    } else if (route.takesJson()) {
      request = Door.script(visitor).contentType("application/json").body(body(route));
    } else if (route.isScript()) {
      String type = route.consumes() == null ? "application/json" : route.consumes();
      request = Door.script(visitor).contentType(type).body(new byte[] {' '});
    } else {
      request = Door.form(visitor).formParam("act", "pause");
    }
    return request.request(route.method(), route.path(values) + QUERY);
  }

  private String body(Route route) {
    String last = route.template().substring(route.template().lastIndexOf('/') + 1);
    return BODIES.getOrDefault(last, "{}").replace("ID", objects.get("item"));
  }

  private static String start(Response response) {
    String text = response.asString().replaceAll("\\s+", " ");
    return text.substring(0, Math.min(300, text.length()));
  }
}

package org.atelier.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.atelier.operations.Routes.Route;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.atelier.workforce.TestPeople;
import org.atelier.workforce.TestPeople.Visitor;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a request leaves out is never our fault, on every route that changes something. */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class MissingFieldsQuarkusTest {

  /** Sent to every route: those whose fields these are meet a null where they want a value. */
  private static final List<String> BODIES =
      List.of(
          "",
          "null",
          "{}",
          "{\"items\":[null],\"classes\":[0]}",
          "{\"items\":[null],\"reason\":\"because\"}",
          "{\"items\":[null]}",
          "{\"confirm\":[null]}",
          "{\"confirm\":[{}]}",
          "{\"leases\":[null]}",
          "{\"count\":1,\"held\":[null]}",
          "{\"email\":\"a@example.com\",\"roles\":[null]}",
          "{\"roles\":[null]}",
          "{\"files\":[null]}",
          "{\"files\":[{}]}",
          "{\"title\":\"x\",\"labels\":[null]}",
          "{\"title\":\"x\",\"labels\":[{}]}",
          "{\"title\":\"x\",\"labels\":[{\"name\":\"a\"},{\"name\":\"b\"}],\"workers\":[null]}",
          "{\"name\":\"x\",\"kind\":\"TEXT\",\"source\":{}}",
          "{\"name\":\"x\",\"kind\":\"TEXT\"}",
          "{\"source\":{}}",
          "{\"format\":\"CSV\",\"path\":\"/x\",\"text\":{\"textColumns\":[null]}}");

  @Inject TestPeople people;
  @Inject Jdbi jdbi;

  private Visitor owner;
  private ProjectRef project;
  private Map<String, String> objects;

  @BeforeEach
  void open() {
    owner = people.visitor("Olga Owner");
    project = people.projectOf(owner);
    objects = new ForeignObjects(jdbi, project.id(), owner.personId()).write();
  }

  @Test
  void noFormNeedsWhatItDoesNotAskFor() {
    List<String> wrong = new ArrayList<>();
    int tried = 0;
    for (Route route : Routes.all()) {
      boolean form = route.changes() && !route.takesJson();
      if (!form || !route.template().startsWith("/p/")) {
        continue;
      }
      tried++;
      Response response = Door.form(owner).request(route.method(), route.path(values(route)));
      note(route, "an empty form", response, wrong);
    }
    assertTrue(tried > 15, "only " + tried + " forms were found");
    assertEquals(List.of(), wrong);
  }

  @Test
  void noDocumentNeedsWhatItDoesNotAskFor() {
    List<String> wrong = new ArrayList<>();
    int tried = 0;
    for (Route route : Routes.all()) {
      if (!route.changes() || !route.takesJson()) {
        continue;
      }
      tried++;
      for (String body : BODIES) {
        Response response =
            Door.script(owner)
                .contentType("application/json")
                .body(body)
                .request(route.method(), route.path(values(route)));
        note(route, body, response, wrong);
      }
    }
    assertTrue(tried > 20, "only " + tried + " routes were found");
    assertEquals(List.of(), wrong);
  }

  private static void note(Route route, String sent, Response response, List<String> wrong) {
    if (response.statusCode() == 500) {
      wrong.add(route + " answered " + response.statusCode() + " to " + sent);
    }
  }

  private Map<String, String> values(Route route) {
    Map<String, String> values = new HashMap<>(objects);
    values.put("slug", project.slug());
    values.put("project", project.id().toString());
    values.put("projectId", project.id().toString());
    route.parameters().forEach(one -> values.putIfAbsent(one, objects.get("item")));
    if (route.template().contains("/simulations")) {
      values.put("id", objects.get("simulation"));
    }
    if (route.template().contains("/uploads/")) {
      values.put("number", "0");
    }
    return values;
  }
}

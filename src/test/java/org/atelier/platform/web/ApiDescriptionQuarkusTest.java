package org.atelier.platform.web;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.atelier.workforce.TestPeople;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class ApiDescriptionQuarkusTest {

  private static final Pattern IN_PATH = Pattern.compile("\\{([^}]+)}");
  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

  @Inject TestPeople people;

  @Test
  void everyOperationSaysWhatItDoesWhatItNeedsAndHowItFails() throws Exception {
    JsonNode api = description();
    assertTrue(api.path("openapi").asText().startsWith("3."));
    assertEquals("bearer", api.at("/components/securitySchemes/token/scheme").asText());
    assertTrue(api.at("/components/schemas/Problem/properties").has("detail"));
    Set<String> ids = new HashSet<>();
    assertFalse(api.path("paths").isEmpty());
    for (var path : api.path("paths").properties()) {
      assertTrue(path.getKey().startsWith("/api/v1/"), path.getKey());
      for (var operation : path.getValue().properties()) {
        if (METHODS.contains(operation.getKey())) {
          check(operation.getKey() + " " + path.getKey(), path, operation.getValue());
          assertTrue(ids.add(operation.getValue().path("operationId").asText()));
        }
      }
    }
  }

  private static void check(
      String name, java.util.Map.Entry<String, JsonNode> path, JsonNode operation) {
    assertTrue(operation.path("summary").asText().length() > 3, name);
    assertEquals(1, operation.path("tags").size(), name);
    assertEquals(
        "#/components/schemas/Problem",
        operation
            .path("responses")
            .path("default")
            .path("content")
            .path("application/problem+json")
            .path("schema")
            .path("$ref")
            .asText(),
        name);
    Set<String> declared = new HashSet<>();
    for (JsonNode holder : new JsonNode[] {path.getValue(), operation}) {
      for (JsonNode parameter : holder.path("parameters")) {
        if (parameter.path("in").asText().equals("path")) {
          assertTrue(parameter.path("required").asBoolean(), name);
          assertFalse(parameter.path("description").asText().isEmpty(), name + parameter);
          declared.add(parameter.path("name").asText());
        }
      }
    }
    Set<String> used = new HashSet<>();
    Matcher matcher = IN_PATH.matcher(path.getKey());
    while (matcher.find()) {
      used.add(matcher.group(1));
    }
    assertEquals(used, declared, name);
  }

  @Test
  void everyReferenceLeadsSomewhere() throws Exception {
    JsonNode api = description();
    for (JsonNode reference : api.findValues("$ref")) {
      String target = reference.asText();
      assertTrue(target.startsWith("#/"), target);
      assertFalse(api.at(target.substring(1)).isMissingNode(), target);
    }
  }

  @Test
  void onlyWhatTheApiSpeaksOfIsDescribed() throws Exception {
    JsonNode api = description();
    Set<String> used = new HashSet<>();
    api.findValues("$ref").forEach(reference -> used.add(reference.asText()));
    api.at("/components/schemas")
        .fieldNames()
        .forEachRemaining(
            name -> {
              assertTrue(used.contains("#/components/schemas/" + name), name);
              assertFalse(name.startsWith("TemplateInstance") || name.equals("Evaluator"), name);
            });
  }

  private JsonNode description() throws Exception {
    String json =
        given()
            .auth()
            .oauth2(people.visitor("Ana").token())
            .accept("application/json")
            .get("/q/openapi?format=json")
            .then()
            .statusCode(200)
            .extract()
            .asString();
    return new ObjectMapper().readTree(json);
  }
}

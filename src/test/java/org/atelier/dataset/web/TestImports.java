package org.atelier.dataset.web;

import static io.restassured.RestAssured.given;

import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.atelier.platform.ProjectRef;
import org.atelier.workforce.TestPeople;

/** Brings data through the API as a person's script would. */
final class TestImports {

  private final TestPeople.Visitor person;
  private final String api;

  TestImports(TestPeople.Visitor person, ProjectRef project) {
    this.person = person;
    this.api = "/api/v1/projects/" + project.id();
  }

  /** Sends files, makes a dataset of them and waits for its import to end. */
  JsonPath run(String name, String kind, Map<String, byte[]> files, Map<String, Object> source) {
    return begun(
        Map.of("name", name, "kind", kind, "source", withUpload(files, source)), "/datasets");
  }

  private Map<String, Object> withUpload(Map<String, byte[]> files, Map<String, Object> source) {
    Map<String, Object> whole = new java.util.HashMap<>(source);
    whole.put("upload", upload(files));
    return whole;
  }

  private JsonPath begun(Map<String, Object> body, String path) {
    String id =
        bearer()
            .contentType("application/json")
            .body(body)
            .post(api + path)
            .then()
            .statusCode(202)
            .extract()
            .path("id");
    return ended(id);
  }

  /** Waits until an import that was begun or continued ends. */
  JsonPath ended(String id) {
    for (int i = 0; i < 1_800; i++) {
      JsonPath run = bearer().get(api + "/imports/" + id).jsonPath();
      if (!List.of("QUEUED", "RUNNING").contains(run.getString("state"))) {
        return run;
      }
      sleep();
    }
    throw new AssertionError("The import did not end");
  }

  /** The refused rows of an import as "row: reason". */
  List<String> refusals(JsonPath run) {
    String csv = bearer().get(api + "/imports/" + run.getString("id") + "/refused.csv").asString();
    return csv.lines()
        .skip(1)
        .map(line -> line.replaceFirst(",[^,]*,\"?", ": ").replaceFirst("\"$", ""))
        .toList();
  }

  private String upload(Map<String, byte[]> files) {
    List<Map<String, Object>> announced = new ArrayList<>();
    files.forEach((name, bytes) -> announced.add(Map.of("name", name, "size", bytes.length)));
    String upload =
        bearer()
            .contentType("application/json")
            .body(Map.of("files", announced))
            .post(api + "/uploads")
            .then()
            .statusCode(200)
            .extract()
            .path("id");
    int number = 0;
    for (byte[] bytes : files.values()) {
      bearer()
          .contentType("application/octet-stream")
          .body(bytes)
          .put(api + "/uploads/" + upload + "/files/" + number++ + "?offset=0")
          .then()
          .statusCode(200);
    }
    return upload;
  }

  RequestSpecification bearer() {
    return given().auth().oauth2(person.token());
  }

  String api() {
    return api;
  }

  private static void sleep() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}

package org.atelier.labeling;

import static io.restassured.RestAssured.given;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Map;

/** A signed-in person with the token that changes need. */
record SignedIn(Map<String, String> cookies, String token) {

  Response get(String path) {
    return given().redirects().follow(false).accept("text/html").cookies(cookies).get(path);
  }

  Response json(String path) {
    return given().accept("application/json").cookies(cookies).get(path);
  }

  Response post(String path, Object body) {
    return sending(body).post(path);
  }

  Response put(String path, Object body) {
    return sending(body).put(path);
  }

  private RequestSpecification sending(Object body) {
    return given()
        .accept("application/json")
        .contentType("application/json")
        .cookies(cookies)
        .header("X-CSRF-TOKEN", token)
        .body(body);
  }

  Response form(String path, Map<String, ?> fields) {
    return given()
        .redirects()
        .follow(false)
        .accept("text/html")
        .contentType("application/x-www-form-urlencoded; charset=utf-8")
        .cookies(cookies)
        .formParams(fields)
        .formParam("csrf-token", token)
        .post(path);
  }
}

package org.atelier.operations;

import static io.restassured.RestAssured.given;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import org.atelier.workforce.TestPeople;
import org.atelier.workforce.TestPeople.Visitor;

/** Requests as a browser sends them: with the session's cookie and the token of a form. */
final class Door {

  private static final String TOKEN = "csrf-token";

  private Door() {}

  static RequestSpecification browser(Visitor visitor) {
    return given()
        .redirects()
        .follow(false)
        .accept("text/html,*/*;q=0.8")
        .cookie(TestPeople.COOKIE, visitor.session());
  }

  static Response page(Visitor visitor, String path) {
    return browser(visitor).get(path);
  }

  /** A form about to be sent; fields are still to be added. */
  static RequestSpecification form(Visitor visitor) {
    Response page = page(visitor, "/projects");
    String field = page.htmlPath().getString("**.find { it.@name == 'csrf-token' }.@value");
    return browser(visitor)
        .contentType("application/x-www-form-urlencoded")
        .cookie(TOKEN, page.cookie(TOKEN))
        .formParam(TOKEN, field);
  }

  static RequestSpecification script(Visitor visitor) {
    return given()
        .redirects()
        .follow(false)
        .accept("application/json,*/*;q=0.8")
        .auth()
        .oauth2(visitor.token());
  }
}

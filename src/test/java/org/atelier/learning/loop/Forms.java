package org.atelier.learning.loop;

import static io.restassured.RestAssured.given;

import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.Collection;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.atelier.workforce.TestPeople;

/** Sends forms of pages as a browser does, with the token that the page carries. */
public final class Forms {

  private static final String NAME = "csrf-token";
  private static final Pattern FIELD = Pattern.compile("name=\"" + NAME + "\" value=\"([^\"]+)\"");

  private Forms() {}

  /**
   * Opens a page and sends one of its forms; redirects are not followed.
   *
   * @param values lists become repeated fields
   */
  public static ValidatableResponse send(
      TestPeople.Visitor visitor, String page, String action, Map<String, ?> values) {
    Response opened =
        given().accept("text/html").cookie(TestPeople.COOKIE, visitor.session()).get(page);
    Matcher field = FIELD.matcher(opened.asString());
    if (!field.find()) {
      throw new AssertionError(page + " has no form: " + opened.statusCode());
    }
    RequestSpecification request =
        given()
            .accept("text/html")
            .cookie(TestPeople.COOKIE, visitor.session())
            .cookie(NAME, opened.cookie(NAME))
            .formParam(NAME, field.group(1))
            .redirects()
            .follow(false);
    values.forEach(
        (name, value) -> {
          if (value instanceof Collection<?> several) {
            request.formParam(name, several);
          } else {
            request.formParam(name, value);
          }
        });
    return request.post(action).then();
  }
}

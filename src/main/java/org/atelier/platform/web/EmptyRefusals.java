package org.atelier.platform.web;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.lang.annotation.Annotation;
import java.net.URI;
import java.util.Map;
import org.atelier.platform.CommonProblem;
import org.atelier.platform.ProblemCode;
import org.atelier.platform.RequestIds;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Gives words to refusals that the framework answers without any, such as a form whose token
 * against foreign requests has expired. It may run where the database must not be asked.
 */
class EmptyRefusals {

  @CheckedTemplate(basePath = "platform")
  static class Templates {
    static native TemplateInstance bareProblem(ProblemMapper.ProblemView problem, String back);
  }

  @ServerResponseFilter
  void fill(ContainerRequestContext request, ContainerResponseContext response) {
    if (response.getStatus() < 400 || response.hasEntity() || request.getMethod().equals("HEAD")) {
      return;
    }
    ProblemCode problem = problem(response.getStatus(), request);
    String detail = detail(problem);
    if (String.valueOf(request.getHeaderString(HttpHeaders.ACCEPT)).contains("text/html")) {
      response.setEntity(
          page(problem, detail, request.getHeaderString("Referer")),
          new Annotation[0],
          MediaType.TEXT_HTML_TYPE.withCharset("utf-8"));
    } else {
      response.setEntity(
          // As text: the framework would write an object as what the address answers otherwise.
          new JsonObject(
                  ProblemMapper.document(problem, detail, Map.of(), request.getUriInfo().getPath()))
              .encode(),
          new Annotation[0],
          MediaType.valueOf("application/problem+json"));
    }
  }

  /** A page that needs neither the database nor to know who asks. */
  static String page(ProblemCode problem, String detail, String referer) {
    var view =
        new ProblemMapper.ProblemView(
            problem.status(), problem.title(), detail, RequestIds.current());
    return Templates.bareProblem(view, back(referer)).render();
  }

  private static ProblemCode problem(int status, ContainerRequestContext request) {
    return switch (status) {
      case 401 -> CommonProblem.SIGN_IN_REQUIRED;
      case 403 -> CommonProblem.FORBIDDEN;
      case 413 -> CommonProblem.TOO_LARGE;
      case 400 -> unaccepted(request);
      default -> ProblemMapper.plain(status);
    };
  }

  /** The check of the token says no word; what else is refused says what is wrong. */
  private static ProblemCode unaccepted(ContainerRequestContext request) {
    if (SameOriginFilter.isForm(request.getMediaType())) {
      return CommonProblem.FORM_EXPIRED;
    }
    return request.getHeaderString(SameOriginFilter.TOKEN) == null
        ? CommonProblem.INVALID_INPUT
        : CommonProblem.TOKEN_EXPIRED;
  }

  private static String detail(ProblemCode problem) {
    if (problem == CommonProblem.FORM_EXPIRED) {
      return "It was open for too long, or the cookies of the browser were cleared meanwhile."
          + " Nothing was changed. Load the page again and send it once more.";
    }
    if (problem == CommonProblem.TOKEN_EXPIRED) {
      return "The token in the header X-CSRF-TOKEN does not belong to the cookie csrf-token: the"
          + " cookie is gone or was renewed. Nothing was changed. Load the page again for a new"
          + " token and send it once more.";
    }
    return switch (problem.status()) {
      case 401 -> "Sign in in the browser, or send a personal access token that is still valid.";
      case 403 -> "What you asked for is not allowed to you.";
      default -> ProblemMapper.sentence(problem.status());
    };
  }

  /** The page the form stands on, as an address of this installation. */
  private static String back(String referer) {
    try {
      URI from = URI.create(String.valueOf(referer));
      String path = from.getRawPath();
      return from.getHost() == null || path == null || path.startsWith("//")
          ? "/"
          : path + (from.getRawQuery() == null ? "" : "?" + from.getRawQuery());
    } catch (IllegalArgumentException e) {
      return "/";
    }
  }
}

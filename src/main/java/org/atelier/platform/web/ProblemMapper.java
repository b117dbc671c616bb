package org.atelier.platform.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.runtime.util.ExceptionUtil;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.atelier.platform.CommonProblem;
import org.atelier.platform.ProblemCode;
import org.atelier.platform.ProblemException;
import org.atelier.platform.RequestIds;
import org.atelier.platform.database.DatabaseRoom;
import org.atelier.platform.database.DatabaseTrouble;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * The one place where problems become answers: a page for a browser, a fragment for htmx, an RFC
 * 9457 document for everything else. Texts of unexpected exceptions stay in the log.
 */
class ProblemMapper {

  private static final Logger LOG = Logger.getLogger(ProblemMapper.class);

  @CheckedTemplate(basePath = "platform")
  static class Templates {
    static native TemplateInstance problem(ProblemView problem);

    static native TemplateInstance problem$notice(ProblemView problem);
  }

  private final DatabaseRoom room;

  ProblemMapper(DatabaseRoom room) {
    this.room = room;
  }

  record ProblemView(int status, String title, String detail, String requestId) {}

  @ServerExceptionMapper
  Response problem(ProblemException e, HttpHeaders headers, @Context UriInfo uri) {
    if (e.problem().status() == 503 && e.getCause() == null) {
      LOG.infof("%s at %s", e.problem().title(), uri.getPath());
    } else if (e.problem().status() >= 500) {
      LOG.errorf(e, "%s at %s", e.problem().title(), uri.getPath());
    }
    return answer(e.problem(), e.getMessage(), e.members(), headers, uri);
  }

  @ServerExceptionMapper
  Response webProblem(WebApplicationException e, HttpHeaders headers, @Context UriInfo uri) {
    Response response = e.getResponse();
    if (response.getStatus() < 400 || response.hasEntity()) {
      return response;
    }
    if (e.getCause() instanceof JsonProcessingException json) {
      return unreadable(json, headers, uri);
    }
    if (response.getStatus() == 404) {
      String wrong = e.getCause() == null ? null : wrongParameter(e.getCause(), uri);
      if (wrong != null) {
        return problem(
            ProblemException.invalid(wrong, wrong + " does not take the value given here."),
            headers,
            uri);
      }
      return answer(
          CommonProblem.NOT_FOUND, "There is no page at this address.", Map.of(), headers, uri);
    }
    return answer(
        response.getStatus() == 413 ? CommonProblem.TOO_LARGE : plain(response.getStatus()),
        sentence(response.getStatus()),
        Map.of(),
        headers,
        uri);
  }

  @ServerExceptionMapper
  Response invalid(ConstraintViolationException e, HttpHeaders headers, @Context UriInfo uri) {
    String detail =
        e.getConstraintViolations().stream()
            .map(v -> lastPart(v.getPropertyPath().toString()) + " " + v.getMessage())
            .sorted()
            .collect(Collectors.joining("; "));
    return answer(CommonProblem.INVALID_INPUT, detail, Map.of(), headers, uri);
  }

  @ServerExceptionMapper
  Response unreadable(JsonProcessingException e, HttpHeaders headers, @Context UriInfo uri) {
    return problem(UnreadableJson.broken(e), headers, uri);
  }

  @ServerExceptionMapper
  Response mismatched(MismatchedInputException e, HttpHeaders headers, @Context UriInfo uri) {
    return problem(UnreadableJson.mismatched(e), headers, uri);
  }

  @ServerExceptionMapper
  Response unexpected(Exception e, HttpHeaders headers, @Context UriInfo uri) {
    Throwable root = ExceptionUtil.getRootCause(e) == null ? e : ExceptionUtil.getRootCause(e);
    if (root instanceof ProblemException problem) {
      return problem(problem, headers, uri);
    }
    if (hasZero(e)) {
      return answer(
          CommonProblem.INVALID_INPUT,
          "A text contains a zero character (U+0000), which cannot be stored. Nothing was changed:"
              + " take it out and send it again.",
          Map.of(),
          headers,
          uri);
    }
    if (ClientGone.is(e)) {
      LOG.debugf("Whoever asked for %s went away", uri.getPath());
      return answer(plain(400), sentence(400), Map.of(), headers, uri);
    }
    if (DatabaseTrouble.isAway(e)) {
      LOG.warnf("Database cannot be reached: %s", root.getMessage());
      return answer(
          CommonProblem.DATABASE_UNAVAILABLE,
          DatabaseTrouble.isFull(e) || room.isUsedUp()
              ? "The disk of the database is full. Nothing you saved is lost; it goes on as soon as"
                  + " an administrator has made room."
              : "The database does not answer. Nothing you saved is lost; try again in a moment.",
          Map.of(),
          headers,
          uri);
    }
    LOG.errorf(e, "Unexpected failure at %s", uri.getPath());
    return answer(
        CommonProblem.INTERNAL,
        "This is our fault, not yours. What was saved before is safe. If it happens again, "
            + "tell your administrator the request number.",
        Map.of(),
        headers,
        uri);
  }

  private static Response answer(
      ProblemCode problem,
      String detail,
      Map<String, Object> members,
      HttpHeaders headers,
      UriInfo uri) {
    String accept = String.valueOf(headers.getHeaderString(HttpHeaders.ACCEPT));
    ProblemView view =
        new ProblemView(problem.status(), problem.title(), detail, RequestIds.current());
    Response.ResponseBuilder answer = Response.status(problem.status());
    if (members.containsKey("retryAfter")) {
      answer.header("Retry-After", members.get("retryAfter"));
    }
    if ("true".equals(headers.getHeaderString("HX-Request"))) {
      return html(answer, Templates.problem$notice(view).render());
    }
    if (accept.contains(MediaType.TEXT_HTML)) {
      return html(answer, page(problem, view));
    }
    return answer
        .type("application/problem+json")
        .entity(document(problem, detail, members, uri.getPath()))
        .build();
  }

  /** The members of an RFC 9457 document. */
  static Map<String, Object> document(
      ProblemCode problem, String detail, Map<String, Object> members, String path) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", "urn:atelier:problem:" + problem.code());
    body.put("title", problem.title());
    body.put("status", problem.status());
    body.put("detail", detail);
    body.put("instance", path);
    body.put("code", problem.code());
    if (RequestIds.current() != null) {
      body.put("requestId", RequestIds.current());
    }
    members.forEach(body::putIfAbsent);
    return body;
  }

  /** The frame around pages asks the database who is here: without one, the notice stands alone. */
  private static String page(ProblemCode problem, ProblemView view) {
    if (problem == CommonProblem.DATABASE_UNAVAILABLE) {
      return "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">"
          + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
          + "<title>The database cannot be reached · Atelier</title></head><body><main>"
          + Templates.problem$notice(view).render()
          + "</main></body></html>";
    }
    return Templates.problem(view).render();
  }

  private static Response html(Response.ResponseBuilder answer, String page) {
    return answer.type(MediaType.TEXT_HTML_TYPE.withCharset("utf-8")).entity(page).build();
  }

  /** PostgreSQL refuses the one character that it cannot keep, in texts and in JSON. */
  private static boolean hasZero(Throwable e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof SQLException sql
          && ("22021".equals(sql.getSQLState()) || "22P05".equals(sql.getSQLState()))) {
        return true;
      }
    }
    return false;
  }

  static ProblemCode plain(int status) {
    return new ProblemCode() {
      @Override
      public String code() {
        return "http-" + status;
      }

      @Override
      public int status() {
        return status;
      }

      @Override
      public String title() {
        Response.Status known = Response.Status.fromStatusCode(status);
        return known == null ? "The request cannot be served" : known.getReasonPhrase();
      }
    };
  }

  static String sentence(int status) {
    return switch (status) {
      case 400 -> "The request is not in the form this address expects.";
      case 405 -> "This address does not answer this method.";
      case 406 -> "This address does not offer the asked format.";
      case 413 ->
          "The request is larger than this address accepts. Nothing was changed; shorten it, or"
              + " bring large data as files of a dataset.";
      case 415 -> "This address does not read the sent format.";
      default -> "The request cannot be served.";
    };
  }

  /** The query parameter whose value the framework could not read; null when it is none. */
  private static String wrongParameter(Throwable cause, UriInfo uri) {
    String message = String.valueOf(cause.getMessage());
    for (Map.Entry<String, List<String>> parameter : uri.getQueryParameters().entrySet()) {
      for (String value : parameter.getValue()) {
        if (message.endsWith("\"" + value + "\"") || message.endsWith(": " + value)) {
          return parameter.getKey();
        }
      }
    }
    return null;
  }

  private static String lastPart(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }
}

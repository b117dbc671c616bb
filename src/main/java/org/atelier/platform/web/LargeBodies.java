package org.atelier.platform.web;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.atelier.platform.CommonProblem;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Refuses requests that announce more bytes than the server reads, in words. The rest of such a
 * request is read and dropped up to a bound, since browsers show no answer while they still send.
 */
@ApplicationScoped
class LargeBodies {

  private static final int AFTER_REQUEST_IDS = 900;
  private static final long MOST_DROPPED = 4L << 30;
  private static final long LONGEST_MILLIS = 120_000;

  private final long limit;

  LargeBodies(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize limit) {
    this.limit = limit.asLongValue();
  }

  void register(@Observes Filters filters) {
    filters.register(this::check, AFTER_REQUEST_IDS);
  }

  private void check(RoutingContext routing) {
    long announced = announced(routing.request());
    if (announced > limit) {
      answer(routing, announced);
      drop(routing);
    } else {
      routing.next();
    }
  }

  private static long announced(HttpServerRequest request) {
    String length = request.getHeader("Content-Length");
    try {
      return length == null ? -1 : Long.parseLong(length.strip());
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private void answer(RoutingContext routing, long announced) {
    HttpServerRequest request = routing.request();
    CommonProblem problem = CommonProblem.TOO_LARGE;
    String detail =
        "This request has %,d bytes; at most %,d can be sent at once, and nothing was changed. Shorten it, or bring large data as files of a dataset, which are sent in parts."
            .formatted(announced, limit);
    boolean page =
        String.valueOf(request.getHeader("Accept")).contains("text/html")
            && request.getHeader("HX-Request") == null;
    String type = page ? "text/html;charset=utf-8" : "application/problem+json";
    String body =
        page
            ? EmptyRefusals.page(problem, detail, request.getHeader("Referer"))
            : new JsonObject(ProblemMapper.document(problem, detail, Map.of(), request.path()))
                .encode();
    routing.response().setStatusCode(problem.status()).putHeader("Content-Type", type).end(body);
  }

  private static void drop(RoutingContext routing) {
    HttpServerRequest request = routing.request();
    AtomicLong dropped = new AtomicLong();
    long timer = routing.vertx().setTimer(LONGEST_MILLIS, late -> request.connection().close());
    request.handler(
        bytes -> {
          if (dropped.addAndGet(bytes.length()) > MOST_DROPPED) {
            request.connection().close();
          }
        });
    request.endHandler(all -> routing.vertx().cancelTimer(timer));
    request.exceptionHandler(broken -> routing.vertx().cancelTimer(timer));
    request.resume();
  }
}

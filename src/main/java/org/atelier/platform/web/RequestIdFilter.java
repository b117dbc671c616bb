package org.atelier.platform.web;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;
import org.atelier.platform.Ids;
import org.jboss.logging.MDC;

/** Gives every request an id, taken from {@code X-Request-Id} when a proxy already gave one. */
@Singleton
class RequestIdFilter {

  private static final String HEADER = "X-Request-Id";
  private static final Pattern ACCEPTABLE = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final int BEFORE_EVERYTHING = 1000;

  void register(@Observes Filters filters) {
    filters.register(this::tag, BEFORE_EVERYTHING);
  }

  private void tag(RoutingContext routing) {
    String given = routing.request().getHeader(HEADER);
    String id =
        given != null && ACCEPTABLE.matcher(given).matches() ? given : Ids.next().toString();
    MDC.put("requestId", id);
    routing.response().putHeader(HEADER, id);
    secure(routing);
    routing.next();
  }

  private static void secure(RoutingContext routing) {
    routing
        .response()
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "same-origin")
        .putHeader("X-Frame-Options", "DENY")
        .putHeader("Cross-Origin-Opener-Policy", "same-origin")
        .putHeader(
            "Content-Security-Policy",
            "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; "
                + "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'");
  }
}

package org.atelier.platform.web;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Forbids browsers and proxies to keep what the application answers, so that going back after
 * signing out shows nothing of the person before, and never a secret again. What says itself how
 * long it may be kept (pictures addressed by their digests) keeps that, and so do the files of the
 * pages, which are the same for everybody. The work page's own store, which its worker fills, is
 * not touched by this.
 */
@Singleton
class FreshAnswers {

  private static final int EARLY = 950;

  void register(@Observes Filters filters) {
    filters.register(FreshAnswers::forbidKeeping, EARLY);
  }

  private static void forbidKeeping(RoutingContext routing) {
    String path = routing.normalizedPath();
    if (!path.startsWith("/static/") && !path.startsWith("/favicon.")) {
      routing.addHeadersEndHandler(sent -> answer(routing));
    }
    routing.next();
  }

  private static void answer(RoutingContext routing) {
    if (!routing.response().headers().contains(HttpHeaders.CACHE_CONTROL)) {
      routing.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    }
  }
}

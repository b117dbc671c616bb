package org.atelier.labeling;

import io.quarkus.vertx.http.runtime.filters.Filters;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Lets the worker of the work page stand before work pages, which lie beside its own folder. */
@Singleton
class WorkWorkerHeaders {

  private static final String WORKER = "/static/work-worker.js";
  private static final int EARLY = 900;

  void register(@Observes Filters filters) {
    filters.register(
        routing -> {
          if (routing.normalizedPath().equals(WORKER)) {
            routing
                .response()
                .putHeader("Service-Worker-Allowed", "/p/")
                .putHeader("Cache-Control", "no-cache");
          }
          routing.next();
        },
        EARLY);
  }
}

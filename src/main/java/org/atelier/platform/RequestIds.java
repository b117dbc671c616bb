package org.atelier.platform;

import org.jboss.logging.MDC;

/** The id that ties a request's log lines, its audit entries and its answer together. */
public final class RequestIds {

  static final String KEY = "requestId";

  private RequestIds() {}

  /** Id of the request being served on this thread, or null outside a request. */
  public static String current() {
    Object id = MDC.get(KEY);
    return id == null ? null : id.toString();
  }
}

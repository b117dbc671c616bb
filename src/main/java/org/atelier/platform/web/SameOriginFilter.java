package org.atelier.platform.web;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import java.util.Set;
import org.atelier.platform.CommonProblem;
import org.atelier.platform.ProblemException;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses changes that another site could have sent with a person's cookie: those that the browser
 * says come from one, and those without a token. Forms carry the token in a field (checked by the
 * CSRF extension); everything else must carry it in a header that no other site can set without
 * being asked first. Requests with an {@code Authorization} of their own pass: no other site can
 * send one unasked.
 */
class SameOriginFilter {

  static final String TOKEN = "X-CSRF-TOKEN";

  private static final Set<String> HARMLESS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  @ServerRequestFilter(preMatching = true)
  void check(ContainerRequestContext request) {
    if (HARMLESS.contains(request.getMethod())
        || request.getHeaderString("Authorization") != null) {
      return;
    }
    if (foreign(request)) {
      throw new ProblemException(
          CommonProblem.FORBIDDEN,
          "The request comes from a page of another site. Open the page here and try again.");
    }
    String token = request.getHeaderString(TOKEN);
    if (!isForm(request.getMediaType()) && (token == null || token.isBlank())) {
      throw new ProblemException(
          CommonProblem.FORBIDDEN,
          "The request does not come from a page of this installation: the header X-CSRF-TOKEN is "
              + "missing. Reload the page and try again; scripts use a personal access token.");
    }
  }

  /** Browsers say it on https; on plain http, where they do not, the token has to do. */
  private static boolean foreign(ContainerRequestContext request) {
    String site = request.getHeaderString("Sec-Fetch-Site");
    return site != null && !site.equals("same-origin") && !site.equals("none");
  }

  static boolean isForm(MediaType type) {
    return type != null
        && (type.isCompatible(MediaType.APPLICATION_FORM_URLENCODED_TYPE)
            || type.isCompatible(MediaType.MULTIPART_FORM_DATA_TYPE));
  }
}

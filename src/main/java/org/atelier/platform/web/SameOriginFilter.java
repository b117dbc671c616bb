package org.atelier.platform.web;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import java.util.Set;
import org.atelier.platform.CommonProblem;
import org.atelier.platform.ProblemException;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses changes that another site could have sent with a person's cookie. Forms carry a token in
 * a field (checked by the CSRF extension); everything else must carry a header that no other site
 * can set without being asked first. Requests with a bearer token carry no cookie and pass.
 */
class SameOriginFilter {

  static final String TOKEN = "X-CSRF-TOKEN";

  private static final Set<String> HARMLESS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  @ServerRequestFilter(preMatching = true)
  void check(ContainerRequestContext request) {
    if (HARMLESS.contains(request.getMethod())
        || request.getHeaderString("Authorization") != null
        || isForm(request.getMediaType())) {
      return;
    }
    String token = request.getHeaderString(TOKEN);
    String site = request.getHeaderString("Sec-Fetch-Site");
    boolean foreign = site != null && !site.equals("same-origin") && !site.equals("none");
    if (foreign || token == null || token.isBlank()) {
      throw new ProblemException(
          CommonProblem.FORBIDDEN,
          "The request does not come from a page of this installation: the header X-CSRF-TOKEN is "
              + "missing. Reload the page and try again; scripts use a personal access token.");
    }
  }

  static boolean isForm(MediaType type) {
    return type != null
        && (type.isCompatible(MediaType.APPLICATION_FORM_URLENCODED_TYPE)
            || type.isCompatible(MediaType.MULTIPART_FORM_DATA_TYPE));
  }
}

package org.atelier.workforce;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.atelier.platform.CommonProblem;
import org.atelier.platform.ProblemException;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Nobody works with a one-time password: it is changed first. */
class FirstPasswordFilter {

  private final SecurityIdentity identity;

  FirstPasswordFilter(SecurityIdentity identity) {
    this.identity = identity;
  }

  @ServerRequestFilter
  Response check(ContainerRequestContext request) {
    if (!Boolean.TRUE.equals(identity.getAttribute(SessionIdentities.MUST_CHANGE_PASSWORD))) {
      return null;
    }
    String path = request.getUriInfo().getPath();
    if (path.equals("/account/password") || path.equals("/sign-out")) {
      return null;
    }
    if (String.valueOf(request.getHeaderString("Accept")).contains("text/html")) {
      return Response.seeOther(URI.create("/account/password?first=true")).build();
    }
    throw new ProblemException(
        CommonProblem.FORBIDDEN, "Change your one-time password first, in the browser.");
  }
}

package org.atelier.workforce;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.atelier.platform.CommonProblem;
import org.atelier.platform.ProblemException;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * A personal access token that leaked must not make further tokens, change a password or reset
 * those of others: accounts are for people who signed in.
 */
class TokenReachFilter {

  private final SecurityIdentity identity;

  TokenReachFilter(SecurityIdentity identity) {
    this.identity = identity;
  }

  @ServerRequestFilter
  void check(ContainerRequestContext request) {
    if (!Boolean.TRUE.equals(identity.getAttribute(SessionIdentities.BY_TOKEN))) {
      return;
    }
    String path = request.getUriInfo().getPath();
    if (path.matches("/(account|people)(/.*)?")) {
      throw new ProblemException(
          CommonProblem.FORBIDDEN,
          "Access tokens do not reach accounts; sign in with your password in the browser.");
    }
  }
}

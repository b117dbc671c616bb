package org.atelier.workforce;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.atelier.platform.CommonProblem;
import org.atelier.platform.ProblemException;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * A personal access token that leaked must not make further tokens, change a password or reset
 * those of others, nor give anybody roles: accounts and roles are changed by people who signed in.
 */
class TokenReachFilter {

  private static final String ACCOUNTS = "/(account|people)(/.*)?";

  /** May be read, but not changed. */
  private static final String PEOPLE_AND_ROLES = "/api/v1/people(/.*)?|/p/[^/]+/members(/.*)?";

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
    if (path.matches(ACCOUNTS) || changes(request.getMethod()) && path.matches(PEOPLE_AND_ROLES)) {
      throw refusal();
    }
  }

  private static boolean changes(String method) {
    return !method.equals("GET") && !method.equals("HEAD") && !method.equals("OPTIONS");
  }

  /**
   * For what is refused only after it is known that the person may know of it.
   *
   * @throws ProblemException forbidden when the request came with a token
   */
  void requireSignedIn() {
    if (Boolean.TRUE.equals(identity.getAttribute(SessionIdentities.BY_TOKEN))) {
      throw refusal();
    }
  }

  private static ProblemException refusal() {
    return new ProblemException(
        CommonProblem.FORBIDDEN,
        "Access tokens do not reach accounts and roles; sign in with your password in the"
            + " browser.");
  }
}

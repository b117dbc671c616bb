package org.atelier.workforce;

import io.quarkus.security.credential.TokenCredential;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.atelier.platform.CommonProblem;

/** Recognises people by the session cookie of a browser or the bearer token of a script. */
@Singleton
class SessionAuthentication implements HttpAuthenticationMechanism {

  static final String COOKIE = "atelier-session";
  static final String SESSION = "session";
  static final String BEARER = "bearer";

  @Override
  public Uni<SecurityIdentity> authenticate(
      RoutingContext routing, IdentityProviderManager identities) {
    String header = routing.request().getHeader("Authorization");
    if (header != null && header.regionMatches(true, 0, "Bearer ", 0, 7)) {
      return identify(routing, identities, header.substring(7).strip(), BEARER);
    }
    Cookie cookie = routing.request().getCookie(COOKIE);
    if (cookie == null || cookie.getValue().isBlank()) {
      return Uni.createFrom().nullItem();
    }
    return identify(routing, identities, cookie.getValue(), SESSION)
        .onFailure(io.quarkus.security.AuthenticationFailedException.class)
        .recoverWithNull();
  }

  private static Uni<SecurityIdentity> identify(
      RoutingContext routing, IdentityProviderManager identities, String token, String type) {
    return identities.authenticate(
        HttpSecurityUtils.setRoutingContextAttribute(
            new TokenAuthenticationRequest(new TokenCredential(token, type)), routing));
  }

  /**
   * Browsers that ask for a page are sent to the door, those that send a form too; everybody else
   * gets a plain 401.
   */
  @Override
  public Uni<ChallengeData> getChallenge(RoutingContext routing) {
    String accept = String.valueOf(routing.request().getHeader("Accept"));
    boolean page =
        accept.contains("text/html")
            && routing.request().getHeader("HX-Request") == null
            && routing.request().getHeader("Authorization") == null;
    String method = routing.request().method().name();
    if (page && method.equals("GET")) {
      return door(302, "/sign-in?to=", routing.request().uri());
    }
    if (page && method.equals("POST")) {
      return door(303, "/sign-in?kept=true&to=", formPage(routing.request().getHeader("Referer")));
    }
    return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", "Bearer"));
  }

  /** A refusal says in words what to do; scripts read it as they read every other problem. */
  @Override
  public Uni<Boolean> sendChallenge(RoutingContext routing) {
    return HttpAuthenticationMechanism.super
        .sendChallenge(routing)
        .invoke(
            sent -> {
              HttpServerResponse response = routing.response();
              if (sent && response.getStatusCode() == 401 && !response.ended()) {
                response.putHeader("Content-Type", "application/problem+json");
                response.end(refusal(routing).encode());
              }
            });
  }

  private static JsonObject refusal(RoutingContext routing) {
    CommonProblem problem = CommonProblem.SIGN_IN_REQUIRED;
    boolean token = routing.request().getHeader("Authorization") != null;
    return new JsonObject()
        .put("type", "urn:atelier:problem:" + problem.code())
        .put("title", problem.title())
        .put("status", problem.status())
        .put(
            "detail",
            token
                ? "The access token is not known here, has expired or was revoked. Make another"
                    + " one on the page Account."
                : "Sign in in the browser, or send a personal access token as"
                    + " Authorization: Bearer.")
        .put("instance", routing.request().path())
        .put("code", problem.code())
        .put("requestId", routing.response().headers().get("X-Request-Id"));
  }

  private static Uni<ChallengeData> door(int status, String door, String to) {
    String target = door + URLEncoder.encode(to, StandardCharsets.UTF_8);
    return Uni.createFrom().item(new ChallengeData(status, "Location", target));
  }

  /** The page a form was sent from: the browser keeps what was typed and puts it back there. */
  private static String formPage(String referer) {
    try {
      URI from = URI.create(String.valueOf(referer));
      String query = from.getRawQuery() == null ? "" : "?" + from.getRawQuery();
      return SignInPages.local(from.getRawPath() + query);
    } catch (IllegalArgumentException e) {
      return "/";
    }
  }

  @Override
  public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
    return Set.of(TokenAuthenticationRequest.class);
  }
}

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
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

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

  /** Browsers that ask for a page are sent to the door; everybody else gets a plain 401. */
  @Override
  public Uni<ChallengeData> getChallenge(RoutingContext routing) {
    String accept = String.valueOf(routing.request().getHeader("Accept"));
    boolean page =
        accept.contains("text/html")
            && routing.request().getHeader("HX-Request") == null
            && routing.request().getHeader("Authorization") == null
            && routing.request().method().name().equals("GET");
    if (page) {
      String to = URLEncoder.encode(routing.request().uri(), StandardCharsets.UTF_8);
      return Uni.createFrom().item(new ChallengeData(302, "Location", "/sign-in?to=" + to));
    }
    return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", "Bearer"));
  }

  @Override
  public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
    return Set.of(TokenAuthenticationRequest.class);
  }
}

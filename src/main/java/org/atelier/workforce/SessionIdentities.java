package org.atelier.workforce;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.atelier.platform.Person;

/** Looks the person of a session or access token up; an ended one is nobody at once. */
@Singleton
class SessionIdentities implements IdentityProvider<TokenAuthenticationRequest> {

  static final String PERSON = "person";
  static final String MUST_CHANGE_PASSWORD = "must-change-password";
  static final String BY_TOKEN = "by-token";

  private final Accounts accounts;

  SessionIdentities(Accounts accounts) {
    this.accounts = accounts;
  }

  @Override
  public Class<TokenAuthenticationRequest> getRequestType() {
    return TokenAuthenticationRequest.class;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      TokenAuthenticationRequest request, AuthenticationRequestContext context) {
    return context.runBlocking(() -> identify(request));
  }

  private SecurityIdentity identify(TokenAuthenticationRequest request) {
    String token = request.getToken().getToken();
    boolean bearer = SessionAuthentication.BEARER.equals(request.getToken().getType());
    Optional<SessionRow> found = bearer ? accounts.accessToken(token) : accounts.session(token);
    SessionRow row = found.orElseThrow(AuthenticationFailedException::new);
    return QuarkusSecurityIdentity.builder()
        .setPrincipal(new QuarkusPrincipal(row.email()))
        .addAttribute(
            PERSON, new Person(row.personId(), row.email(), row.displayName(), row.administrator()))
        .addAttribute(MUST_CHANGE_PASSWORD, row.mustChangePassword())
        .addAttribute(BY_TOKEN, bearer)
        .build();
  }
}

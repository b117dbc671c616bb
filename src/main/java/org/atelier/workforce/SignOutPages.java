package org.atelier.workforce;

import io.smallrye.common.annotation.Blocking;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.net.URI;

/** The way out: the session ends on the server, not only in the browser. */
@Path("/sign-out")
@Blocking
class SignOutPages {

  private final Accounts accounts;

  SignOutPages(Accounts accounts) {
    this.accounts = accounts;
  }

  @POST
  public Response signOut(
      @CookieParam(SessionAuthentication.COOKIE) String token, HttpServerRequest request) {
    accounts.signOut(token);
    return Response.seeOther(URI.create("/sign-in"))
        .cookie(SignInPages.cookie("", request.isSSL(), 0))
        .build();
  }
}

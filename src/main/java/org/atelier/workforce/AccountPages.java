package org.atelier.workforce;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.atelier.platform.CurrentPerson;
import org.atelier.platform.Person;
import org.atelier.platform.ProblemException;
import org.jboss.resteasy.reactive.RestForm;

/** A person's own account: password, sessions and access tokens. */
@Path("/account")
@Blocking
@Produces(MediaType.TEXT_HTML)
class AccountPages {

  @CheckedTemplate(basePath = "workforce")
  static class Templates {
    static native TemplateInstance account(
        Person person,
        List<OpenSession> sessions,
        List<AccessTokenRow> tokens,
        Form form,
        String newToken,
        String notice);

    static native TemplateInstance password(boolean first, String field, String problem);
  }

  /** A token's name and life as typed, kept when they are refused. */
  record Form(String name, Integer days, String field, String problem) {
    static final Form EMPTY = new Form("", 90, null, null);
  }

  private final Accounts accounts;
  private final CurrentPerson currentPerson;

  AccountPages(Accounts accounts, CurrentPerson currentPerson) {
    this.accounts = accounts;
    this.currentPerson = currentPerson;
  }

  @GET
  public TemplateInstance account(
      @QueryParam("notice") String notice,
      @CookieParam(SessionAuthentication.COOKIE) String token) {
    String text =
        switch (notice == null ? "" : notice) {
          case "password" ->
              "Your password is changed; every other session has ended. Access tokens go on"
                  + " working.";
          case "everywhere" -> "Every other session has ended; access tokens go on working.";
          case "session" -> "The session has ended; that browser has to sign in again.";
          case "revoked" -> "The token is revoked; scripts using it are refused from now on.";
          default -> null;
        };
    return page(token, Form.EMPTY, null, text);
  }

  private TemplateInstance page(String session, Form form, String newToken, String notice) {
    Person person = currentPerson.require();
    return Templates.account(
        person,
        accounts.sessions(person.id(), session),
        accounts.tokens(person.id()),
        form,
        newToken,
        notice);
  }

  @GET
  @Path("password")
  public TemplateInstance password(@QueryParam("first") boolean first) {
    return Templates.password(first, null, null);
  }

  @POST
  @Path("password")
  public Response changePassword(
      @RestForm String old,
      @RestForm String fresh,
      @RestForm String again,
      @RestForm boolean first,
      @CookieParam(SessionAuthentication.COOKIE) String token) {
    if (fresh == null || !fresh.equals(again)) {
      return refused(first, "again", "The two new passwords are not the same.");
    }
    try {
      accounts.changePassword(currentPerson.require().id(), old == null ? "" : old, fresh, token);
    } catch (ProblemException e) {
      return refused(first, String.valueOf(e.members().get("field")), e.getMessage());
    }
    return Response.seeOther(URI.create(first ? "/" : "/account?notice=password")).build();
  }

  private static Response refused(boolean first, String field, String problem) {
    return Response.status(400).entity(Templates.password(first, field, problem)).build();
  }

  @POST
  @Path("tokens")
  public Response createToken(
      @RestForm String name,
      @RestForm Integer days,
      @CookieParam(SessionAuthentication.COOKIE) String session) {
    try {
      String token = accounts.createToken(currentPerson.require().id(), name, days);
      return Response.ok(page(session, Form.EMPTY, token, null)).build();
    } catch (ProblemException e) {
      Form form = new Form(name, days, String.valueOf(e.members().get("field")), e.getMessage());
      return Response.status(e.problem().status()).entity(page(session, form, null, null)).build();
    }
  }

  @POST
  @Path("sessions/{handle}/end")
  public Response endSession(@PathParam("handle") String handle) {
    accounts.endSession(currentPerson.require().id(), handle);
    return Response.seeOther(URI.create("/account?notice=session")).build();
  }

  @POST
  @Path("tokens/{token}/revoke")
  public Response revokeToken(@PathParam("token") UUID token) {
    accounts.revokeToken(currentPerson.require().id(), token);
    return Response.seeOther(URI.create("/account?notice=revoked")).build();
  }

  @POST
  @Path("sign-out-everywhere")
  public Response signOutEverywhere(@CookieParam(SessionAuthentication.COOKIE) String token) {
    accounts.signOutEverywhere(currentPerson.require().id(), token);
    return Response.seeOther(URI.create("/account?notice=everywhere")).build();
  }
}

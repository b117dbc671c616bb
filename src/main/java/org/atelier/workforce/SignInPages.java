package org.atelier.workforce;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.URISyntaxException;
import org.atelier.platform.ProblemException;
import org.jboss.resteasy.reactive.RestForm;

/** The door. */
@Path("/sign-in")
@Blocking
@Produces(MediaType.TEXT_HTML)
class SignInPages {

  /** Tells the page's script to put back what was typed before the session ended. */
  private static final String CAME_BACK = "#kept";

  @CheckedTemplate(basePath = "workforce")
  static class Templates {
    static native TemplateInstance signIn(String email, String to, boolean kept, String problem);
  }

  private final Accounts accounts;

  SignInPages(Accounts accounts) {
    this.accounts = accounts;
  }

  @GET
  public TemplateInstance signIn(@QueryParam("to") String to, @QueryParam("kept") boolean kept) {
    return Templates.signIn("", local(to), kept, null);
  }

  @POST
  public Response signIn(
      @RestForm String email,
      @RestForm String password,
      @RestForm String to,
      @RestForm boolean kept,
      @HeaderParam("User-Agent") String agent,
      @CookieParam(SessionAuthentication.COOKIE) String before,
      HttpServerRequest request) {
    Accounts.Begun begun;
    try {
      begun = accounts.signIn(nonNull(email), nonNull(password), agent);
      accounts.signOut(before);
    } catch (ProblemException e) {
      return Response.status(e.problem().status())
          .entity(
              Templates.signIn(
                  nonNull(email), local(to), kept, e.problem().title() + ". " + e.getMessage()))
          .build();
    }
    String page = kept ? withoutFragment(local(to)) + CAME_BACK : local(to);
    String target = begun.mustChangePassword() ? "/account/password?first=true" : page;
    return Response.seeOther(URI.create(target))
        .cookie(cookie(begun.token(), request.isSSL(), -1))
        .build();
  }

  static NewCookie cookie(String token, boolean secure, int maxAge) {
    return new NewCookie.Builder(SessionAuthentication.COOKIE)
        .value(token)
        .path("/")
        .httpOnly(true)
        .secure(secure)
        .sameSite(NewCookie.SameSite.LAX)
        .maxAge(maxAge)
        .build();
  }

  /**
   * An address of this installation, percent-encoded; "/" for every other, which would let a link
   * lead people away, and for what is no address.
   */
  static String local(String to) {
    boolean safe =
        to != null
            && to.startsWith("/")
            && !to.startsWith("//")
            && !to.contains("\\")
            && to.chars().noneMatch(c -> c < 0x21 || c == 0x7f);
    try {
      return safe && !to.startsWith("/sign-") ? new URI(to).toASCIIString() : "/";
    } catch (URISyntaxException e) {
      return "/";
    }
  }

  private static String withoutFragment(String address) {
    int fragment = address.indexOf('#');
    return fragment < 0 ? address : address.substring(0, fragment);
  }

  private static String nonNull(String text) {
    return text == null ? "" : text;
  }
}

package org.atelier.workforce;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.atelier.platform.CommonProblem;
import org.atelier.platform.CurrentPerson;
import org.atelier.platform.ProblemException;
import org.jboss.resteasy.reactive.RestForm;

/** Accounts of the installation, for its administrators. */
@Path("/people")
@Blocking
@Produces(MediaType.TEXT_HTML)
class PeoplePages {

  @CheckedTemplate(basePath = "workforce")
  static class Templates {
    static native TemplateInstance people(
        List<PersonRow> people,
        String find,
        String next,
        People.NewAccount created,
        Done done,
        Form form);
  }

  /** What was typed, kept when it is refused. */
  record Form(String email, String displayName, String field, String problem) {
    static final Form EMPTY = new Form("", "", null, null);
  }

  /** An account that was just disabled or enabled again. */
  record Done(UUID person, String name, boolean disabled) {}

  private final People people;
  private final CurrentPerson currentPerson;

  PeoplePages(People people, CurrentPerson currentPerson) {
    this.people = people;
    this.currentPerson = currentPerson;
  }

  @GET
  public TemplateInstance list(
      @QueryParam("find") String find,
      @QueryParam("after") String after,
      @QueryParam("changed") UUID changed,
      @QueryParam("disabled") boolean disabled) {
    requireAdministrator();
    Done done =
        changed == null
            ? null
            : people.named(changed).map(name -> new Done(changed, name, disabled)).orElse(null);
    return page(find, after, null, done, Form.EMPTY);
  }

  private TemplateInstance page(People.NewAccount created, Form form) {
    return page(null, null, created, null, form);
  }

  private TemplateInstance page(
      String find, String after, People.NewAccount created, Done done, Form form) {
    List<PersonRow> rows = people.page(find, after, false);
    String wanted = find == null ? "" : find.strip();
    String next =
        rows.size() < People.PAGE
            ? null
            : "?find=" + encoded(wanted) + "&after=" + encoded(rows.get(rows.size() - 1).email());
    return Templates.people(rows, wanted, next, created, done, form);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @POST
  public Response create(
      @RestForm String email, @RestForm String displayName, @RestForm boolean administrator) {
    requireAdministrator();
    try {
      People.NewAccount created = people.createAccount(email, displayName, administrator);
      return Response.ok(page(created, Form.EMPTY)).build();
    } catch (ProblemException e) {
      Form form =
          new Form(email, displayName, String.valueOf(e.members().get("field")), e.getMessage());
      return Response.status(e.problem().status()).entity(page(null, form)).build();
    }
  }

  @POST
  @Path("{person}/reset-password")
  public TemplateInstance resetPassword(@PathParam("person") UUID person) {
    requireAdministrator();
    return page(people.resetPassword(person), Form.EMPTY);
  }

  @POST
  @Path("{person}/disabled")
  public Response setDisabled(@PathParam("person") UUID person, @RestForm boolean disabled) {
    requireAdministrator();
    if (disabled && person.equals(currentPerson.require().id())) {
      throw new ProblemException(
          WorkforceProblem.ADMINISTRATION_LOST,
          "You cannot disable yourself; ask another administrator.");
    }
    people.setDisabled(person, disabled);
    return Response.seeOther(URI.create("/people?changed=" + person + "&disabled=" + disabled))
        .build();
  }

  private void requireAdministrator() {
    if (!currentPerson.require().administrator()) {
      throw new ProblemException(
          CommonProblem.FORBIDDEN, "Only administrators of the installation manage accounts.");
    }
  }
}

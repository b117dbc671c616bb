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
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.atelier.platform.Access;
import org.atelier.platform.BaseAddress;
import org.atelier.platform.CommonProblem;
import org.atelier.platform.CurrentPerson;
import org.atelier.platform.ProblemException;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.Role;
import org.jboss.resteasy.reactive.RestForm;

/** Accounts of the installation, for its administrators. */
@Path("/people")
@Blocking
@Produces(MediaType.TEXT_HTML)
class PeoplePages {

  @CheckedTemplate(basePath = "workforce")
  static class Templates {
    static native TemplateInstance people(
        List<PersonRow> people, String find, String next, Created created, Done done, Form form);
  }

  /**
   * What was typed, kept when it is refused.
   *
   * @param project whose member the account becomes, null for none
   */
  record Form(
      String email,
      String displayName,
      ProjectRef project,
      Set<Role> roles,
      String field,
      String problem) {
    static final Form EMPTY = new Form("", "", null, Set.of(), null, null);

    public boolean chosen(Role role) {
      return roles.contains(role);
    }

    public List<Role> choices() {
      return List.of(Role.values());
    }
  }

  /**
   * A password to hand over.
   *
   * @param address where its owner signs in
   * @param project whose member the account is from now on, null when it was there before
   */
  record Created(People.NewAccount account, String address, ProjectRef project) {}

  /** An account that was just disabled or enabled again. */
  record Done(UUID person, String name, boolean disabled) {}

  private final People people;
  private final CurrentPerson currentPerson;

  private final Invitations invitations;
  private final Access access;
  private final BaseAddress base;

  PeoplePages(
      People people,
      CurrentPerson currentPerson,
      Invitations invitations,
      Access access,
      BaseAddress base) {
    this.people = people;
    this.currentPerson = currentPerson;
    this.invitations = invitations;
    this.access = access;
    this.base = base;
  }

  @GET
  public TemplateInstance list(
      @QueryParam("find") String find,
      @QueryParam("after") String after,
      @QueryParam("changed") UUID changed,
      @QueryParam("disabled") boolean disabled,
      @QueryParam("email") String email,
      @QueryParam("project") String project,
      @QueryParam("roles") List<Role> roles) {
    requireAdministrator();
    Done done =
        changed == null
            ? null
            : people.named(changed).map(name -> new Done(changed, name, disabled)).orElse(null);
    Form form =
        new Form(email == null ? "" : email, "", project(project), asSet(roles), null, null);
    return page(find, after, null, done, form);
  }

  /** The project that an account is made for, which only its administrators may add to. */
  private ProjectRef project(String slug) {
    if (slug == null || slug.isBlank()) {
      return null;
    }
    ProjectRef project = access.project(slug);
    access.require(project.id(), Role.ADMIN);
    return project;
  }

  private static Set<Role> asSet(List<Role> roles) {
    return roles == null || roles.isEmpty() ? Set.of() : EnumSet.copyOf(roles);
  }

  private TemplateInstance page(Created created, Form form) {
    return page(null, null, created, null, form);
  }

  private TemplateInstance page(String find, String after, Created created, Done done, Form form) {
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
      @RestForm String email,
      @RestForm String displayName,
      @RestForm boolean administrator,
      @RestForm String project,
      @RestForm List<Role> roles) {
    requireAdministrator();
    ProjectRef wanted = project(project);
    try {
      People.NewAccount made =
          wanted == null
              ? people.createAccount(email, displayName, administrator)
              : invitations.invite(
                  new Invitations.Guest(email, displayName, administrator),
                  wanted.id(),
                  asSet(roles));
      return Response.ok(page(new Created(made, base.url(), wanted), Form.EMPTY)).build();
    } catch (ProblemException e) {
      String field = String.valueOf(e.members().get("field"));
      Form form = new Form(email, displayName, wanted, asSet(roles), field, e.getMessage());
      return Response.status(e.problem().status()).entity(page(null, form)).build();
    }
  }

  @POST
  @Path("{person}/reset-password")
  public TemplateInstance resetPassword(@PathParam("person") UUID person) {
    requireAdministrator();
    return page(new Created(people.resetPassword(person), base.url(), null), Form.EMPTY);
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

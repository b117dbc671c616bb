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
import java.util.stream.Collectors;
import org.atelier.platform.Access;
import org.atelier.platform.CurrentPerson;
import org.atelier.platform.ProblemException;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.Role;
import org.jboss.resteasy.reactive.RestForm;

/** Who works in a project, and as what. */
@Path("/p/{slug}/members")
@Blocking
@Produces(MediaType.TEXT_HTML)
class MemberPages {

  @CheckedTemplate(basePath = "workforce")
  static class Templates {
    static native TemplateInstance members(
        ProjectRef project,
        List<MemberRow> members,
        boolean mayChange,
        List<Role> roles,
        Done done,
        Form form,
        boolean addresses);
  }

  /** Roles that see the addresses of the others. */
  static final Role[] IN_CHARGE = {
    Role.REVIEWER, Role.MANAGER, Role.APPROVER, Role.AUDITOR, Role.ADMIN
  };

  /**
   * What was typed, kept when it is refused.
   *
   * @param creators who can make the account that is missing; empty when none is
   * @param invitation where whoever looks can make it, null for somebody who may not
   */
  record Form(
      String address,
      Set<Role> roles,
      String field,
      String problem,
      List<String> creators,
      String invitation) {
    static final Form EMPTY = new Form("", Set.of(Role.LABELER), null, null, List.of(), null);

    public boolean chosen(Role role) {
      return roles.contains(role);
    }

    /** As in "Ana Lima or Bo Chen". */
    public String creatorWords() {
      int last = creators.size() - 1;
      return last < 1
          ? String.join("", creators)
          : String.join(", ", creators.subList(0, last)) + " or " + creators.get(last);
    }
  }

  /**
   * What was just done.
   *
   * @param undo roles to give back, null when there is nothing to undo
   */
  record Done(UUID person, String name, List<Role> undo) {}

  private final People people;
  private final Members members;
  private final Access access;
  private final CurrentPerson currentPerson;

  MemberPages(People people, Members members, Access access, CurrentPerson currentPerson) {
    this.people = people;
    this.members = members;
    this.access = access;
    this.currentPerson = currentPerson;
  }

  @GET
  public TemplateInstance members(
      @PathParam("slug") String slug,
      @QueryParam("changed") UUID changed,
      @QueryParam("undo") List<Role> undo) {
    return members(access.project(slug), changed, undo, Form.EMPTY);
  }

  private TemplateInstance members(ProjectRef project, UUID changed, List<Role> undo, Form form) {
    boolean mayChange = access.may(project.id(), Role.ADMIN);
    Done done = null;
    if (mayChange && changed != null) {
      List<Role> back = undo == null || undo.isEmpty() ? null : undo;
      done =
          members
              .named(project.id(), changed)
              .map(name -> new Done(changed, name, back))
              .orElse(null);
    }
    return Templates.members(
        project,
        people.members(project.id()),
        mayChange,
        List.of(Role.values()),
        done,
        form,
        access.may(project.id(), IN_CHARGE));
  }

  @POST
  public Response add(
      @PathParam("slug") String slug, @RestForm String email, @RestForm List<Role> roles) {
    ProjectRef project = access.project(slug);
    access.require(project.id(), Role.ADMIN);
    try {
      members.add(project.id(), email, asSet(roles));
    } catch (ProblemException e) {
      return Response.status(e.problem().status())
          .entity(members(project, null, null, refused(slug, email, asSet(roles), e)))
          .build();
    }
    return Response.seeOther(URI.create("/p/" + slug + "/members")).build();
  }

  private Form refused(String slug, String email, Set<Role> roles, ProblemException e) {
    boolean missing = Boolean.TRUE.equals(e.members().get(People.MISSING));
    String invitation = null;
    if (missing && currentPerson.require().administrator()) {
      String wanted =
          roles.stream().sorted().map(role -> "&roles=" + role).collect(Collectors.joining());
      String address = URLEncoder.encode(email.strip(), StandardCharsets.UTF_8);
      invitation = "/people?email=" + address + "&project=" + slug + wanted + "#create";
    }
    return new Form(
        email,
        roles,
        String.valueOf(e.members().get("field")),
        e.getMessage(),
        missing ? people.administratorNames() : List.of(),
        invitation);
  }

  /**
   * Sets the roles of a member.
   *
   * @param undo whether roles are given back that were just taken: to somebody who left, too
   */
  @POST
  @Path("{person}")
  public Response change(
      @PathParam("slug") String slug,
      @PathParam("person") UUID person,
      @RestForm List<Role> roles,
      @RestForm boolean undo) {
    ProjectRef project = access.project(slug);
    access.require(project.id(), Role.ADMIN);
    Set<Role> wanted = asSet(roles);
    UUID by = currentPerson.require().id();
    Set<Role> held =
        undo
            ? members.giveBack(project.id(), person, wanted, by)
            : members.changeRoles(project.id(), person, wanted, by);
    String before =
        held.stream().sorted().map(role -> "&undo=" + role).collect(Collectors.joining());
    return Response.seeOther(URI.create("/p/" + slug + "/members?changed=" + person + before))
        .build();
  }

  private static Set<Role> asSet(List<Role> roles) {
    return roles == null || roles.isEmpty() ? Set.of() : EnumSet.copyOf(roles);
  }
}

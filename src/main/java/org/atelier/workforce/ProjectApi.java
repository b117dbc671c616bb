package org.atelier.workforce;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.atelier.platform.Access;
import org.atelier.platform.CommonProblem;
import org.atelier.platform.CurrentPerson;
import org.atelier.platform.Cursor;
import org.atelier.platform.Person;
import org.atelier.platform.ProblemException;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.Role;
import org.atelier.platform.Slice;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Projects and their members as JSON. */
@Path("/api/v1/projects")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Projects and members")
class ProjectApi {

  private static final int PAGE = 100;

  private final People people;
  private final Members members;
  private final Access access;
  private final CurrentPerson currentPerson;
  private final TokenReachFilter tokens;

  ProjectApi(
      People people,
      Members members,
      Access access,
      CurrentPerson currentPerson,
      TokenReachFilter tokens) {
    this.people = people;
    this.members = members;
    this.access = access;
    this.currentPerson = currentPerson;
    this.tokens = tokens;
  }

  /** A project and what the caller is in it. */
  record Project(UUID id, String slug, String name, Set<Role> roles) {}

  /**
   * A project to be made.
   *
   * @param slug its name in addresses
   */
  record NewProject(String name, String slug) {}

  /** Somebody who works in a project. */
  record Member(
      UUID id,
      String email,
      String displayName,
      boolean simulated,
      boolean disabled,
      Set<Role> roles) {}

  /** Somebody who has an account, to be added. */
  record NewMember(String email, List<Role> roles) {}

  /** Roles that take the place of those held; none removes the member. */
  record Roles(List<Role> roles) {}

  @GET
  @Operation(summary = "The projects of the person, in parts")
  public Slice<ProjectRef> projects(@QueryParam("cursor") String cursor) {
    UUID person = currentPerson.require().id();
    List<ProjectRef> rows = people.projectsOf(person, Cursor.asId(cursor), PAGE);
    return new Slice<>(rows, rows.size() < PAGE ? null : Cursor.of(rows.get(rows.size() - 1).id()));
  }

  @POST
  @Operation(summary = "Make a project; for administrators of the installation")
  public Response create(NewProject made) {
    Person person = currentPerson.require();
    if (!person.administrator()) {
      throw new ProblemException(
          CommonProblem.FORBIDDEN, "Only administrators of the installation create projects.");
    }
    if (made == null) {
      throw ProblemException.invalid("name", "Give the project a name and an address.");
    }
    ProjectRef project = people.createProject(made.slug(), made.name(), person.id());
    return Response.created(URI.create("/api/v1/projects/" + project.id()))
        .entity(project(project))
        .build();
  }

  @GET
  @Path("{project}")
  @Operation(summary = "One project and the caller's roles in it")
  public Project project(@PathParam("project") UUID id) {
    return project(access.project(id));
  }

  private Project project(ProjectRef project) {
    return new Project(
        project.id(), project.slug(), project.name(), new TreeSet<>(access.roles(project.id())));
  }

  @GET
  @Path("{project}/members")
  @Operation(summary = "Who works in a project and as what, in parts")
  public Slice<Member> members(
      @PathParam("project") UUID project, @QueryParam("cursor") String cursor) {
    access.require(project);
    List<MemberRow> rows = members.page(project, Cursor.asId(cursor), PAGE);
    return new Slice<>(
        rows.stream().map(row -> member(project, row)).toList(),
        rows.size() < PAGE ? null : Cursor.of(rows.get(rows.size() - 1).id()));
  }

  @GET
  @Path("{project}/members/{person}")
  @Operation(summary = "One member of a project")
  public Member member(@PathParam("project") UUID project, @PathParam("person") UUID person) {
    access.require(project);
    return find(project, person);
  }

  @POST
  @Path("{project}/members")
  @Operation(summary = "Give a person roles in a project; signed in, not by token")
  public Response add(@PathParam("project") UUID project, NewMember added) {
    access.require(project, Role.ADMIN);
    tokens.requireSignedIn();
    if (added == null || added.roles() == null) {
      throw ProblemException.invalid("roles", "Give the member at least one role.");
    }
    UUID person = members.add(project, added.email(), asSet(added.roles()));
    return Response.created(URI.create("/api/v1/projects/" + project + "/members/" + person))
        .entity(find(project, person))
        .build();
  }

  @PUT
  @Path("{project}/members/{person}")
  @Operation(summary = "Set the roles of a member, none to remove; signed in, not by token")
  public Response change(
      @PathParam("project") UUID project, @PathParam("person") UUID person, Roles wanted) {
    access.require(project, Role.ADMIN);
    find(project, person);
    tokens.requireSignedIn();
    if (wanted == null || wanted.roles() == null) {
      throw ProblemException.invalid("roles", "Name the roles, an empty list to remove.");
    }
    Set<Role> roles = asSet(wanted.roles());
    members.changeRoles(project, person, roles, currentPerson.require().id());
    return roles.isEmpty()
        ? Response.noContent().build()
        : Response.ok(find(project, person)).build();
  }

  private static Set<Role> asSet(List<Role> roles) {
    if (roles.stream().anyMatch(Objects::isNull)) {
      throw ProblemException.invalid("roles", "Name roles only, no null.");
    }
    return Set.copyOf(roles);
  }

  private Member find(UUID project, UUID person) {
    return members
        .find(project, person)
        .map(row -> member(project, row))
        .orElseThrow(() -> ProblemException.notFound("The project has no such member."));
  }

  /** Addresses are for those in charge: who only labels reads names and roles. */
  private Member member(UUID project, MemberRow row) {
    EnumSet<Role> roles = EnumSet.noneOf(Role.class);
    for (Role role : Role.values()) {
      if (row.holds(role)) {
        roles.add(role);
      }
    }
    return new Member(
        row.id(),
        access.may(project, MemberPages.IN_CHARGE) ? row.email() : null,
        row.displayName(),
        row.simulated(),
        row.disabled(),
        roles);
  }
}

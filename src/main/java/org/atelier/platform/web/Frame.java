package org.atelier.platform.web;

import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.atelier.platform.Access;
import org.atelier.platform.CurrentPerson;
import org.atelier.platform.Person;
import org.atelier.platform.ProblemException;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.Role;

/**
 * What the frame around every page shows: who is here, in which project, and where one can go. In
 * templates it is {@code inject:frame}.
 */
@Named("frame")
@RequestScoped
public class Frame {

  private final CurrentPerson currentPerson;
  private final Access access;
  private final HttpServerRequest request;
  private Optional<ProjectRef> project;

  Frame(CurrentPerson currentPerson, Access access, HttpServerRequest request) {
    this.currentPerson = currentPerson;
    this.access = access;
    this.request = request;
  }

  /** One place to go to from the rail. */
  public record Place(String word, String icon, String href, boolean here) {}

  /** The signed-in person, or null. */
  public Person getPerson() {
    return currentPerson.get().orElse(null);
  }

  /** The project of the page's address, or null outside a project. */
  public ProjectRef getProject() {
    if (project == null) {
      project = findProject();
    }
    return project.orElse(null);
  }

  /** Places this person can go to, in the rail's order; only those a role has. */
  public List<Place> getPlaces() {
    ProjectRef here = getProject();
    if (here == null) {
      return List.of();
    }
    Set<Role> roles = access.roles(here.id());
    String base = "/p/" + here.slug();
    return PLACES.stream()
        .filter(
            place -> place.roles().isEmpty() || place.roles().stream().anyMatch(roles::contains))
        .map(
            place ->
                new Place(
                    place.word(),
                    place.icon(),
                    base + place.path(),
                    request.path().startsWith(base + place.path())))
        .toList();
  }

  private record RolePlace(String word, String icon, String path, Set<Role> roles) {}

  private static final Set<Role> STAFF =
      Set.of(Role.REVIEWER, Role.MANAGER, Role.APPROVER, Role.AUDITOR, Role.ADMIN);
  private static final List<RolePlace> PLACES =
      List.of(
          new RolePlace("Work", "pencil-square", "/work", Set.of(Role.LABELER, Role.REVIEWER)),
          new RolePlace("Datasets", "images", "/datasets", STAFF),
          new RolePlace("Jobs", "collection", "/jobs", STAFF),
          new RolePlace("Members", "people", "/members", STAFF),
          new RolePlace("Audit", "journal-check", "/audit", Set.of(Role.AUDITOR, Role.ADMIN)));

  private Optional<ProjectRef> findProject() {
    String[] parts = request.path().split("/");
    if (parts.length < 3 || !parts[1].equals("p") || currentPerson.get().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(access.project(parts[2]));
    } catch (ProblemException e) {
      return Optional.empty();
    }
  }
}

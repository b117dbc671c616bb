package org.atelier.workforce;

import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.atelier.platform.Access;
import org.atelier.platform.CommonProblem;
import org.atelier.platform.CurrentPerson;
import org.atelier.platform.Person;
import org.atelier.platform.ProblemException;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.Role;

@Singleton
class RequestAccess implements Access {

  private final CurrentPerson currentPerson;
  private final ProjectRepository projects;

  RequestAccess(CurrentPerson currentPerson, ProjectRepository projects) {
    this.currentPerson = currentPerson;
    this.projects = projects;
  }

  @Override
  public void require(UUID projectId, Role... anyOf) {
    Person person = currentPerson.require();
    Set<Role> held = projects.roles(projectId, person.id());
    if (held.isEmpty()) {
      throw ProblemException.notFound("There is no such project, or you are not in it.");
    }
    if (!suffices(held, anyOf)) {
      throw new ProblemException(
          CommonProblem.FORBIDDEN,
          "This needs the role " + words(anyOf) + " in the project; ask its administrator.");
    }
  }

  /** As in "reviewer, manager or admin". */
  static String words(Role... anyOf) {
    List<String> names = Arrays.stream(anyOf).map(role -> role.name().toLowerCase()).toList();
    int last = names.size() - 1;
    return last < 1
        ? String.join("", names)
        : String.join(", ", names.subList(0, last)) + " or " + names.get(last);
  }

  @Override
  public boolean may(UUID projectId, Role... anyOf) {
    Set<Role> held = roles(projectId);
    return !held.isEmpty() && suffices(held, anyOf);
  }

  @Override
  public Set<Role> roles(UUID projectId) {
    return currentPerson
        .get()
        .map(person -> projects.roles(projectId, person.id()))
        .orElse(Set.of());
  }

  @Override
  public List<ProjectRef> projects(Role... anyOf) {
    UUID person = currentPerson.require().id();
    return projects.ofPerson(person).stream()
        .filter(project -> suffices(projects.roles(project.id(), person), anyOf))
        .toList();
  }

  @Override
  public ProjectRef project(String slug) {
    return projects
        .ofMember(slug, currentPerson.require().id())
        .orElseThrow(RequestAccess::unknown);
  }

  @Override
  public ProjectRef project(UUID projectId) {
    return projects.byId(projectId).filter(this::isMember).orElseThrow(RequestAccess::unknown);
  }

  private boolean isMember(ProjectRef project) {
    return !projects.roles(project.id(), currentPerson.require().id()).isEmpty();
  }

  private static ProblemException unknown() {
    return ProblemException.notFound("There is no such project, or you are not in it.");
  }

  private static boolean suffices(Set<Role> held, Role[] anyOf) {
    return anyOf.length == 0 || Arrays.stream(anyOf).anyMatch(held::contains);
  }
}

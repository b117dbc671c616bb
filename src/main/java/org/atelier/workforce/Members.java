package org.atelier.workforce;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.atelier.platform.ProblemException;
import org.atelier.platform.Role;

/** Who belongs to a project and as what; who may change that is the caller's to check. */
@Singleton
class Members {

  /** How long after it the removal of a member can be undone. */
  private static final Duration UNDO = Duration.ofHours(1);

  private final People accounts;
  private final ProjectRepository projects;
  private final Clock clock;

  Members(People accounts, ProjectRepository projects, Clock clock) {
    this.accounts = accounts;
    this.projects = projects;
    this.clock = clock;
  }

  /**
   * Makes a person a member of a project.
   *
   * @param roles at least one
   * @return the person's id
   * @throws ProblemException conflict when the person is a member already, whose roles stay as they
   *     are
   */
  @Transactional
  UUID add(UUID projectId, String email, Set<Role> roles) {
    if (roles.isEmpty()) {
      throw ProblemException.invalid("roles", "Give the member at least one role.");
    }
    UUID personId = accounts.byEmail(email).id();
    if (!projects.roles(projectId, personId).isEmpty()) {
      throw new ProblemException(
          WorkforceProblem.MEMBER_ALREADY,
          "The person is a member already; change the roles instead.",
          Map.of("field", "email"));
    }
    accounts.setRoles(projectId, personId, roles);
    return personId;
  }

  /**
   * Sets the roles of a member; an empty set removes the member from the project.
   *
   * @param by who does it; nobody takes the administration from themselves
   * @return the roles held before
   * @throws ProblemException not-found when the person is no member, conflict when one would lose
   *     one's own administration or nobody else would administer the project
   */
  @Transactional
  Set<Role> changeRoles(UUID projectId, UUID personId, Set<Role> roles, UUID by) {
    projects.holdRoles(projectId);
    Set<Role> before = projects.roles(projectId, personId);
    if (before.isEmpty()) {
      throw ProblemException.notFound("The project has no such member.");
    }
    boolean lostAdministration = before.contains(Role.ADMIN) && !roles.contains(Role.ADMIN);
    if (lostAdministration && personId.equals(by)) {
      throw new ProblemException(
          WorkforceProblem.ADMINISTRATION_LOST,
          "You would lose the administration of this project; another administrator can do it.");
    }
    if (lostAdministration && !projects.hasOtherAdministrator(projectId, personId)) {
      throw new ProblemException(
          WorkforceProblem.ADMINISTRATION_LOST, "Nobody else would administer the project.");
    }
    accounts.setRoles(projectId, personId, roles);
    return before;
  }

  /**
   * Gives back roles that were just changed, also to somebody whom the change removed.
   *
   * @throws ProblemException as {@link #changeRoles}, but a person who left within the hour becomes
   *     a member again
   */
  @Transactional
  Set<Role> giveBack(UUID projectId, UUID personId, Set<Role> roles, UUID by) {
    projects.holdRoles(projectId);
    if (roles.isEmpty() || !justLeft(projectId, personId)) {
      return changeRoles(projectId, personId, roles, by);
    }
    accounts.setRoles(projectId, personId, roles);
    return Set.of();
  }

  private boolean justLeft(UUID projectId, UUID personId) {
    return projects.left(projectId, personId, OffsetDateTime.now(clock).minus(UNDO))
        && projects.roles(projectId, personId).isEmpty();
  }

  /** The name of a member, or of who was one within the hour. */
  @Transactional
  Optional<String> named(UUID projectId, UUID personId) {
    boolean known = justLeft(projectId, personId) || !projects.roles(projectId, personId).isEmpty();
    return known ? accounts.named(personId) : Optional.empty();
  }

  /** Members of a project in order of their ids, in parts. */
  @Transactional
  List<MemberRow> page(UUID projectId, UUID after, int limit) {
    return projects.members(projectId, after, limit);
  }

  /** One member of a project; empty when the person has no role in it. */
  @Transactional
  Optional<MemberRow> find(UUID projectId, UUID personId) {
    return projects.member(projectId, personId);
  }
}

package org.atelier.platform;

import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Port: what the current person may do in a project. */
public interface Access {

  /**
   * Lets the request go on when the current person holds one of the roles in the project.
   *
   * @param anyOf at least one role; an empty list means any membership
   * @throws ProblemException {@link CommonProblem#NOT_FOUND} when the person is not in the project
   *     (its existence is not told), {@link CommonProblem#FORBIDDEN} when the roles do not suffice
   */
  void require(UUID projectId, Role... anyOf);

  /** Whether {@link #require} would let the current person pass. */
  boolean may(UUID projectId, Role... anyOf);

  /** The current person's roles in the project, empty when not a member. */
  Set<Role> roles(UUID projectId);

  /**
   * The current person's projects in which one of the roles is held, by name; without roles all of
   * them. Archived ones are left out.
   */
  List<ProjectRef> projects(Role... anyOf);

  /**
   * Finds a project by the name in its address, for members only.
   *
   * @throws ProblemException {@link CommonProblem#NOT_FOUND} when absent or not the person's
   */
  ProjectRef project(String slug);

  /** Finds a project by id, for members only; errors as {@link #project(String)}. */
  ProjectRef project(UUID projectId);
}

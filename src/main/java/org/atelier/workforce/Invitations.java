package org.atelier.workforce;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.UUID;
import org.atelier.platform.ProblemException;
import org.atelier.platform.Role;

/** Makes accounts of people who are wanted in a project. */
@Singleton
class Invitations {

  private final People people;

  Invitations(People people) {
    this.people = people;
  }

  /** Whom to make an account for. */
  record Guest(String email, String displayName, boolean administrator) {}

  /**
   * Makes an account that is a member of a project from the beginning: both or neither.
   *
   * @param roles at least one
   * @throws ProblemException as {@link People#createAccount}, or invalid-input without roles
   */
  People.NewAccount invite(Guest guest, UUID projectId, Set<Role> roles) {
    if (roles.isEmpty()) {
      throw ProblemException.invalid("roles", "Give the member at least one role.");
    }
    return QuarkusTransaction.joiningExisting()
        .call(
            () -> {
              People.NewAccount made =
                  people.createAccount(guest.email(), guest.displayName(), guest.administrator());
              people.setRoles(projectId, made.id(), roles);
              return made;
            });
  }
}

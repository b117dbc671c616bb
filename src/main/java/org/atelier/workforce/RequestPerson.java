package org.atelier.workforce;

import io.quarkus.arc.Arc;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.atelier.platform.CommonProblem;
import org.atelier.platform.CurrentPerson;
import org.atelier.platform.Person;
import org.atelier.platform.ProblemException;

@Singleton
class RequestPerson implements CurrentPerson {

  private final CurrentIdentityAssociation association;

  RequestPerson(CurrentIdentityAssociation association) {
    this.association = association;
  }

  @Override
  public Person require() {
    return get()
        .orElseThrow(
            () ->
                new ProblemException(
                    CommonProblem.SIGN_IN_REQUIRED,
                    "Your session has ended. What you typed is still here: sign in again in "
                        + "another tab and repeat."));
  }

  @Override
  public Optional<Person> get() {
    if (!Arc.container().requestContext().isActive()) {
      return Optional.empty();
    }
    SecurityIdentity identity = association.getIdentity();
    if (identity == null || identity.isAnonymous()) {
      return Optional.empty();
    }
    return Optional.ofNullable(identity.getAttribute(SessionIdentities.PERSON));
  }
}

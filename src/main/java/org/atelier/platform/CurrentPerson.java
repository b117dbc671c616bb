package org.atelier.platform;

import java.util.Optional;

/** Port: who is asking. Implemented by the feature that knows people. */
public interface CurrentPerson {

  /**
   * The person of this request.
   *
   * @throws ProblemException {@link CommonProblem#SIGN_IN_REQUIRED} when nobody is signed in
   */
  Person require();

  /** The person of this request, empty outside a request or when nobody is signed in. */
  Optional<Person> get();
}

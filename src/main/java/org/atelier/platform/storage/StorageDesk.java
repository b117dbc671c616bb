package org.atelier.platform.storage;

import jakarta.inject.Singleton;
import org.atelier.platform.CommonProblem;
import org.atelier.platform.CurrentPerson;
import org.atelier.platform.ProblemException;

/** Who may see and empty the storage. */
@Singleton
class StorageDesk {

  private final CurrentPerson currentPerson;

  StorageDesk(CurrentPerson currentPerson) {
    this.currentPerson = currentPerson;
  }

  void requireAdministrator() {
    if (!currentPerson.require().administrator()) {
      throw new ProblemException(
          CommonProblem.FORBIDDEN, "Only administrators of the installation see its storage.");
    }
  }
}

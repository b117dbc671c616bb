package org.atelier.workforce;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.atelier.platform.CurrentPerson;
import org.atelier.platform.Person;
import org.atelier.platform.ProjectRef;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Who a script acts for, and where. */
@Path("/api/v1/me")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Me")
class PeopleApi {

  private final People people;
  private final CurrentPerson currentPerson;

  PeopleApi(People people, CurrentPerson currentPerson) {
    this.people = people;
    this.currentPerson = currentPerson;
  }

  /** The person behind the token and the projects that person is in. */
  record Me(Person person, List<ProjectRef> projects) {}

  @GET
  @Operation(summary = "The person behind the token, with the projects to use in addresses")
  public Me me() {
    Person person = currentPerson.require();
    return new Me(person, people.projectsOf(person.id()));
  }
}

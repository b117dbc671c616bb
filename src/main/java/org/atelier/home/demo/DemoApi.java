package org.atelier.home.demo;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.atelier.platform.Access;
import org.atelier.platform.CurrentPerson;
import org.atelier.platform.Person;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The demo as JSON. */
@Path("/api/v1/demo")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@Tag(name = "Demo")
class DemoApi {

  private final Demo demo;
  private final Access access;
  private final CurrentPerson currentPerson;

  DemoApi(Demo demo, Access access, CurrentPerson currentPerson) {
    this.demo = demo;
    this.access = access;
    this.currentPerson = currentPerson;
  }

  /**
   * How far the demo is.
   *
   * @param exists whether the installation has one
   * @param member whether the caller is in its project; the ids are null otherwise
   * @param mayBegin whether the caller may make it
   * @param ready whether one can label
   * @param complete whether both jobs are there
   * @param garmentsJob null until its pictures are imported
   * @param descriptionsJob null until its texts are imported
   */
  record View(
      boolean exists,
      boolean member,
      boolean mayBegin,
      boolean ready,
      boolean complete,
      UUID project,
      UUID garmentsJob,
      UUID descriptionsJob) {}

  @GET
  @Operation(summary = "How far the demo is: its project and its jobs")
  public View state() {
    return view(currentPerson.require());
  }

  @POST
  @Operation(
      summary = "Makes the demo; for administrators of the installation",
      description =
          "One for the installation: a project with two datasets and two running jobs, which are"
              + " there when complete is true. Joining a demo that others made gives roles, so it"
              + " needs somebody who signed in, not a token")
  public Response begin() {
    Person person = currentPerson.require();
    if (!view(person).member()) {
      demo.begin(person);
    }
    return Response.accepted(view(person)).build();
  }

  private View view(Person person) {
    Demo.State state = demo.state();
    if (state == null || access.roles(state.projectId()).isEmpty()) {
      return new View(state != null, false, person.administrator(), false, false, null, null, null);
    }
    return new View(
        true,
        true,
        person.administrator(),
        state.ready(),
        state.complete(),
        state.projectId(),
        state.garmentsJob(),
        state.descriptionsJob());
  }
}

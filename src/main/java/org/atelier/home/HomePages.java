package org.atelier.home;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import org.atelier.platform.CurrentPerson;
import org.atelier.platform.ProjectRef;
import org.atelier.workforce.People;

/** The start of the installation leads to where the person works. */
@Path("/")
@Blocking
class HomePages {

  private final People people;
  private final CurrentPerson currentPerson;

  HomePages(People people, CurrentPerson currentPerson) {
    this.people = people;
    this.currentPerson = currentPerson;
  }

  @GET
  public Response start() {
    List<ProjectRef> projects = people.projectsOf(currentPerson.require().id());
    String target = projects.size() == 1 ? "/p/" + projects.get(0).slug() : "/projects";
    return Response.seeOther(URI.create(target)).build();
  }
}

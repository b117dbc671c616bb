package org.atelier.home;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import org.atelier.platform.Access;
import org.atelier.platform.CurrentPerson;
import org.atelier.platform.ProjectRef;
import org.atelier.workforce.People;

/** The start page of the installation and of a project. */
@Path("/")
@Blocking
@Produces(MediaType.TEXT_HTML)
class HomePages {

  @CheckedTemplate(basePath = "home")
  static class Templates {
    static native TemplateInstance project(ProjectRef project);
  }

  private final People people;
  private final Access access;
  private final CurrentPerson currentPerson;

  HomePages(People people, Access access, CurrentPerson currentPerson) {
    this.people = people;
    this.access = access;
    this.currentPerson = currentPerson;
  }

  @GET
  Response start() {
    List<ProjectRef> projects = people.projectsOf(currentPerson.require().id());
    String target = projects.size() == 1 ? "/p/" + projects.get(0).slug() : "/projects";
    return Response.seeOther(URI.create(target)).build();
  }

  @GET
  @Path("p/{slug}")
  TemplateInstance project(@PathParam("slug") String slug) {
    return Templates.project(access.project(slug));
  }
}

package org.atelier.home;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.atelier.home.demo.Demo;
import org.atelier.platform.Access;
import org.atelier.platform.CurrentPerson;
import org.atelier.platform.ProjectRef;

/** The start page of a project. */
@Path("/p/{slug}")
@Blocking
@Produces(MediaType.TEXT_HTML)
class ProjectHomePages {

  @CheckedTemplate(basePath = "home")
  static class Templates {
    static native TemplateInstance project(ProjectRef project, boolean offersDemo, boolean isDemo);
  }

  private final Access access;
  private final CurrentPerson currentPerson;
  private final Demo demo;

  ProjectHomePages(Access access, CurrentPerson currentPerson, Demo demo) {
    this.access = access;
    this.currentPerson = currentPerson;
    this.demo = demo;
  }

  @GET
  public TemplateInstance project(@PathParam("slug") String slug) {
    ProjectRef project = access.project(slug);
    Demo.State state = demo.state();
    boolean offers = state == null && currentPerson.require().administrator();
    return Templates.project(
        project, offers, state != null && state.projectId().equals(project.id()));
  }
}

package org.atelier.home;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.atelier.platform.Access;
import org.atelier.platform.ProjectRef;

/** The start page of a project. */
@Path("/p/{slug}")
@Blocking
@Produces(MediaType.TEXT_HTML)
class ProjectHomePages {

  @CheckedTemplate(basePath = "home")
  static class Templates {
    static native TemplateInstance project(ProjectRef project);
  }

  private final Access access;

  ProjectHomePages(Access access) {
    this.access = access;
  }

  @GET
  public TemplateInstance project(@PathParam("slug") String slug) {
    return Templates.project(access.project(slug));
  }
}

package org.atelier.labeling;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import org.atelier.dataset.HeldPictures;
import org.atelier.platform.ProblemException;
import org.atelier.platform.ProjectRef;
import org.jboss.resteasy.reactive.RestForm;

/** A picture that was brought to show a label: who shows it, and how it goes for good. */
@Path("/p/{slug}/jobs/example-pictures/{sha256}")
@Blocking
@Produces(MediaType.TEXT_HTML)
class ExamplePicturePages {

  @CheckedTemplate(basePath = "labeling")
  static class Templates {
    static native TemplateInstance examplePicture(
        ProjectRef project,
        String sha256,
        HeldPictures.RemovedPicture removed,
        List<LabelSetRepository.Use> uses,
        String reason,
        String problem);
  }

  private final JobDesk desk;
  private final HeldPictures pictures;
  private final LabelSetRepository labels;

  ExamplePicturePages(JobDesk desk, HeldPictures pictures, LabelSetRepository labels) {
    this.desk = desk;
    this.pictures = pictures;
    this.labels = labels;
  }

  @GET
  public TemplateInstance picture(
      @PathParam("slug") String slug, @PathParam("sha256") String sha256) {
    return page(desk.manageable(slug), sha256, "", null);
  }

  private TemplateInstance page(ProjectRef project, String sha256, String reason, String problem) {
    List<String> one = List.of(sha256);
    HeldPictures.RemovedPicture removed =
        pictures.removed(project.id(), one).stream().findFirst().orElse(null);
    if (removed == null && pictures.brought(project.id(), one).isEmpty()) {
      throw ProblemException.notFound("The project has no such example picture.");
    }
    return Templates.examplePicture(
        project, sha256, removed, labels.showing(project.id(), sha256), reason, problem);
  }

  @POST
  @Path("remove")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response remove(
      @PathParam("slug") String slug, @PathParam("sha256") String sha256, @RestForm String reason) {
    ProjectRef project = desk.manageable(slug);
    try {
      pictures.remove(project.id(), sha256, reason);
    } catch (ProblemException e) {
      if (!"reason".equals(e.members().get("field"))) {
        throw e;
      }
      return Response.status(e.problem().status())
          .entity(page(project, sha256, reason == null ? "" : reason, e.getMessage()))
          .build();
    }
    return Response.seeOther(URI.create("/p/" + slug + "/jobs/example-pictures/" + sha256)).build();
  }
}

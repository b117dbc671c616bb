package org.atelier.learning.embedding;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.UUID;
import org.atelier.dataset.DatasetView;
import org.atelier.dataset.Datasets;
import org.atelier.platform.Access;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.Role;

/** Where one brings embeddings for a dataset and sees what came of them. */
@Path("/p/{slug}/datasets/{dataset}/embeddings")
@Blocking
@Produces(MediaType.TEXT_HTML)
class EmbeddingPages {

  static final Role[] READERS = {
    Role.REVIEWER, Role.MANAGER, Role.APPROVER, Role.AUDITOR, Role.ADMIN
  };

  @CheckedTemplate(basePath = "learning")
  static class Templates {
    static native TemplateInstance embeddings(
        ProjectRef project, DatasetView dataset, Embeddings.View now, boolean manager);

    static native TemplateInstance embeddings$now(
        ProjectRef project, DatasetView dataset, Embeddings.View now, boolean manager);
  }

  private final Embeddings embeddings;
  private final Datasets datasets;
  private final Access access;

  EmbeddingPages(Embeddings embeddings, Datasets datasets, Access access) {
    this.embeddings = embeddings;
    this.datasets = datasets;
    this.access = access;
  }

  @GET
  public TemplateInstance show(
      @PathParam("slug") String slug,
      @PathParam("dataset") UUID id,
      @HeaderParam("HX-Request") String htmx) {
    ProjectRef project = access.project(slug);
    access.require(project.id(), READERS);
    DatasetView dataset = datasets.dataset(project.id(), id);
    Embeddings.View now = embeddings.find(project.id(), id);
    boolean manager = access.may(project.id(), Role.MANAGER);
    return htmx == null
        ? Templates.embeddings(project, dataset, now, manager)
        : Templates.embeddings$now(project, dataset, now, manager);
  }

  @POST
  @Path("remove")
  public Response remove(@PathParam("slug") String slug, @PathParam("dataset") UUID id) {
    ProjectRef project = access.project(slug);
    access.require(project.id(), Role.MANAGER);
    embeddings.remove(project.id(), id);
    return Response.seeOther(URI.create("/p/" + slug + "/datasets/" + id + "/embeddings")).build();
  }
}

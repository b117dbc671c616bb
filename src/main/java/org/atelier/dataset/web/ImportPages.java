package org.atelier.dataset.web;

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
import java.util.List;
import java.util.UUID;
import org.atelier.dataset.DatasetView;
import org.atelier.dataset.ItemRow;
import org.atelier.dataset.LabelCount;
import org.atelier.dataset.catalog.CatalogReads;
import org.atelier.dataset.catalog.ItemQuery;
import org.atelier.dataset.intake.ImportService;
import org.atelier.dataset.intake.ImportView;
import org.atelier.dataset.intake.RefusedRow;
import org.atelier.platform.Access;
import org.atelier.platform.Cursor;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.work.WorkService;
import org.atelier.platform.work.WorkView;

/** How one import goes and what it refused. */
@Path("/p/{slug}/datasets/imports/{import}")
@Blocking
@Produces(MediaType.TEXT_HTML)
class ImportPages {

  private static final int SHOWN = 50;
  private static final int LOOKS = 12;
  private static final int LABELS = 12;

  @CheckedTemplate(basePath = "dataset")
  static class Templates {
    static native TemplateInstance progress(
        ProjectRef project,
        DatasetView dataset,
        ImportView run,
        List<RefusedRow> refused,
        boolean manager,
        String timeLeft,
        Found found);

    static native TemplateInstance progress$now(
        ProjectRef project,
        DatasetView dataset,
        ImportView run,
        List<RefusedRow> refused,
        boolean manager,
        String timeLeft,
        Found found);
  }

  /**
   * What a finished import brought, to look at.
   *
   * @param items the first of its items
   * @param labels the most frequent known labels of its version
   * @param moreLabels how many other labels there are
   */
  record Found(List<ItemRow> items, List<LabelCount> labels, int moreLabels) {

    static final Found NOTHING = new Found(List.of(), List.of(), 0);
  }

  private final ImportService imports;
  private final CatalogReads reads;
  private final Access access;
  private final WorkService works;

  ImportPages(ImportService imports, CatalogReads reads, Access access, WorkService works) {
    this.imports = imports;
    this.reads = reads;
    this.access = access;
    this.works = works;
  }

  @GET
  public TemplateInstance progress(
      @PathParam("slug") String slug,
      @PathParam("import") UUID id,
      @HeaderParam("HX-Request") String htmx) {
    ProjectRef project = access.project(slug);
    Desk.requireReader(access, project.id());
    ImportView run = imports.view(project.id(), id);
    DatasetView dataset = reads.dataset(project.id(), run.datasetId());
    List<RefusedRow> refused = imports.refusals(project.id(), id, SHOWN);
    boolean manager = Desk.isManager(access, project.id());
    return htmx == null
        ? Templates.progress(
            project, dataset, run, refused, manager, timeLeft(run), found(project, run))
        : Templates.progress$now(
            project, dataset, run, refused, manager, timeLeft(run), found(project, run));
  }

  private Found found(ProjectRef project, ImportView run) {
    if (!run.state().equals("DONE") || run.version() == null) {
      return Found.NOTHING;
    }
    List<LabelCount> labels = reads.labels(project.id(), run.datasetId(), run.version());
    int shown = Math.min(LABELS, labels.size());
    String first = Cursor.of(run.firstOrdinal());
    return new Found(
        reads
            .find(project.id(), run.datasetId(), run.version(), ItemQuery.ALL, first, LOOKS)
            .rows(),
        labels.subList(0, shown),
        labels.size() - shown);
  }

  private String timeLeft(ImportView run) {
    return run.open() ? works.find(run.workId()).map(WorkView::timeLeftWords).orElse("") : "";
  }

  @POST
  @Path("resume")
  public Response resume(@PathParam("slug") String slug, @PathParam("import") UUID id) {
    ProjectRef project = access.project(slug);
    Desk.requireManager(access, project.id());
    imports.resume(project.id(), id);
    return back(slug, id);
  }

  @POST
  @Path("cancel")
  public Response cancel(@PathParam("slug") String slug, @PathParam("import") UUID id) {
    ProjectRef project = access.project(slug);
    Desk.requireManager(access, project.id());
    imports.cancel(project.id(), id);
    return back(slug, id);
  }

  private static Response back(String slug, UUID id) {
    return Response.seeOther(URI.create("/p/" + slug + "/datasets/imports/" + id)).build();
  }
}

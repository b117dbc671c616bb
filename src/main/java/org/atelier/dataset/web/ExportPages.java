package org.atelier.dataset.web;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.atelier.dataset.DatasetView;
import org.atelier.dataset.ItemKind;
import org.atelier.dataset.catalog.CatalogReads;
import org.atelier.dataset.export.ExportFormat;
import org.atelier.platform.Access;
import org.atelier.platform.BaseAddress;
import org.atelier.platform.ProjectRef;

/** Where one chooses the form of an export. */
@Path("/p/{slug}/datasets/{dataset}/export")
@Blocking
@Produces(MediaType.TEXT_HTML)
class ExportPages {

  @CheckedTemplate(basePath = "dataset")
  static class Templates {
    static native TemplateInstance export(
        ProjectRef project,
        DatasetView dataset,
        int version,
        UUID labels,
        List<ExportFormat> formats,
        String command);
  }

  private final CatalogReads reads;
  private final Access access;
  private final BaseAddress address;

  ExportPages(CatalogReads reads, Access access, BaseAddress address) {
    this.reads = reads;
    this.access = access;
    this.address = address;
  }

  /**
   * @param labels the job whose labels are exported, the known labels when absent
   */
  @GET
  public TemplateInstance choose(
      @PathParam("slug") String slug,
      @PathParam("dataset") UUID id,
      @QueryParam("version") Integer version,
      @QueryParam("labels") UUID labels) {
    ProjectRef project = access.project(slug);
    Desk.requireReader(access, project.id());
    DatasetView dataset = reads.dataset(project.id(), id);
    List<ExportFormat> formats =
        List.of(ExportFormat.values()).stream()
            .filter(f -> dataset.kind() == ItemKind.IMAGE || f != ExportFormat.COCO)
            .toList();
    int number = version == null ? dataset.latestVersion() : version;
    String command = command(address.url(), project.slug(), id, number, labels);
    return Templates.export(project, dataset, number, labels, formats, command);
  }

  /** A whole line for a shell that exports the same as CSV. */
  static String command(String url, String slug, UUID dataset, int version, UUID labels) {
    return "java -jar quarkus-run.jar export --url %s --project %s --dataset %s --version-number %d%s --format csv --out labels.csv"
        .formatted(url, slug, dataset, version, labels == null ? "" : " --labels " + labels);
  }
}

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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.atelier.dataset.BundledDatasets;
import org.atelier.dataset.DatasetProblem;
import org.atelier.dataset.DatasetView;
import org.atelier.dataset.ItemRow;
import org.atelier.dataset.LabelCount;
import org.atelier.dataset.VersionView;
import org.atelier.dataset.catalog.CatalogReads;
import org.atelier.dataset.catalog.DatasetService;
import org.atelier.dataset.catalog.ItemQuery;
import org.atelier.dataset.intake.ImportService;
import org.atelier.dataset.intake.ImportView;
import org.atelier.platform.Access;
import org.atelier.platform.CurrentPerson;
import org.atelier.platform.ProblemException;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.Slice;
import org.jboss.resteasy.reactive.RestForm;

/** The list of datasets, one dataset with its items and versions, and one item. */
@Path("/p/{slug}/datasets")
@Blocking
@Produces(MediaType.TEXT_HTML)
class DatasetPages {

  private static final int PICTURES = 60;
  private static final int ROWS = 100;

  /** Adding up the bytes of more items would keep the page waiting. */
  private static final int MOST_SUMMED = 200_000;

  @CheckedTemplate(basePath = "dataset")
  static class Templates {
    static native TemplateInstance datasets(
        ProjectRef project,
        List<DatasetView> datasets,
        List<ImportView> open,
        List<BundledDatasets.Bundle> samples,
        boolean manager,
        boolean administrator);

    static native TemplateInstance items(
        ProjectRef project,
        DatasetView dataset,
        VersionView version,
        List<VersionView> versions,
        List<LabelCount> labels,
        Search search,
        Slice<ItemRow> items,
        boolean manager);

    static native TemplateInstance item(
        ProjectRef project,
        DatasetView dataset,
        int version,
        ItemRow item,
        CatalogReads.Neighbours neighbours,
        boolean manager,
        String problem);

    static native TemplateInstance item$figure(
        ProjectRef project,
        DatasetView dataset,
        int version,
        ItemRow item,
        CatalogReads.Neighbours neighbours,
        boolean manager,
        String problem);

    static native TemplateInstance versions(
        ProjectRef project,
        DatasetView dataset,
        List<VersionView> versions,
        List<CatalogReads.Tombstone> tombstones,
        List<ImportView> imports,
        long bytes,
        boolean manager);
  }

  /** What was looked for and how it is shown. */
  record Search(ItemQuery query, boolean table, String address) {

    /** The address of this search with another cursor or look. */
    public String with(String more) {
      return address + more;
    }
  }

  private final DatasetService datasets;
  private final CatalogReads reads;
  private final ImportService imports;
  private final Access access;
  private final CurrentPerson person;
  private final BundledDatasets bundled;

  DatasetPages(
      DatasetService datasets,
      CatalogReads reads,
      ImportService imports,
      Access access,
      CurrentPerson person,
      BundledDatasets bundled) {
    this.datasets = datasets;
    this.reads = reads;
    this.imports = imports;
    this.access = access;
    this.person = person;
    this.bundled = bundled;
  }

  @GET
  public TemplateInstance list(@PathParam("slug") String slug) {
    ProjectRef project = read(slug);
    return Templates.datasets(
        project,
        reads.datasets(project.id()),
        imports.open(project.id()),
        List.of(BundledDatasets.Bundle.values()),
        Desk.isManager(access, project.id()),
        person.require().administrator());
  }

  @POST
  @Path("samples")
  public Response sample(@PathParam("slug") String slug, @RestForm BundledDatasets.Bundle bundle) {
    ProjectRef project = access.project(slug);
    Desk.requireManager(access, project.id());
    if (bundle == null) {
      throw ProblemException.invalid("bundle", "Choose one of the samples.");
    }
    UUID dataset = bundled.bring(project.id(), bundle);
    String begun = imports.ofDataset(project.id(), dataset).get(0).id().toString();
    return Response.seeOther(URI.create("/p/" + slug + "/datasets/imports/" + begun)).build();
  }

  @GET
  @Path("{dataset}")
  public Object items(
      @PathParam("slug") String slug,
      @PathParam("dataset") UUID id,
      @QueryParam("version") Integer number,
      @QueryParam("q") String text,
      @QueryParam("label") String label,
      @QueryParam("key") String key,
      @QueryParam("value") String value,
      @QueryParam("view") String view,
      @QueryParam("cursor") String cursor) {
    ProjectRef project = read(slug);
    DatasetView dataset = reads.dataset(project.id(), id);
    if (dataset.latestVersion() == 0) {
      return Response.seeOther(URI.create("/p/" + slug + "/datasets/" + id + "/versions")).build();
    }
    VersionView version =
        reads.version(project.id(), id, number == null ? dataset.latestVersion() : number);
    ItemQuery query = new ItemQuery(text, label, key, value);
    boolean table = "table".equals(view);
    Slice<ItemRow> items =
        reads.find(project.id(), id, version.number(), query, cursor, table ? ROWS : PICTURES);
    String address = "/p/" + slug + "/datasets/" + id + "?version=" + version.number();
    return Templates.items(
        project,
        dataset,
        version,
        reads.versions(project.id(), id),
        labels(project, dataset, version),
        new Search(query, table, address + Addresses.of(query)),
        items,
        Desk.isManager(access, project.id()));
  }

  private List<LabelCount> labels(ProjectRef project, DatasetView dataset, VersionView version) {
    if (version.labeled() == 0) {
      return List.of();
    }
    List<LabelCount> labels = reads.labels(project.id(), dataset.id(), version.number());
    return labels.size() > 200 ? labels.subList(0, 200) : labels;
  }

  @GET
  @Path("{dataset}/versions")
  public TemplateInstance versions(@PathParam("slug") String slug, @PathParam("dataset") UUID id) {
    ProjectRef project = read(slug);
    DatasetView dataset = reads.dataset(project.id(), id);
    return Templates.versions(
        project,
        dataset,
        reads.versions(project.id(), id),
        reads.tombstones(project.id(), id),
        imports.ofDataset(project.id(), id),
        dataset.itemCount() > MOST_SUMMED ? -1 : reads.bytes(project.id(), id),
        Desk.isManager(access, project.id()));
  }

  @GET
  @Path("{dataset}/items/{item}")
  public TemplateInstance item(
      @PathParam("slug") String slug,
      @PathParam("dataset") UUID id,
      @PathParam("item") UUID item,
      @QueryParam("version") Integer number,
      @HeaderParam("HX-Request") String htmx) {
    ProjectRef project = read(slug);
    return item(project, id, item, number, null, htmx != null);
  }

  private TemplateInstance item(
      ProjectRef project, UUID id, UUID itemId, Integer number, String problem, boolean part) {
    DatasetView dataset = reads.dataset(project.id(), id);
    int version = number == null ? dataset.latestVersion() : number;
    ItemRow item =
        datasets
            .item(project.id(), itemId)
            .filter(found -> found.datasetId().equals(id))
            .orElseThrow(
                () ->
                    new ProblemException(
                        DatasetProblem.ITEM_NOT_FOUND,
                        "The dataset has no such item; it may have been deleted."));
    CatalogReads.Neighbours neighbours = reads.neighbours(id, version, item.ordinal());
    boolean manager = Desk.isManager(access, project.id());
    return part
        ? Templates.item$figure(project, dataset, version, item, neighbours, manager, problem)
        : Templates.item(project, dataset, version, item, neighbours, manager, problem);
  }

  @POST
  @Path("{dataset}/items/{item}/delete")
  public Response delete(
      @PathParam("slug") String slug,
      @PathParam("dataset") UUID id,
      @PathParam("item") UUID item,
      @RestForm String reason) {
    ProjectRef project = access.project(slug);
    Desk.requireManager(access, project.id());
    try {
      datasets.delete(project.id(), id, List.of(item), reason);
    } catch (ProblemException e) {
      if (!"reason".equals(e.members().get("field"))) {
        throw e;
      }
      return Response.status(e.problem().status())
          .entity(item(project, id, item, null, e.getMessage(), false))
          .build();
    }
    return Response.seeOther(URI.create("/p/" + slug + "/datasets/" + id + "/versions")).build();
  }

  private ProjectRef read(String slug) {
    ProjectRef project = access.project(slug);
    Desk.requireReader(access, project.id());
    return project;
  }
}

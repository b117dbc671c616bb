package org.atelier.dataset.web;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.atelier.dataset.DatasetProblem;
import org.atelier.dataset.DatasetView;
import org.atelier.dataset.ItemKind;
import org.atelier.dataset.ItemRow;
import org.atelier.dataset.LabelCount;
import org.atelier.dataset.Pictures;
import org.atelier.dataset.VersionView;
import org.atelier.dataset.catalog.CatalogReads;
import org.atelier.dataset.catalog.DatasetService;
import org.atelier.dataset.catalog.ItemQuery;
import org.atelier.dataset.intake.ImportService;
import org.atelier.dataset.intake.ImportSpec;
import org.atelier.dataset.intake.ImportView;
import org.atelier.platform.Access;
import org.atelier.platform.ProblemException;
import org.atelier.platform.Slice;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Datasets, their versions and items as JSON. */
@Path("/api/v1/projects/{projectId}")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Datasets")
class DatasetApi {

  private static final int MOST_ITEMS = 1_000;

  private final DatasetService datasets;
  private final CatalogReads reads;
  private final ImportService imports;
  private final Pictures pictures;
  private final Access access;

  DatasetApi(
      DatasetService datasets,
      CatalogReads reads,
      ImportService imports,
      Pictures pictures,
      Access access) {
    this.datasets = datasets;
    this.reads = reads;
    this.imports = imports;
    this.pictures = pictures;
    this.access = access;
  }

  /** A dataset to be made from a source. */
  record NewDataset(String name, ItemKind kind, String description, ImportSpec source) {}

  /** Items to be deleted for good. */
  record Deletion(List<UUID> items, String reason) {}

  /** What a deletion came to. */
  record Deleted(int version) {}

  @GET
  @Path("datasets")
  @Operation(summary = "Datasets of the project, newest first")
  public List<DatasetView> list(@PathParam("projectId") UUID project) {
    Desk.requireReader(access, project);
    return reads.datasets(project);
  }

  @POST
  @Path("datasets")
  @Operation(summary = "Makes a dataset and begins its first import")
  public Response create(@PathParam("projectId") UUID project, NewDataset made) {
    Desk.requireManager(access, project);
    if (made == null || made.kind() == null) {
      throw ProblemException.invalid("kind", "Say whether the items are IMAGE or TEXT.");
    }
    ImportView begun =
        imports.create(project, made.name(), made.kind(), made.description(), made.source());
    return Response.accepted(begun).build();
  }

  @GET
  @Path("datasets/{dataset}")
  @Operation(summary = "One dataset with its newest version")
  public DatasetView dataset(
      @PathParam("projectId") UUID project, @PathParam("dataset") UUID dataset) {
    Desk.requireReader(access, project);
    return reads.dataset(project, dataset);
  }

  @GET
  @Path("datasets/{dataset}/versions")
  @Operation(summary = "Versions of a dataset, newest first")
  public List<VersionView> versions(
      @PathParam("projectId") UUID project, @PathParam("dataset") UUID dataset) {
    Desk.requireReader(access, project);
    reads.dataset(project, dataset);
    return reads.versions(project, dataset);
  }

  @GET
  @Path("datasets/{dataset}/deleted")
  @Operation(summary = "Deleted items of a dataset, newest first, at most 1,000")
  public List<CatalogReads.Tombstone> deleted(
      @PathParam("projectId") UUID project, @PathParam("dataset") UUID dataset) {
    Desk.requireReader(access, project);
    return reads.tombstones(project, dataset);
  }

  @GET
  @Path("datasets/{dataset}/versions/{number}")
  @Operation(summary = "One version of a dataset")
  public VersionView version(
      @PathParam("projectId") UUID project,
      @PathParam("dataset") UUID dataset,
      @PathParam("number") int number) {
    Desk.requireReader(access, project);
    return reads.version(project, dataset, number);
  }

  @GET
  @Path("datasets/{dataset}/versions/{number}/labels")
  @Operation(summary = "Labels of a version with their frequency")
  public List<LabelCount> labels(
      @PathParam("projectId") UUID project,
      @PathParam("dataset") UUID dataset,
      @PathParam("number") int number) {
    Desk.requireReader(access, project);
    return reads.labels(project, dataset, number);
  }

  @GET
  @Path("datasets/{dataset}/versions/{number}/items")
  @Operation(summary = "Items of a version in order, with search; pass next as cursor to go on")
  public Slice<ItemRow> items(
      @PathParam("projectId") UUID project,
      @PathParam("dataset") UUID dataset,
      @PathParam("number") int number,
      @QueryParam("text") String text,
      @QueryParam("label") String label,
      @QueryParam("key") String key,
      @QueryParam("value") String value,
      @QueryParam("cursor") String cursor,
      @QueryParam("limit") @DefaultValue("100") int limit) {
    Desk.requireReader(access, project);
    if (limit < 1 || limit > MOST_ITEMS) {
      throw ProblemException.invalid("limit", "The limit is 1 to 1,000.");
    }
    ItemQuery query = new ItemQuery(text, label, key, value);
    return reads.find(project, dataset, number, query, cursor, limit);
  }

  @POST
  @Path("datasets/{dataset}/items/delete")
  @Operation(summary = "Deletes items for good and makes a version without them")
  public Deleted delete(
      @PathParam("projectId") UUID project, @PathParam("dataset") UUID dataset, Deletion deletion) {
    Desk.requireManager(access, project);
    if (deletion == null || deletion.items() == null) {
      throw ProblemException.invalid("items", "Name the items to delete.");
    }
    return new Deleted(datasets.delete(project, dataset, deletion.items(), deletion.reason()));
  }

  @GET
  @Path("items/{item}")
  @Operation(summary = "One item")
  public ItemRow item(@PathParam("projectId") UUID project, @PathParam("item") UUID item) {
    Desk.requireReader(access, project);
    return datasets
        .item(project, item)
        .orElseThrow(
            () ->
                new ProblemException(
                    DatasetProblem.ITEM_NOT_FOUND, "The project has no such item."));
  }

  @GET
  @Path("pictures/{sha256}")
  @Produces({"image/jpeg", "image/png", "image/webp"})
  @Operation(summary = "A picture, or its thumbnail of long side 96, 256 or 1024")
  public Response picture(
      @PathParam("projectId") UUID project,
      @PathParam("sha256") String sha256,
      @QueryParam("size") Integer size,
      @HeaderParam("If-None-Match") String known) {
    access.require(project);
    return BlobPages.serve(pictures, project, sha256, size, known);
  }
}

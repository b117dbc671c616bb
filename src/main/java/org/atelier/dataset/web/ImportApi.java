package org.atelier.dataset.web;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
import java.util.List;
import java.util.UUID;
import org.atelier.dataset.Datasets;
import org.atelier.dataset.intake.ImportService;
import org.atelier.dataset.intake.ImportSpec;
import org.atelier.dataset.intake.ImportView;
import org.atelier.dataset.intake.SourcePrefixes;
import org.atelier.dataset.intake.UploadFiles;
import org.atelier.platform.Access;
import org.atelier.platform.CurrentPerson;
import org.atelier.platform.ProblemException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Uploads and imports as JSON. */
@Path("/api/v1/projects/{projectId}")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Imports")
class ImportApi {

  private final ImportService imports;
  private final UploadFiles uploads;
  private final SourcePrefixes prefixes;
  private final Datasets datasets;
  private final Access access;
  private final CurrentPerson person;

  ImportApi(
      ImportService imports,
      UploadFiles uploads,
      SourcePrefixes prefixes,
      Datasets datasets,
      Access access,
      CurrentPerson person) {
    this.imports = imports;
    this.uploads = uploads;
    this.prefixes = prefixes;
    this.datasets = datasets;
    this.access = access;
    this.person = person;
  }

  /** Files about to be sent; announced again with the same key, the upload goes on. */
  record NewUpload(List<UploadFiles.Announced> files, String key) {}

  /** An upload and how much of each file is there. */
  record Upload(UUID id, List<UploadFiles.Part> files) {}

  /** Bytes of a file that are there. */
  record Received(long received) {}

  @POST
  @Path("uploads")
  @Operation(summary = "Announces files; send their bytes in parts afterwards")
  public Upload begin(@PathParam("projectId") UUID project, NewUpload made) {
    Desk.requireManager(access, project);
    if (made == null) {
      throw ProblemException.invalid("files", "Announce the files.");
    }
    UUID id = uploads.begin(project, person.require().id(), made.files(), made.key());
    return new Upload(id, uploads.parts(project, id));
  }

  @GET
  @Path("uploads/{upload}")
  @Operation(summary = "How much of an upload is there, to go on after an interruption")
  public Upload upload(@PathParam("projectId") UUID project, @PathParam("upload") UUID upload) {
    Desk.requireManager(access, project);
    return new Upload(upload, uploads.parts(project, upload));
  }

  @PUT
  @Path("uploads/{upload}/files/{number}")
  @Consumes(MediaType.APPLICATION_OCTET_STREAM)
  @Operation(summary = "Adds bytes to a file from an offset on (at most 64 MiB a request)")
  public Received append(
      @PathParam("projectId") UUID project,
      @PathParam("upload") UUID upload,
      @PathParam("number") int number,
      @QueryParam("offset") long offset,
      InputStream bytes) {
    Desk.requireManager(access, project);
    return new Received(uploads.append(project, upload, number, offset, bytes));
  }

  @POST
  @Path("datasets/{dataset}/imports")
  @Operation(summary = "Begins to import more items into a dataset; a new version comes of it")
  public Response start(
      @PathParam("projectId") UUID project, @PathParam("dataset") UUID dataset, ImportSpec source) {
    Desk.requireManager(access, project);
    return Response.accepted(imports.start(project, dataset, source)).build();
  }

  @GET
  @Path("datasets/{dataset}/imports")
  @Operation(summary = "Imports of a dataset, newest first")
  public List<ImportView> list(
      @PathParam("projectId") UUID project, @PathParam("dataset") UUID dataset) {
    Desk.requireReader(access, project);
    datasets.dataset(project, dataset);
    return imports.ofDataset(project, dataset);
  }

  @GET
  @Path("imports/{import}")
  @Operation(summary = "How an import stands")
  public ImportView view(@PathParam("projectId") UUID project, @PathParam("import") UUID id) {
    Desk.requireReader(access, project);
    return imports.view(project, id);
  }

  @POST
  @Path("imports/{import}/resume")
  @Consumes(MediaType.WILDCARD)
  @Operation(summary = "Continues a failed import after the last row taken")
  public ImportView resume(@PathParam("projectId") UUID project, @PathParam("import") UUID id) {
    Desk.requireManager(access, project);
    imports.resume(project, id);
    return imports.view(project, id);
  }

  @POST
  @Path("imports/{import}/cancel")
  @Consumes(MediaType.WILDCARD)
  @Operation(summary = "Ends an import and takes back what it wrote")
  public ImportView cancel(@PathParam("projectId") UUID project, @PathParam("import") UUID id) {
    Desk.requireManager(access, project);
    imports.cancel(project, id);
    return imports.view(project, id);
  }

  @GET
  @Path("imports/{import}/refused.csv")
  @Produces("text/csv")
  @Operation(summary = "Rows that were refused, and why")
  public Response refused(@PathParam("projectId") UUID project, @PathParam("import") UUID id) {
    Desk.requireReader(access, project);
    imports.view(project, id);
    StreamingOutput csv = out -> RefusalReport.write(imports, project, id, out);
    return Response.ok(csv)
        .type("text/csv; charset=utf-8")
        .header("Content-Disposition", "attachment; filename=\"refused-rows.csv\"")
        .build();
  }

  @GET
  @Path("source-prefixes")
  @Operation(summary = "Places that manifests of the project may point to")
  public List<SourcePrefixes.Prefix> prefixes(@PathParam("projectId") UUID project) {
    Desk.requireReader(access, project);
    return prefixes.list(project);
  }

  @PUT
  @Path("source-prefixes")
  @Operation(summary = "Allows a place for manifests; administrators only")
  public List<SourcePrefixes.Prefix> allow(
      @PathParam("projectId") UUID project, SourcePrefixes.Prefix prefix) {
    Desk.requireManager(access, project);
    if (prefix == null) {
      throw ProblemException.invalid("prefix", "Give the prefix.");
    }
    imports.allow(project, prefix.prefix(), prefix.location());
    return prefixes.list(project);
  }

  @DELETE
  @Path("source-prefixes")
  @Operation(summary = "Forbids a place again; administrators only")
  public List<SourcePrefixes.Prefix> forbid(
      @PathParam("projectId") UUID project, @QueryParam("prefix") String prefix) {
    Desk.requireManager(access, project);
    imports.requireAdministrator();
    prefixes.forbid(project, prefix);
    return prefixes.list(project);
  }
}

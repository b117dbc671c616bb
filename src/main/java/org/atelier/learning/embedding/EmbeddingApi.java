package org.atelier.learning.embedding;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.UUID;
import org.atelier.platform.Access;
import org.atelier.platform.Role;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Imported embeddings of a dataset as JSON. */
@Path("/api/v1/projects/{projectId}/datasets/{dataset}/embeddings")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Embeddings")
class EmbeddingApi {

  private final Embeddings embeddings;
  private final Access access;

  EmbeddingApi(Embeddings embeddings, Access access) {
    this.embeddings = embeddings;
    this.access = access;
  }

  /** A complete upload that holds one CSV, one Parquet file, or one npy file with its ids. */
  record NewEmbeddings(UUID upload) {}

  @GET
  @Operation(summary = "What embeddings a dataset has and what reading the newest file came to")
  public Embeddings.View find(
      @PathParam("projectId") UUID project, @PathParam("dataset") UUID dataset) {
    access.require(project, EmbeddingPages.READERS);
    return embeddings.find(project, dataset);
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Read uploaded embeddings; they replace those the dataset had")
  public Response begin(
      @PathParam("projectId") UUID project,
      @PathParam("dataset") UUID dataset,
      NewEmbeddings sent) {
    access.require(project, Role.MANAGER);
    embeddings.begin(project, dataset, sent == null ? null : sent.upload());
    return Response.accepted(embeddings.find(project, dataset)).build();
  }

  @DELETE
  @Operation(summary = "Forget the embeddings of a dataset")
  public void remove(@PathParam("projectId") UUID project, @PathParam("dataset") UUID dataset) {
    access.require(project, Role.MANAGER);
    embeddings.remove(project, dataset);
  }

  @GET
  @Path("refused.csv")
  @Produces("text/csv")
  @Operation(summary = "The rows that were not taken, and why")
  public Response refused(
      @PathParam("projectId") UUID project, @PathParam("dataset") UUID dataset) {
    access.require(project, EmbeddingPages.READERS);
    InputStream csv = embeddings.refused(project, dataset);
    return Response.ok(csv)
        .header("Content-Disposition", "attachment; filename=\"refused-embeddings.csv\"")
        .build();
  }
}

package org.atelier.dataset.web;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.atelier.dataset.BundledDatasets;
import org.atelier.dataset.BundledDatasets.Bundle;
import org.atelier.dataset.ItemKind;
import org.atelier.dataset.intake.ImportService;
import org.atelier.platform.Access;
import org.atelier.platform.ProblemException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The datasets that come with Atelier, as JSON. */
@Path("/api/v1/projects/{projectId}/samples")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Datasets")
class SamplesApi {

  private final BundledDatasets bundled;
  private final ImportService imports;
  private final Access access;

  SamplesApi(BundledDatasets bundled, ImportService imports, Access access) {
    this.bundled = bundled;
    this.imports = imports;
    this.access = access;
  }

  /**
   * A sample.
   *
   * @param sample how it is asked for
   * @param title name of the dataset that comes of it
   */
  record Sample(Bundle sample, String title, String description, ItemKind kind) {

    private static Sample of(Bundle bundle) {
      return new Sample(bundle, bundle.title(), bundle.description(), bundle.kind());
    }
  }

  /** A sample to be brought. */
  record Wanted(Bundle sample) {}

  @GET
  @Operation(summary = "The sample datasets that come with Atelier")
  public List<Sample> list(@PathParam("projectId") UUID project) {
    Desk.requireReader(access, project);
    return Stream.of(Bundle.values()).map(Sample::of).toList();
  }

  @POST
  @Operation(
      summary = "Makes a dataset of a sample and begins to import it",
      description = "The answer is the import; a project can hold each sample once")
  public Response bring(@PathParam("projectId") UUID project, Wanted wanted) {
    Desk.requireManager(access, project);
    if (wanted == null || wanted.sample() == null) {
      throw ProblemException.invalid("sample", "Choose one of the samples: GET …/samples.");
    }
    UUID dataset = bundled.bring(project, wanted.sample());
    return Response.accepted(imports.ofDataset(project, dataset).get(0)).build();
  }
}

package org.atelier.home.simulation;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.UUID;
import org.atelier.labeling.JobView;
import org.atelier.labeling.Jobs;
import org.atelier.platform.Access;
import org.atelier.platform.ProblemException;
import org.atelier.platform.Role;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Sends simulated labelers to a job; they go home when their work is cancelled. */
@Path("/api/v1/projects/{project}/jobs/{job}/simulated-labelers")
@Blocking
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Simulations")
class SimulatedLabelersApi {

  private final Access access;
  private final Jobs jobs;
  private final SimulationStart start;

  SimulatedLabelersApi(Access access, Jobs jobs, SimulationStart start) {
    this.access = access;
    this.jobs = jobs;
    this.start = start;
  }

  @POST
  @Operation(
      summary = "Let simulated labelers answer through the real queue",
      description =
          "The dataset needs known labels. Their answers count like anybody's. The answer names the"
              + " background work; cancel it to send them home")
  public Response begin(
      @PathParam("project") UUID project, @PathParam("job") UUID jobId, Crew crew) {
    access.require(project, Role.MANAGER);
    JobView job = jobs.job(project, jobId);
    if (crew == null) {
      throw ProblemException.invalid("labelers", "Send how many labelers, errors and answers.");
    }
    return Response.accepted(Map.of("work", start.begin(job, crew))).build();
  }
}

package org.atelier.home.simulation;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.UUID;
import org.atelier.labeling.JobView;
import org.atelier.labeling.Jobs;
import org.atelier.platform.Access;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.Role;
import org.jboss.resteasy.reactive.RestForm;

/** Lets simulated labelers begin; the tab of the job shows them. */
@Path("/p/{slug}/simulated-labelers/{job}")
@Blocking
class SimulationPages {

  private final Access access;
  private final Jobs jobs;
  private final SimulationStart start;

  SimulationPages(Access access, Jobs jobs, SimulationStart start) {
    this.access = access;
    this.jobs = jobs;
    this.start = start;
  }

  @POST
  public Response begin(
      @PathParam("slug") String slug,
      @PathParam("job") UUID jobId,
      @RestForm Integer labelers,
      @RestForm Double errorPercent,
      @RestForm Integer answersPerMinute,
      @RestForm String confusion) {
    ProjectRef project = access.project(slug);
    access.require(project.id(), Role.MANAGER);
    JobView job = jobs.job(project.id(), jobId);
    start.begin(job, new Crew(labelers, errorPercent, answersPerMinute, confusion));
    String tab = "/p/" + slug + "/jobs/" + job.id() + "/" + SimulationSection.KEY;
    return Response.seeOther(URI.create(tab)).build();
  }
}

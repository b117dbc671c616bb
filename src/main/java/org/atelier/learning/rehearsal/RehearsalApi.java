package org.atelier.learning.rehearsal;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.atelier.platform.Access;
import org.atelier.platform.ProblemException;
import org.atelier.platform.Role;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Simulations for scripts, and the curves for their pages. */
@Path("/api/v1/projects/{project}/simulations")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Simulations")
class RehearsalApi {

  private final Rehearsals rehearsals;
  private final Access access;

  RehearsalApi(Rehearsals rehearsals, Access access) {
    this.rehearsals = rehearsals;
    this.access = access;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Start a campaign with simulated people on data whose labels are known",
      description =
          "The dataset alone suffices: what is missing takes the value of the page's form. A"
              + " problem names all fields that are wrong in fields. The simulation runs aside;"
              + " read it until it has a report or a refusal.")
  public Response start(@PathParam("project") UUID project, RehearsalBody body) {
    access.require(project, Role.MANAGER, Role.ADMIN);
    if (body == null) {
      throw ProblemException.invalid("body", "Send a JSON document.");
    }
    Rehearsals.RehearsalView view = rehearsals.start(project, body.settings());
    return Response.created(URI.create("/api/v1/projects/" + project + "/simulations/" + view.id()))
        .entity(view)
        .build();
  }

  @GET
  @Operation(summary = "The newest simulations of a project")
  public List<Rehearsals.RehearsalView> list(@PathParam("project") UUID project) {
    access.require(project, Role.MANAGER, Role.ADMIN, Role.AUDITOR);
    return rehearsals.newest(project);
  }

  @GET
  @Path("{id}")
  @Operation(summary = "One simulation with its report once it is done")
  public Rehearsals.RehearsalView find(
      @PathParam("project") UUID project, @PathParam("id") UUID id) {
    access.require(project, Role.MANAGER, Role.ADMIN, Role.AUDITOR);
    return rehearsals.find(project, id);
  }

  @GET
  @Path("{id}/curve")
  @Operation(summary = "Labels of the model and what an oracle could accept, by answers given")
  public Map<String, Object> curve(@PathParam("project") UUID project, @PathParam("id") UUID id) {
    access.require(project, Role.MANAGER, Role.ADMIN, Role.AUDITOR);
    Rehearsals.RehearsalView view = rehearsals.find(project, id);
    List<List<Number>> oracle = new ArrayList<>();
    List<List<Number>> accepted = new ArrayList<>();
    if (view.report() != null) {
      double items = view.report().path("items").asDouble();
      double sum = 0;
      for (var round : view.report().path("rounds")) {
        long answers = round.path("human_answers").asLong();
        sum += round.path("accepted_labels").asDouble();
        oracle.add(List.of(answers, round.path("oracle_share").asDouble()));
        accepted.add(List.of(answers, sum / items));
      }
    }
    Map<String, Object> chart = new LinkedHashMap<>();
    chart.put("kind", "line");
    chart.put("x", "Answers");
    chart.put("y", "Share of all items");
    chart.put("percent", true);
    chart.put("empty", "The curve appears when the simulation is done.");
    chart.put(
        "series",
        List.of(
            Map.of("name", "Certified labels of the model", "role", "machine", "points", accepted),
            Map.of("name", "Best possible with this model", "points", oracle)));
    return chart;
  }
}

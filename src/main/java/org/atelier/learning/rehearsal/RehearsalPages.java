package org.atelier.learning.rehearsal;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.atelier.platform.Access;
import org.atelier.platform.ProblemException;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.Role;
import org.jboss.resteasy.reactive.RestForm;

/** Simulation before one pays: what a campaign would cost and reach. */
@Path("/p/{slug}/simulations")
@Blocking
@Produces(MediaType.TEXT_HTML)
class RehearsalPages {

  private static final Role[] STARTERS = {Role.MANAGER, Role.ADMIN};

  @CheckedTemplate(basePath = "learning")
  static class Templates {
    static native TemplateInstance simulations(
        ProjectRef project,
        List<Rehearsals.RehearsalView> simulations,
        RehearsalOffer offer,
        List<String> strategies,
        RehearsalForm form,
        boolean mayStart);

    static native TemplateInstance simulation(
        ProjectRef project, Rehearsals.RehearsalView simulation);
  }

  private final Rehearsals rehearsals;
  private final Access access;

  RehearsalPages(Rehearsals rehearsals, Access access) {
    this.rehearsals = rehearsals;
    this.access = access;
  }

  @GET
  public TemplateInstance list(
      @PathParam("slug") String slug,
      @QueryParam("dataset") UUID dataset,
      @QueryParam("again") UUID again) {
    ProjectRef project = project(slug);
    return list(
        project,
        again == null
            ? RehearsalForm.fresh(dataset)
            : RehearsalForm.again(rehearsals.find(project.id(), again).settings()));
  }

  private TemplateInstance list(ProjectRef project, RehearsalForm form) {
    return Templates.simulations(
        project,
        rehearsals.newest(project.id()),
        RehearsalOffer.of(rehearsals.choices(project.id()), form.dataset()),
        RehearsalWork.strategies(),
        form,
        access.may(project.id(), STARTERS));
  }

  @POST
  public Response start(
      @PathParam("slug") String slug,
      @RestForm String dataset,
      @RestForm String target,
      @RestForm String risk,
      @RestForm boolean wholeDataset,
      @RestForm String budget,
      @RestForm String batch,
      @RestForm String answersPerItem,
      @RestForm String mostAnswersPerItem,
      @RestForm String labelerError,
      @RestForm String confusion,
      @RestForm String strategy,
      @RestForm String price,
      @RestForm String currency,
      @RestForm String seed) {
    ProjectRef project = access.project(slug);
    access.require(project.id(), STARTERS);
    RehearsalForm form =
        new RehearsalForm(
            dataset,
            target,
            risk,
            wholeDataset,
            budget,
            batch,
            answersPerItem,
            mostAnswersPerItem,
            labelerError,
            confusion,
            strategy,
            price,
            currency,
            seed,
            Map.of());
    try {
      UUID id = rehearsals.start(project.id(), form.settings()).id();
      return Response.seeOther(URI.create("/p/" + slug + "/simulations/" + id)).build();
    } catch (ProblemException e) {
      RehearsalForm refused = form.refused(problems(e));
      return Response.status(e.problem().status()).entity(list(project, refused)).build();
    }
  }

  /** What is wrong by field; thrown on where it is not about a field. */
  private static Map<String, String> problems(ProblemException e) {
    Map<String, String> problems = new LinkedHashMap<>();
    if (e.members().get("fields") instanceof Map<?, ?> fields) {
      fields.forEach((field, problem) -> problems.put(field.toString(), problem.toString()));
    } else if (e.members().get("field") instanceof String field) {
      problems.put(field, e.getMessage());
    } else {
      throw e;
    }
    return problems;
  }

  @GET
  @Path("{id}")
  public TemplateInstance show(@PathParam("slug") String slug, @PathParam("id") UUID id) {
    ProjectRef project = project(slug);
    return Templates.simulation(project, rehearsals.find(project.id(), id));
  }

  private ProjectRef project(String slug) {
    ProjectRef project = access.project(slug);
    access.require(project.id(), Role.MANAGER, Role.ADMIN, Role.AUDITOR);
    return project;
  }
}

package org.atelier.dataset.web;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.atelier.dataset.DatasetView;
import org.atelier.dataset.catalog.CatalogReads;
import org.atelier.dataset.format.TextEncoding;
import org.atelier.dataset.intake.ImportService;
import org.atelier.dataset.intake.SourcePrefixes;
import org.atelier.platform.Access;
import org.atelier.platform.CurrentPerson;
import org.atelier.platform.ProblemException;
import org.atelier.platform.ProjectRef;
import org.jboss.resteasy.reactive.RestForm;

/** Where one brings data, and the places that manifests may point to. */
@Path("/p/{slug}/datasets")
@Blocking
@Produces(MediaType.TEXT_HTML)
class IntakePages {

  @CheckedTemplate(basePath = "dataset")
  static class Templates {
    static native TemplateInstance create(
        ProjectRef project,
        DatasetView dataset,
        List<String> encodings,
        List<SourcePrefixes.Prefix> places,
        List<String> roots,
        boolean administrator);

    static native TemplateInstance places(
        ProjectRef project,
        List<SourcePrefixes.Prefix> places,
        List<String> roots,
        SourcePrefixes.Prefix typed,
        Map<String, String> problems,
        boolean administrator);
  }

  private final CatalogReads reads;
  private final ImportService imports;
  private final SourcePrefixes prefixes;
  private final Access access;
  private final CurrentPerson person;

  IntakePages(
      CatalogReads reads,
      ImportService imports,
      SourcePrefixes prefixes,
      Access access,
      CurrentPerson person) {
    this.reads = reads;
    this.imports = imports;
    this.prefixes = prefixes;
    this.access = access;
    this.person = person;
  }

  @GET
  @Path("new")
  public TemplateInstance create(@PathParam("slug") String slug) {
    return form(manage(slug), null);
  }

  @GET
  @Path("{dataset}/add")
  public TemplateInstance add(@PathParam("slug") String slug, @PathParam("dataset") UUID id) {
    ProjectRef project = manage(slug);
    return form(project, reads.dataset(project.id(), id));
  }

  private TemplateInstance form(ProjectRef project, DatasetView dataset) {
    return Templates.create(
        project,
        dataset,
        TextEncoding.names(),
        prefixes.list(project.id()),
        roots(),
        person.require().administrator());
  }

  @GET
  @Path("places")
  public TemplateInstance places(@PathParam("slug") String slug) {
    return places(manage(slug), new SourcePrefixes.Prefix("", null), Map.of());
  }

  private TemplateInstance places(
      ProjectRef project, SourcePrefixes.Prefix typed, Map<String, String> problems) {
    return Templates.places(
        project,
        prefixes.list(project.id()),
        roots(),
        typed,
        problems,
        person.require().administrator());
  }

  @POST
  @Path("places")
  public Response allow(
      @PathParam("slug") String slug, @RestForm String prefix, @RestForm String location) {
    ProjectRef project = manage(slug);
    imports.requireAdministrator();
    try {
      imports.allow(project.id(), prefix, location);
    } catch (ProblemException e) {
      var typed = new SourcePrefixes.Prefix(prefix == null ? "" : prefix, location);
      return Response.status(e.problem().status())
          .entity(places(project, typed, problems(e)))
          .build();
    }
    return back(slug);
  }

  private static Map<String, String> problems(ProblemException refused) {
    Map<String, String> problems = new HashMap<>();
    if (refused.members().get("fields") instanceof Map<?, ?> all) {
      all.forEach((field, sentence) -> problems.put(field.toString(), sentence.toString()));
    } else {
      Object field = refused.members().getOrDefault("field", "location");
      problems.put(field.equals("prefix") ? "prefix" : "location", refused.getMessage());
    }
    return problems;
  }

  @POST
  @Path("places/forbid")
  public Response forbid(@PathParam("slug") String slug, @RestForm String prefix) {
    ProjectRef project = manage(slug);
    imports.requireAdministrator();
    prefixes.forbid(project.id(), prefix);
    return back(slug);
  }

  /** What may be read of the server is told to nobody but its administrators. */
  private List<String> roots() {
    return person.require().administrator() ? imports.roots() : List.of();
  }

  private ProjectRef manage(String slug) {
    ProjectRef project = access.project(slug);
    Desk.requireManager(access, project.id());
    return project;
  }

  private static Response back(String slug) {
    return Response.seeOther(URI.create("/p/" + slug + "/datasets/places")).build();
  }
}

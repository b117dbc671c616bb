package org.atelier.workforce;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import org.atelier.platform.CommonProblem;
import org.atelier.platform.CurrentPerson;
import org.atelier.platform.Person;
import org.atelier.platform.ProblemException;
import org.atelier.platform.ProjectRef;
import org.jboss.resteasy.reactive.RestForm;

/** The projects of a person. */
@Path("/projects")
@Blocking
@Produces(MediaType.TEXT_HTML)
class ProjectPages {

  @CheckedTemplate(basePath = "workforce")
  static class Templates {
    static native TemplateInstance projects(
        List<ProjectRef> projects, boolean administrator, Form form);
  }

  /** What was typed, kept when it is refused. */
  record Form(String name, String address, String field, String problem) {
    static final Form EMPTY = new Form("", "", null, null);
  }

  private final People people;
  private final CurrentPerson currentPerson;

  ProjectPages(People people, CurrentPerson currentPerson) {
    this.people = people;
    this.currentPerson = currentPerson;
  }

  @GET
  public TemplateInstance projects() {
    return list(Form.EMPTY);
  }

  private TemplateInstance list(Form form) {
    Person person = currentPerson.require();
    return Templates.projects(people.projectsOf(person.id()), person.administrator(), form);
  }

  @POST
  public Response create(@RestForm String name, @RestForm String slug) {
    Person person = currentPerson.require();
    if (!person.administrator()) {
      throw new ProblemException(
          CommonProblem.FORBIDDEN, "Only administrators of the installation create projects.");
    }
    try {
      ProjectRef project = people.createProject(slug, name, person.id());
      return Response.seeOther(URI.create("/p/" + project.slug())).build();
    } catch (ProblemException e) {
      Form form = new Form(name, slug, String.valueOf(e.members().get("field")), e.getMessage());
      return Response.status(e.problem().status()).entity(list(form)).build();
    }
  }
}

package org.atelier.home.demo;

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
import org.atelier.labeling.Jobs;
import org.atelier.platform.Access;
import org.atelier.platform.CurrentPerson;
import org.atelier.platform.work.WorkService;
import org.atelier.platform.work.WorkView;

/** Offers the demo and shows how it is made. */
@Path("/demo")
@Blocking
@Produces(MediaType.TEXT_HTML)
class DemoPages {

  private static final int SHOWN = 6;

  @CheckedTemplate(basePath = "home")
  static class Templates {
    static native TemplateInstance demo(Screen screen);

    static native TemplateInstance demo$state(Screen screen);
  }

  /**
   * What the page shows.
   *
   * @param exists whether there is a demo
   * @param member whether the person may see it
   * @param mayBegin whether the person may make or join it
   * @param over whether the job with the garments takes no answers any more
   */
  record Screen(
      boolean exists,
      boolean member,
      boolean mayBegin,
      boolean over,
      Demo.State state,
      List<WorkView> works) {

    public String workHref() {
      return "/p/" + Demo.SLUG + "/jobs/" + state.garmentsJob() + "/work";
    }

    public String jobHref() {
      return "/p/" + Demo.SLUG + "/jobs/" + state.garmentsJob();
    }

    public String simulatedHref() {
      return jobHref() + "/simulated";
    }

    public String textJobHref() {
      return "/p/" + Demo.SLUG + "/jobs/" + state.descriptionsJob();
    }
  }

  private final Demo demo;
  private final CurrentPerson currentPerson;
  private final Access access;
  private final WorkService works;
  private final Jobs jobs;

  DemoPages(Demo demo, CurrentPerson currentPerson, Access access, WorkService works, Jobs jobs) {
    this.demo = demo;
    this.currentPerson = currentPerson;
    this.access = access;
    this.works = works;
    this.jobs = jobs;
  }

  @GET
  public TemplateInstance page() {
    return Templates.demo(screen());
  }

  @GET
  @Path("state")
  public TemplateInstance state() {
    return Templates.demo$state(screen());
  }

  @POST
  public Response begin() {
    demo.begin(currentPerson.require());
    return Response.seeOther(URI.create("/demo")).build();
  }

  private Screen screen() {
    boolean administrator = currentPerson.require().administrator();
    Demo.State state = demo.state();
    if (state == null) {
      return new Screen(false, false, administrator, false, null, List.of());
    }
    boolean member = !access.roles(state.projectId()).isEmpty();
    List<WorkView> shown =
        member ? works.list(List.of(state.projectId()), false, null, SHOWN).rows() : List.of();
    boolean over =
        member
            && state.ready()
            && jobs.job(state.projectId(), state.garmentsJob()).state().isFinished();
    return new Screen(true, member, administrator, over, state, shown);
  }
}

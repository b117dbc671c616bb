package org.atelier.platform.work;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.atelier.platform.Slice;

/** Machine work of all projects the person works for: what runs, how far, what it said. */
@Path("/work")
@Blocking
class WorkPages {

  private static final int PAGE = 50;

  @CheckedTemplate(basePath = "platform")
  static class Templates {
    static native TemplateInstance work(Slice<WorkRow> works, int unfinished, boolean first);

    static native TemplateInstance work$rows(Slice<WorkRow> works, int unfinished, boolean first);

    static native TemplateInstance workDetail(WorkRow row, List<WorkLogLine> lines, boolean steers);

    static native TemplateInstance workDetail$state(
        WorkRow row, List<WorkLogLine> lines, boolean steers);
  }

  /**
   * The ring in the frame.
   *
   * @param count works that wait or run
   * @param share mean share done of those that tell one, null when none does
   */
  record Running(int count, Double share) {}

  private final WorkDesk desk;

  WorkPages(WorkDesk desk) {
    this.desk = desk;
  }

  @GET
  @Produces(MediaType.TEXT_HTML)
  public TemplateInstance list(@QueryParam("before") String before) {
    return Templates.work(desk.list(before, PAGE), desk.countUnfinished(), before == null);
  }

  @GET
  @Path("rows")
  @Produces(MediaType.TEXT_HTML)
  public TemplateInstance rows() {
    return Templates.work$rows(desk.list(null, PAGE), desk.countUnfinished(), true);
  }

  @GET
  @Path("running")
  @Produces(MediaType.APPLICATION_JSON)
  public Running running() {
    int count = desk.countUnfinished();
    if (count == 0) {
      return new Running(0, null);
    }
    var share =
        desk.unfinished(PAGE).stream()
            .map(WorkView::share)
            .filter(Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .average();
    return new Running(count, share.isPresent() ? share.getAsDouble() : null);
  }

  @GET
  @Path("{id}")
  @Produces(MediaType.TEXT_HTML)
  public TemplateInstance detail(@PathParam("id") UUID id) {
    WorkView view = desk.find(id);
    return Templates.workDetail(desk.row(view), desk.log(view), desk.steers(view));
  }

  @GET
  @Path("{id}/state")
  @Produces(MediaType.TEXT_HTML)
  public TemplateInstance state(@PathParam("id") UUID id) {
    WorkView view = desk.find(id);
    return Templates.workDetail$state(desk.row(view), desk.log(view), desk.steers(view));
  }

  @POST
  @Path("{id}/cancel")
  @Transactional
  public Response cancel(@PathParam("id") UUID id) {
    desk.cancel(desk.find(id));
    return Response.seeOther(URI.create("/work/" + id)).build();
  }

  @POST
  @Path("{id}/retry")
  @Transactional
  public Response retry(@PathParam("id") UUID id) {
    desk.retry(desk.find(id));
    return Response.seeOther(URI.create("/work/" + id)).build();
  }
}

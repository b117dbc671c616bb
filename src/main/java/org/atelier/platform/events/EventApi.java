package org.atelier.platform.events;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.atelier.platform.Access;
import org.atelier.platform.CommonProblem;
import org.atelier.platform.ProblemException;
import org.atelier.platform.Role;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The feed of a project's events for scripts. */
@Path("/api/v1/projects/{project}/events")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Events")
class EventApi {

  private static final int MOST = 1000;

  private final EventRepository events;
  private final Access access;

  EventApi(EventRepository events, Access access) {
    this.events = events;
    this.access = access;
  }

  /**
   * @param last id to give as {@code after} the next time
   */
  record Feed(List<EventRow> events, long last) {}

  @GET
  @Operation(
      summary = "Events after an id, oldest first",
      description =
          "Remember 'last' and give it as 'after' to read on; every committed event comes once."
              + " Events are kept for 92 days; where the one of 'after' is not there any more the"
              + " answer is 410: begin with 0.")
  public Feed after(
      @PathParam("project") UUID project,
      @QueryParam("after") @DefaultValue("0") long after,
      @QueryParam("limit") @DefaultValue("100") int limit) {
    access.require(project, Role.MANAGER, Role.AUDITOR, Role.ADMIN);
    if (limit < 1 || limit > MOST) {
      throw ProblemException.invalid("limit", "Ask for 1 to 1,000 events.");
    }
    if (after != 0 && !events.isKept(project, after)) {
      throw new ProblemException(
          CommonProblem.GONE,
          "This project has no event %d, or no longer: events are kept for %d days. Begin with after=0."
              .formatted(after, OldEventRemoval.KEPT.toDays()));
    }
    List<EventRow> rows = events.after(project, after, limit);
    return new Feed(rows, rows.isEmpty() ? after : rows.get(rows.size() - 1).id());
  }
}

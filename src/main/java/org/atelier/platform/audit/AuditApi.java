package org.atelier.platform.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.atelier.platform.Access;
import org.atelier.platform.Cursor;
import org.atelier.platform.Slice;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What happened in a project as JSON, for its auditors and administrators. */
@Path("/api/v1/projects/{project}/audit")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Audit")
class AuditApi {

  private static final int PAGE = 100;
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  private final AuditRepository entries;
  private final Access access;
  private final ObjectMapper json;

  AuditApi(AuditRepository entries, Access access, ObjectMapper json) {
    this.entries = entries;
    this.access = access;
    this.json = json;
  }

  /**
   * One act.
   *
   * @param person name of who did it, null when the machine did
   * @param action what was done, such as {@code job-started}
   */
  record Act(
      long id,
      OffsetDateTime at,
      String person,
      String action,
      String subjectType,
      UUID subjectId,
      Map<String, Object> details,
      String requestId) {}

  @GET
  @Operation(
      summary = "What happened in a project, newest first, in parts; of one subject if named")
  public Slice<Act> list(
      @PathParam("project") UUID project,
      @QueryParam("subject") UUID subject,
      @QueryParam("cursor") String cursor) {
    access.require(project, AuditPages.READERS);
    List<AuditRow> rows =
        entries.page(project, subject, Cursor.asLong(cursor, Long.MAX_VALUE), PAGE);
    return new Slice<>(
        rows.stream().map(this::act).toList(),
        rows.size() < PAGE ? null : Cursor.of(rows.get(rows.size() - 1).id()));
  }

  private Act act(AuditRow row) {
    try {
      return new Act(
          row.id(),
          row.at(),
          row.personName(),
          row.action(),
          row.subjectType(),
          row.subjectId(),
          row.details() == null ? Map.of() : json.readValue(row.details(), OBJECT),
          row.requestId());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An entry of the audit trail cannot be read", e);
    }
  }
}

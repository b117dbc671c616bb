package org.atelier.platform.audit;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.atelier.platform.Access;
import org.atelier.platform.Cursor;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.Role;
import org.atelier.platform.Slice;
import org.atelier.platform.SpreadsheetText;

/** What happened in a project, newest first, for auditors and administrators. */
@Path("/p/{slug}/audit")
@Blocking
class AuditPages {

  static final Role[] READERS = {Role.AUDITOR, Role.ADMIN};

  private static final int PAGE = 100;

  @CheckedTemplate(basePath = "platform")
  static class Templates {
    static native TemplateInstance audit(ProjectRef project, Slice<AuditRow> acts, UUID subject);
  }

  private final AuditRepository entries;
  private final Access access;

  AuditPages(AuditRepository entries, Access access) {
    this.entries = entries;
    this.access = access;
  }

  @GET
  @Produces(MediaType.TEXT_HTML)
  public TemplateInstance list(
      @PathParam("slug") String slug,
      @QueryParam("before") String before,
      @QueryParam("subject") UUID subject) {
    ProjectRef project = project(slug);
    List<AuditRow> rows =
        entries.page(project.id(), subject, Cursor.asLong(before, Long.MAX_VALUE), PAGE);
    String next = rows.size() < PAGE ? null : Cursor.of(rows.get(rows.size() - 1).id());
    return Templates.audit(project, new Slice<>(rows, next), subject);
  }

  @GET
  @Path("export.csv")
  @Produces("text/csv")
  public Response export(@PathParam("slug") String slug) {
    ProjectRef project = project(slug);
    StreamingOutput body = out -> write(project.id(), out);
    return Response.ok(body)
        .header("Content-Disposition", "attachment; filename=\"" + slug + "-audit.csv\"")
        .build();
  }

  private void write(UUID project, OutputStream out) {
    try (Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        CsvWriter csv = CsvWriter.builder().build(text)) {
      csv.writeRecord(
          "id", "at", "person", "action", "subject_type", "subject_id", "details", "request_id");
      entries.all(
          project,
          row ->
              csv.writeRecord(
                  String.valueOf(row.id()),
                  row.at().toString(),
                  SpreadsheetText.of(row.personName()),
                  row.action(),
                  row.subjectType(),
                  row.subjectId() == null ? "" : row.subjectId().toString(),
                  row.details(),
                  row.requestId() == null ? "" : row.requestId()));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private ProjectRef project(String slug) {
    ProjectRef project = access.project(slug);
    access.require(project.id(), READERS);
    return project;
  }
}
